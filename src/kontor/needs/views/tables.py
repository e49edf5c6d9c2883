"""The tables of an analysis as rows of a file; what is hidden from the reader is hidden there too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from kontor.needs.analysis.guarding import Row, Seen
from kontor.needs.analysis.picture import Expectations, Picture
from kontor.needs.views.asked import Asked
from kontor.reports.lists import ListCell, ListRow
from kontor.reports.model import Column
from kontor.ui.components import Text

File = tuple[Text, list[Column], list[ListRow]]


def file_of(table: str, seen: Picture, asked: Asked) -> File:
    """Return title, columns and rows of a table named in FILES."""
    return FILES[table](seen, asked)


def _ranking(seen: Picture, asked: Asked) -> File:
    return _ranked(_("Needs by heading"), asked.what.label, seen.rows)


def _open(seen: Picture, _asked: Asked) -> File:
    return _ranked(_("Topics without a goal"), _("Topic"), seen.open_topics)


def _groups(seen: Picture, asked: Asked) -> File:
    return _crossed(_("Needs by group of members"), asked.what.label, seen.groups)


def _map(seen: Picture, _asked: Asked) -> File:
    return _crossed(_("Topics by country"), _("Topic"), seen.heat)


def _management(seen: Picture, _asked: Asked) -> File:
    return _expected(_("Expected of the cluster management"), seen.management)


def _cluster(seen: Picture, _asked: Asked) -> File:
    return _expected(_("Expected of the cluster"), seen.cluster)


FILES: dict[str, Callable[[Picture, Asked], File]] = {
    "ranking": _ranking,
    "groups": _groups,
    "map": _map,
    "management": _management,
    "cluster": _cluster,
    "open": _open,
}


def _ranked(title: Text, heading: Text, rows: Sequence[Row]) -> File:
    percents = (
        *(_("Share of members heard"), _("From"), _("To"), _("Need it now")),
        *(_("Change in a year"), _("Change from"), _("Change to")),
    )
    columns = [Column(heading), Column(_("Organisations")), Column(_("Members heard"), "count")]
    columns += [Column(percent, "percent") for percent in percents]
    columns += [Column(_("Mean urgency (1 to 3)"), "decimal"), Column(_("Goal"))]
    return title, columns, [_ranked_row(row) for row in rows]


def _ranked_row(row: Row) -> ListRow:
    each, change = row.ranked, row.change
    is_seen = row.organisations is not None
    return (
        *(str(each.label), _count(row.organisations), each.base, row.share),
        *(each.low if is_seen else None, each.high if is_seen else None, row.urgent),
        change.difference if change else None,
        *((change.low, change.high) if change else (None, None)),
        row.urgency,
        _("no goal") if each.is_loose else "",
    )


def _crossed(title: Text, heading: Text, seen: Seen) -> File:
    columns = [Column(heading), *(Column(label) for _key, label in seen.cross.columns)]
    columns.append(Column(_("Organisations")))
    rows: list[ListRow] = [
        (str(label), *(_count(count) for count in counts), _count(total))
        for (_key, label), counts, total in zip(seen.cross.rows, seen.counts, seen.totals, strict=True)
    ]
    if seen.heard:
        heard = [_count(count) for count in seen.heard]
        rows.append((_("Members heard"), *heard, ""))
        rows.append((_("Members"), *seen.cross.members, ""))
    return title, columns, rows


def _expected(title: Text, expected: Expectations) -> File:
    columns, rows = _crossed(title, _("Expectation"), expected.groups)[1:]
    columns.append(Column(_("Share of those who expect something"), "percent"))
    shares = [row.share for row in sorted(expected.rows, key=_place(expected))]
    shares += [None] * (len(rows) - len(shares))
    return title, columns, [(*row, share) for row, share in zip(rows, shares, strict=True)]


def _place(expected: Expectations) -> Callable[[Row], int]:
    """Return the order of the table, from which the ranked rows may differ where some are hidden."""
    places = {key: place for place, (key, _label) in enumerate(expected.groups.cross.rows)}
    return lambda row: places[row.ranked.key]


def _count(count: int | None) -> ListCell:
    return _("not shown") if count is None else count
