"""Who the members are, by kind, size, region and competence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import SizeClass
from kontor.actors.queries import composition
from kontor.actors.queries.members import members
from kontor.actors.wording import kind_label, name_label
from kontor.reports.model import Block, Chart, Column, Missing, Table
from kontor.ui.components import Text
from kontor.ui.vocabulary import region_name

_SOURCE = _("Directory of members in Kontor")
_SIZES: dict[str, Text] = dict(SizeClass.choices)
_REGIONS: dict[str, Text] = {
    composition.ELSEWHERE: _("Other regions of the country"),
    composition.ABROAD: _("Other countries"),
    composition.UNKNOWN: _("not known"),
}

NO_MEMBERS = Missing(
    reason=_("The directory holds no members on this date."),
    next_step=_("Bring the members in, with the day from which each one belongs to the cluster."),
)


def by_kind(cluster: Cluster, on: date) -> Block:
    """Tell how many members of each kind there are."""
    rows = [(kind_label(kind), count) for kind, count in composition.by_kind(cluster, on).items()]
    return _chart(_Words("actors.by_kind", _("Members by kind"), _("Kind")), rows, on)


def by_size(cluster: Cluster, on: date) -> Block:
    """Tell how many members of each size class there are."""
    counts = composition.by_size(cluster, on).items()
    rows = [(_SIZES.get(size, _("not known")), count) for size, count in counts]
    note = _("Size class by the European recommendation 2003/361/EC, as it held on this date.")
    return _chart(_Words("actors.by_size", _("Members by size class"), _("Size class"), note), rows, on)


def by_region(cluster: Cluster, on: date) -> Block:
    """Tell where the members are: the home region in detail, the rest in sum."""
    counts = composition.by_region(cluster, on)
    rows = [(_REGIONS.get(code) or region_name(code) or code, count) for code, count in counts]
    note = _("Regions by NUTS 2024; only the home region is shown in detail.") if cluster.regions else ""
    return _chart(_Words("actors.by_region", _("Members by region"), _("Region"), note), rows, on)


def by_competence(cluster: Cluster, on: date) -> Block:
    """Tell in which fields the members have competences, at any level."""
    total = members(cluster, on).count()
    found = composition.by_competence(cluster, on)
    if total and not found:
        return Missing(
            reason=_("No competences of the members are known on this date."),
            next_step=_("Ask the members to confirm their profiles and name their competences."),
        )
    rows = [(name_label(node.name), count) for node, count in found]
    note = _("A member counts once in each field in which it has a competence; the fields overlap.")
    title = _("Members by field of competence")
    return _chart(_Words("actors.by_competence", title, _("Field"), note), rows, on, total=total)


@dataclass(frozen=True)
class _Words:
    """What a chart is called, what its rows are, and what must be said below it."""

    key: str
    caption: Text
    head: Text
    note: Text = ""


def _chart(words: _Words, rows: Iterable[tuple[Text, int]], on: date, *, total: int | None = None) -> Block:
    """Return counts as a bar chart whose table adds each one's share of `total`, or of their sum."""
    counted = tuple(rows)
    if not counted:
        return NO_MEMBERS
    whole = total if total is not None else sum(count for _label, count in counted)
    table = Table(
        key=words.key,
        caption=words.caption,
        columns=(Column(words.head), Column(_("Members"), "count"), Column(_("Share"), "percent")),
        rows=tuple((label, count, count / whole) for label, count in counted),
        source=_SOURCE,
        as_of=on,
        note=words.note,
    )
    return Chart(key=words.key, kind="bar", table=table, x=0, y=(1,))
