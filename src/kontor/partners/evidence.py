"""What the partner clusters tell the strategy: whom we looked at, what is known of them, how we compare."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.partners.catalogue import ProfileField, fields, key_fields
from kontor.partners.models import Partner, Stage, StageChange
from kontor.partners.queries.facts import KnownFact, known_of
from kontor.partners.queries.own import own_facts
from kontor.partners.queries.partners import candidates_of, partners_of
from kontor.reports.model import Block, Cell, Column, Missing, Table
from kontor.ui.vocabulary import country_name

MOST_BENCHMARKED = 4
_SOURCE = _("Profiles of partner clusters in Kontor")
_NOBODY = Missing(
    _("No partner clusters have been collected yet."),
    _("Collect whoever comes into question; name and country are enough to begin."),
)
# What a benchmark lays side by side: technology, structure, market position.
_BENCHMARK = (
    *("technology_focus", "research_share", "patents", "members_total", "members_sme", "members_large"),
    *("members_research", "members_university", "team_fte", "budget", "export_share", "market_position"),
    *("partner_countries", "label"),
)


def stages(cluster: Cluster, on: date) -> Block:
    """Tell who is on which list since when, and for which reason."""
    partners = list(partners_of(cluster).exclude(stage=Stage.LEAD))
    then = _stages_on(cluster, on)
    rows = sorted(
        ((partner, then[partner.pk]) for partner in partners if partner.pk in then),
        key=lambda pair: (_ORDER.index(pair[1].stage), pair[0].name),
    )
    if not rows:
        return _NOBODY
    return Table(
        key="partners.stages",
        caption=_("Long list, short list and partners, with reasons"),
        columns=(
            *(Column(_("Partner cluster")), Column(_("Country")), Column(_("List"))),
            *(Column(_("Since")), Column(_("Reason"))),
        ),
        rows=tuple(
            (partner.name, _country(partner.country), Stage(step.stage).label, _day(step.at), step.reason)
            for partner, step in rows
        ),
        source=_SOURCE,
        as_of=on,
    )


def profiles(cluster: Cluster, on: date) -> Block:
    """Tell the key facts of the partners and of the short list, each with its source and day."""
    partners = list(candidates_of(cluster, (Stage.SHORT, Stage.PARTNER)))
    known = known_of(partners, on)
    rows = tuple(
        (partner.name, _field(field), _value(fact), fact.source or _("not given"), _day(fact.as_of))
        for partner in partners
        for field in key_fields()
        if (fact := known.get(partner.pk, {}).get(field.code)) is not None
    )
    if not rows:
        return Missing(
            _("Nothing is known yet of partners or of clusters on the short list."),
            _("Record the key facts of the clusters on the short list, with source and day."),
        )
    stale = any(fact.is_stale for each in known.values() for fact in each.values() if fact.field.is_key)
    return Table(
        key="partners.profiles",
        caption=_("Possible partners: key facts"),
        columns=(
            *(Column(_("Partner cluster")), Column(_("Field")), Column(_("Value"))),
            *(Column(_("Source")), Column(_("As of"))),
        ),
        rows=rows,
        source=_SOURCE,
        as_of=on,
        note=_("Some of these facts are older than they should be.") if stale else "",
    )


def benchmark(cluster: Cluster, on: date) -> Block:
    """Lay our own cluster beside partners and short list: technology, structure, market position."""
    order = {Stage.PARTNER: 0, Stage.SHORT: 1}
    found = sorted(
        candidates_of(cluster, (Stage.SHORT, Stage.PARTNER)),
        key=lambda row: (order[Stage(row.stage)], row.name),
    )
    partners = found[:MOST_BENCHMARKED]
    known = known_of(partners, on)
    columns = [own_facts(cluster, on), *(known.get(partner.pk, {}) for partner in partners)]
    rows = tuple(
        (_field(fields()[code]), *(_cell(each.get(code)) for each in columns))
        for code in _BENCHMARK
        if any(code in each for each in columns)
    )
    if not partners or not rows:
        return Missing(
            _("There is nothing to compare our own cluster with yet."),
            _("Put clusters on the short list and record their key facts."),
        )
    return Table(
        key="partners.benchmark",
        caption=_("Our own cluster beside possible partners"),
        columns=(
            Column(_("Field")),
            Column(cluster.name),
            *(Column(_short(partner)) for partner in partners),
        ),
        rows=rows,
        source=_("Directory of members and profiles of partner clusters in Kontor"),
        as_of=on,
        note=_first(MOST_BENCHMARKED) if len(found) > MOST_BENCHMARKED else "",
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "partners.stages": stages,
    "partners.profiles": profiles,
    "partners.benchmark": benchmark,
}

_ORDER = (Stage.PARTNER, Stage.SHORT, Stage.LONG, Stage.SET_ASIDE, Stage.LEAD)


def _stages_on(cluster: Cluster, on: date) -> dict[int, StageChange]:
    """Return partner → the step that put it where it was on that day; leads are left out."""
    found: dict[int, StageChange] = {}
    for step in StageChange.objects.filter(cluster=cluster, at__lte=on).order_by("at", "pk"):
        found[step.partner_id] = step
    return {key: step for key, step in found.items() if step.stage != Stage.LEAD}


def _cell(fact: KnownFact | None) -> Cell:
    return None if fact is None else _value(fact)


def _short(partner: Partner) -> str:
    return partner.short


def _country_now(code: str) -> str:
    return country_name(code, (get_language() or "en")[:2])


def _day_now(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _field_now(field: ProfileField) -> str:
    return field.name


def _value_now(fact: KnownFact) -> str:
    return fact.text if not fact.is_stale else gettext("%(value)s (out of date)") % {"value": fact.text}


def _first_now(number: int) -> str:
    return gettext("The first %(number)s by list and name are shown.") % {"number": number}


_country = lazy(_country_now, str)
_day = lazy(_day_now, str)
_field = lazy(_field_now, str)
_value = lazy(_value_now, str)
_first = lazy(_first_now, str)
