"""What the analysis tells the strategy: by group, by country, in a year, and what is expected of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.queries.segments import Dimension
from kontor.needs.analysis import Facet, across, on_the_map, ranked, ranked_expectations
from kontor.needs.analysis.guarding import Seen, seen_cross, without_small
from kontor.needs.analysis.picture import MOST_COUNTRIES, MOST_TOPICS
from kontor.needs.confidentiality import guarded
from kontor.needs.models import Need
from kontor.needs.queries.involved import involved
from kontor.needs.queries.material import Scope, gather
from kontor.needs.queries.scouting import places
from kontor.reports.model import Block, Cell, Chart, Column, Missing, Table
from kontor.ui.components import Text


def topics_by_kind(cluster: Cluster, on: date) -> Block:
    """Tell how many members of each kind of organisation name each topic."""
    material = gather(cluster, Scope(on))
    rows = ranked(material, Facet.TOPIC)[:MOST_TOPICS]
    if not rows:
        return _nothing()
    seen = seen_cross(across(material, Facet.TOPIC, Dimension.KIND, rows), sees_all=False)
    base = (*seen.heard, guarded(len(material.now.heard)))
    return _crossed("needs.topics_by_kind", _("What members need, by kind of organisation"), seen, on, base)


def topics_by_country(cluster: Cluster, on: date) -> Block:
    """Tell which topic members want in which country."""
    material = gather(cluster, Scope(on))
    topics = without_small(ranked(material, Facet.TOPIC))[:MOST_TOPICS]
    countries = without_small(ranked(material, Facet.COUNTRY))[:MOST_COUNTRIES]
    if not topics or not countries:
        return _nothing()
    seen = seen_cross(on_the_map(material, topics, countries), sees_all=False)
    return _crossed("needs.topics_by_country", _("Which topic in which country"), seen, on)


def changes(cluster: Cluster, on: date) -> Block:
    """Tell how the share of members who name a topic has changed in a year."""
    found = without_small(ranked(gather(cluster, Scope(on)), Facet.TOPIC))
    rows = tuple(
        (row.label, each.before / each.base_before, row.share, _meaning(each.is_clear))
        for row in found
        if (each := row.change) is not None
    )
    if not rows:
        return _nothing()
    return Table(
        key="needs.changes",
        caption=_("What has changed in a year"),
        columns=(
            Column(_("Topic")),
            Column(_("A year earlier"), "percent"),
            Column(_("Now"), "percent"),
            Column(_("How sure")),
        ),
        rows=rows,
        source=_SOURCE,
        as_of=on,
        explanation=_("Shares of the members heard by then. Clear: more than chance explains."),
    )


def expected_of_management(cluster: Cluster, on: date) -> Block:
    """Tell what part members expect the cluster management to play."""
    return _expected(cluster, on, "management", _("What members expect of the cluster management"))


def expected_of_cluster(cluster: Cluster, on: date) -> Block:
    """Tell what part members expect the cluster to play in their own way abroad."""
    return _expected(cluster, on, "cluster", _("What members expect of the cluster"))


def ways_of_hearing(cluster: Cluster, on: date) -> Block:
    """Tell by which ways members were heard in the last twelve months."""
    state = involved(cluster, on)
    labels = dict(Need.Source.choices)
    rows = tuple(
        (labels[source], number, number / state.members)
        for source, number in state.ways
        if guarded(number) is not None
    )
    if not rows:
        return _nothing()
    columns = (
        Column(_("How")),
        Column(_("Members heard"), "count"),
        Column(_("Share of all members"), "percent"),
    )
    return Table(
        key="needs.ways",
        caption=_("How members were heard in the last twelve months"),
        columns=columns,
        rows=rows,
        source=_SOURCE,
        as_of=on,
        explanation=_("A member who was heard in several ways counts once in each."),
        note=_NOTE if len(rows) < len(state.ways) else "",
    )


def scouting(cluster: Cluster, on: date) -> Block:
    """Tell which countries members want and whom the cluster knows there already."""
    wanted = without_small(ranked(gather(cluster, Scope(on)), Facet.COUNTRY))
    found = [place for place in places(cluster, on, wanted) if place.wanted is not None]
    if not found:
        return _nothing()
    columns = (
        Column(_("Country")),
        *(Column(_("Wanted by"), "count"), Column(_("Known organisations"), "count")),
        *(Column(_("Associations and public bodies"), "count"), Column(_("State"))),
    )
    rows = tuple(
        (
            *(place.wanted.label, place.wanted.organisations, len(place.tied), len(place.bodies)),
            _("white spot: nobody known yet") if place.is_white_spot else _("contacts to build on"),
        )
        for place in found[:MOST_TOPICS]
        if place.wanted is not None
    )
    return Table(
        key="needs.scouting",
        caption=_("Countries wanted, and whom we know there"),
        columns=columns,
        rows=rows,
        source=_("Needs of the members, ties and joint projects"),
        as_of=on,
        explanation=_("Known is an organisation with a tie to a member or in a joint project with one."),
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "needs.topics_by_kind": topics_by_kind,
    "needs.topics_by_country": topics_by_country,
    "needs.changes": changes,
    "needs.expected_of_management": expected_of_management,
    "needs.expected_of_cluster": expected_of_cluster,
    "needs.ways": ways_of_hearing,
    "needs.scouting": scouting,
}

_SOURCE = _("Needs recorded by the cluster management")
_NOTE = _("A dash or nothing: fewer than three organisations, or what would give such a number away.")


def _expected(cluster: Cluster, on: date, of: str, caption: Text) -> Block:
    found = ranked_expectations(gather(cluster, Scope(on)), of)
    shown = without_small(found)
    if not shown:
        return _nothing()
    table = Table(
        key=f"needs.expected_of_{of}",
        caption=caption,
        columns=(
            Column(_("Expectation")),
            Column(_("Organisations"), "count"),
            Column(_("Share of those who expect something"), "percent"),
        ),
        rows=tuple((row.label, row.organisations, row.share) for row in shown),
        source=_("Answers of the members"),
        as_of=on,
        explanation=_("Each organisation counts once per row. Who was not asked is no “no”."),
        note=_("Groups of fewer than three are not shown.") if len(shown) < len(found) else "",
    )
    return Chart(table.key, "bar", table, x=0, y=(1,))


def _crossed(key: str, caption: Text, seen: Seen, on: date, base: tuple[int | None, ...] = ()) -> Block:
    """Return a table of counts; rows and columns of which nothing may be shown are left out."""
    shown = [row for row, counts in enumerate(seen.counts) if any(count is not None for count in counts)]
    kept = [
        column
        for column in range(len(seen.cross.columns))
        if any(seen.counts[row][column] is not None for row in shown)
    ]
    if not shown:
        return _nothing()
    rows: list[tuple[Cell, ...]] = [
        (seen.cross.rows[row][1], *(seen.counts[row][column] for column in kept), seen.totals[row])
        for row in shown
    ]
    if base:
        rows.append((_("Members heard"), *(base[column] for column in kept), base[-1]))
    heads = [Column(seen.cross.columns[column][1], "count") for column in kept]
    return Table(
        key=key,
        caption=caption,
        columns=(Column(_("Topic")), *heads, Column(_("In all"), "count")),
        rows=tuple(rows),
        source=_SOURCE,
        as_of=on,
        explanation=_("Organisations. One may name several topics and stand in several rows."),
        note=_NOTE if seen.has_hidden else "",
    )


def _meaning(is_clear: bool) -> Text:
    return _("clear") if is_clear else _("may be chance")


def _nothing() -> Missing:
    return Missing(
        _("Too few members have been heard for these figures."),
        _("Ask your members: by a survey, by telephone or at the next meeting."),
    )
