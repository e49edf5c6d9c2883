"""How international the members are: degree, countries, years, projects, organisations."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.evidence.composition import NO_MEMBERS
from kontor.actors.queries import internationalisation as counts
from kontor.actors.wording import country_label, kind_label
from kontor.methods.shares import wilson_interval
from kontor.reports.model import Block, Cell, Chart, ChartKind, Column, Missing, Table
from kontor.ui.components import Text

_SOURCE = _("Directory, joint projects and ties in Kontor")
_LINES = 5
_FOREIGN = _("Foreign means: in another country than the cluster.")
_NO_PROJECTS = Missing(
    reason=_("No joint projects or ties of members with organisations abroad are known on this date."),
    next_step=_("Import the projects from CORDIS, or enter joint projects and ties by hand."),
)


def degree(cluster: Cluster, on: date) -> Block:
    """Tell the share of members with at least one tie abroad, by kind, with a 95 % interval."""
    shares = counts.degree(cluster, on)
    if not shares:
        return NO_MEMBERS
    ends = _interval(shares)
    current = [share.current for share in shares]
    return Table(
        key="ties.degree",
        caption=_("Members with ties abroad"),
        columns=(
            *(Column(_("Kind")), Column(_("Members"), "count"), Column(_("With ties abroad"), "count")),
            *_share_columns(),
            Column(_("Current on this date"), "count"),
        ),
        rows=tuple((*row, still) for row, still in zip(ends, current, strict=True)),
        source=_SOURCE,
        as_of=on,
        explanation=_(
            "A member counts once it has a tie, or a place in a joint project, with an organisation in "
            "another country that had begun by this date. The interval is Wilson's score interval at 95 %."
        ),
        note=_("Members are those of this date."),
    )


def foreign_projects_share(cluster: Cluster, on: date) -> Block:
    """Tell the share of the members' projects that had foreign partners, by kind of member."""
    shares = counts.foreign_projects(cluster, on)
    if not shares:
        return _NO_PROJECTS
    return Table(
        key="ties.foreign_projects_share",
        caption=_("Projects of members with foreign partners"),
        columns=(
            *(Column(_("Kind of member")), Column(_("Projects"), "count")),
            *(Column(_("With foreign partners"), "count"), *_share_columns()),
        ),
        rows=_interval(shares),
        source=_SOURCE,
        as_of=on,
        explanation=_(
            "Projects begun by this date with at least one member; of these, the projects in which another "
            "organisation from abroad took part. The interval is Wilson's score interval at 95 %."
        ),
        note=_("A project with members of several kinds counts once for each kind, and once in all."),
    )


def _share_columns() -> tuple[Column, ...]:
    return (
        Column(_("Share"), "percent"),
        Column(_("from"), "percent"),
        Column(_("to"), "percent"),
    )


def _interval(shares: list[counts.Share]) -> tuple[tuple[Cell, ...], ...]:
    low, high = wilson_interval([each.hits for each in shares], [each.total for each in shares])
    return tuple(
        (kind_label(each.kind), each.total, each.hits, each.hits / each.total, float(first), float(last))
        for each, first, last in zip(shares, low, high, strict=True)
    )


def countries(cluster: Cluster, on: date) -> Block:
    """Tell the partner countries, ranked by participations of foreign organisations."""
    found = counts.partner_countries(cluster, on)
    if not found:
        return _NO_PROJECTS
    heads = (_("Participations"), _("Projects"), _("Organisations"), _("Ties outside of projects"))
    table = Table(
        key="ties.countries",
        caption=_("Partner countries"),
        columns=(Column(_("Country")), *(Column(head, "count") for head in heads)),
        rows=tuple((country_label(each.code), *each.in_projects, each.ties) for each in found),
        source=_SOURCE,
        as_of=on,
        explanation=_(
            "Participations of foreign organisations, in all roles, in projects begun by this date with at "
            "least one member. Ties between two organisations outside of projects stand beside them."
        ),
        note=_FOREIGN,
    )
    return Chart(key="ties.countries", kind="bar", table=table, x=0, y=(1,))


def countries_by_year(cluster: Cluster, on: date) -> Block:
    """Tell how participations from the five first partner countries developed."""
    years = counts.countries_by_year(cluster, on)
    if not years:
        return _NO_PROJECTS
    sums: Counter[str] = Counter()
    for by_country in years.values():
        sums.update(by_country)
    first = [code for code, _n in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:_LINES]]
    heads: list[Text] = [*(country_label(code) for code in first), _("Other countries"), _("All")]
    table = Table(
        key="ties.countries_by_year",
        caption=_("Partner countries by year"),
        columns=(Column(_("Year"), "year"), *(Column(head, "count") for head in heads)),
        rows=tuple(_year(year, by_country, first) for year, by_country in years.items()),
        source=_SOURCE,
        as_of=on,
        explanation=_(
            "Participations of foreign organisations in projects with at least one of today's members. A "
            "project counts in every year in which it ran; without a known end, only in its first year."
        ),
        note=_("The sums over the years rank the countries. The last year may be incomplete."),
    )
    kind: ChartKind = "line" if len(years) > 1 else "bar"
    return Chart(key=table.key, kind=kind, table=table, x=0, y=tuple(range(1, len(first) + 1)))


def _year(year: int, by_country: Counter[str], first: list[str]) -> tuple[Cell, ...]:
    shown = [by_country[code] for code in first]
    total = sum(by_country.values())
    return (year, *shown, total - sum(shown), total)


def top_foreign_organisations(cluster: Cluster, on: date) -> Block:
    """Tell the ten foreign organisations most tied to the members."""
    found = counts.top_foreign_organisations(cluster, on)
    if not found:
        return _NO_PROJECTS
    return Table(
        key="ties.top_foreign_organisations",
        caption=_("The ten foreign organisations most tied to the members"),
        columns=(
            *(Column(_("Organisation")), Column(_("Country"))),
            *(Column(_("Projects with members"), "count"), Column(_("Members met"), "count")),
        ),
        rows=tuple((each.name, country_label(each.country), each.projects, each.members) for each in found),
        source=_SOURCE,
        as_of=on,
        explanation=_(
            "Ranked by the number of projects together with members, then by the number of different members "
            "met in them, then by name. Projects begun by this date count, in all roles."
        ),
        note=_FOREIGN,
    )
