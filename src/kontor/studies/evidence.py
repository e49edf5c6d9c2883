"""What the studies tell the strategy: who was chosen for which reasons, and who was not. Nobody is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.reports.model import Block, Column, Missing, Table
from kontor.studies.figures import Plain, Robust, from_json
from kontor.studies.models import Decision
from kontor.studies.papers_decision import text_in

_NOBODY = Missing(
    _("No partner has been decided on in a study yet."),
    _("Compare partner clusters in a study, then record the decision."),
)


def decision(cluster: Cluster, on: date) -> Block:
    """Tell how the candidates of the latest decision stood, as it was recorded."""
    found = latest_decision(cluster, on)
    if found is None:
        return _NOBODY
    plain = from_json(Plain, found.record["outcome"]["plain"])
    said = found.record["outcome"]["robust"].get("said")
    robust = from_json(Robust, said) if said else None
    names = {each["pk"]: each["name"] for each in found.record["candidates"]}
    return Table(
        key="studies.decision",
        caption=_("Choice of the partner cluster"),
        columns=(
            Column(_("Candidate")),
            Column(_("Points of 100"), "decimal"),
            Column(_("Place"), "count"),
            Column(_("First in … of cases"), "percent"),
            Column(_("Decided for")),
        ),
        rows=tuple(
            (
                names[each.candidate],
                round(100 * each.value, 1),
                each.place,
                robust.chance_of_first(each.candidate) if robust else None,
                _("yes") if each.candidate in found.chosen else "",
            )
            for each in plain.standings
        ),
        source=lazy(_source_now, str)(found.record, found.fingerprint[:12]),
        as_of=found.decided_on,
        explanation=lazy(_reasons_now, str)(found.record),
    )


def criteria(cluster: Cluster, on: date) -> Block:
    """Tell by which criteria the latest decision was taken, the heaviest first."""
    found = latest_decision(cluster, on)
    if found is None:
        return _NOBODY
    weights: Mapping[str, float] = found.record["outcome"]["plain"]["weights"]
    contents = {each["code"]: each["content"] for each in found.record["criteria"]}
    ordered = sorted(weights, key=lambda code: (-weights[code], code))
    return Table(
        key="studies.criteria",
        caption=_("Criteria of the choice, the heaviest first"),
        columns=(Column(_("Criterion")), Column(_("Family")), Column(_("Weight"), "percent")),
        rows=tuple(
            (
                lazy(_in_words, str)(contents[code]["name"]),
                lazy(_in_words, str)(contents[code]["family_name"]),
                weights[code],
            )
            for code in ordered[:12]
        ),
        source=lazy(_source_now, str)(found.record, found.fingerprint[:12]),
        as_of=found.decided_on,
    )


def limits(cluster: Cluster, on: date) -> Block:
    """Tell whom the latest decision left aside, and why."""
    found = latest_decision(cluster, on)
    if found is None:
        return _NOBODY
    plain = from_json(Plain, found.record["outcome"]["plain"])
    names = {each["pk"]: each["name"] for each in found.record["candidates"]}
    contents = {each["code"]: each["content"] for each in found.record["criteria"]}
    knocked = {out.candidate: out.code for out in plain.outs if out.is_out}
    excluded = {each["pk"]: each["excluded_because"] for each in found.record["candidates"]}
    place = {each.candidate: each.place for each in plain.standings}
    rows = tuple(
        (
            name,
            lazy(_why_now, str)(
                excluded[pk], contents[knocked[pk]]["name"] if pk in knocked else {}, place.get(pk, 0)
            ),
        )
        for pk, name in names.items()
        if pk not in found.chosen
    )
    return Table(
        key="studies.limits",
        caption=_("Partner clusters that do not come first"),
        columns=(Column(_("Candidate")), Column(_("Why"))),
        rows=rows,
        source=lazy(_source_now, str)(found.record, found.fingerprint[:12]),
        as_of=found.decided_on,
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "studies.decision": decision,
    "studies.criteria": criteria,
    "studies.limits": limits,
}


def latest_decision(cluster: Cluster, on: date) -> Decision | None:
    """Return what was decided last, as of that day."""
    rows = Decision.objects.filter(cluster=cluster, decided_on__lte=on)
    return rows.order_by("-decided_on", "-pk").first()


def _in_words(texts: Mapping[str, str]) -> str:
    return text_in(texts, (get_language() or "en").split("-")[0])


def _source_now(record: Mapping[str, Any], fingerprint: str) -> str:
    shown = {"title": _in_words(record["study"]["title"]), "print": fingerprint}
    return gettext("Decision “%(title)s”, fingerprint %(print)s …") % shown


def _reasons_now(record: Mapping[str, Any]) -> str:
    return _in_words(record["reasons"])


def _why_now(excluded: str, criterion: Mapping[str, str], place: int) -> str:
    if excluded:
        return excluded
    if criterion:
        return gettext("Out by the threshold of “%(criterion)s”") % {"criterion": _in_words(criterion)}
    return gettext("Place %(number)s") % {"number": place}
