"""Our own cluster beside a few others: facts, competences and SWOT, laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kontor.accounts.models import Cluster
from kontor.partners.catalogue import CHOICES, YEAR, FieldGroup, ProfileField, groups
from kontor.partners.models import Partner, SwotEntry, SwotKind
from kontor.partners.queries.facts import KnownFact, known_of
from kontor.partners.queries.levels import LevelProfile, own_levels, partner_levels
from kontor.partners.queries.own import own_facts
from kontor.partners.queries.partners import own_partner
from kontor.partners.values import counted

MOST_COMPARED = 4
# Technology, structure and market position come first: what a benchmark is asked for.
_ORDER = ("technology", "members", "structure", "sector", "strategy", "labels", "management")


@dataclass(frozen=True)
class Share:
    """A figure worked out from the facts of one cluster, None where one of them is not known."""

    part: float | None
    whole: float | None

    @property
    def value(self) -> float | None:
        """Return the share of 1."""
        if self.part is None or not self.whole:
            return None
        return min(1.0, self.part / self.whole)


@dataclass(frozen=True)
class Line:
    """One field for all clusters compared. leader: place of the largest number, None without an order."""

    field: ProfileField
    cells: tuple[KnownFact | None, ...]
    leader: int | None


@dataclass(frozen=True)
class Comparison:
    """What lies side by side; the first column is always our own cluster.

    partners: without our own. shares: name → one for each column. levels: (competence, level of each column).
    swot: (quarter, entries of each column).
    """

    partners: tuple[Partner, ...]
    groups: tuple[tuple[FieldGroup, tuple[Line, ...]], ...]
    shares: Mapping[str, tuple[Share, ...]]
    levels: tuple[tuple[str, tuple[float, ...]], ...]
    swot: tuple[tuple[str, tuple[tuple[SwotEntry, ...], ...]], ...]
    columns: tuple[Mapping[str, KnownFact], ...]


def comparison(cluster: Cluster, partners: Sequence[Partner], on: date) -> Comparison:
    """Return our own cluster and the partners side by side on `on`."""
    own = own_partner(cluster)
    known = known_of(partners, on)
    columns = (own_facts(cluster, on, own), *(known.get(partner.pk, {}) for partner in partners))
    return Comparison(
        partners=tuple(partners),
        groups=_groups(columns),
        shares=_shares(columns),
        levels=_levels(cluster, partners, on),
        swot=_swot(own, partners),
        columns=columns,
    )


def _groups(
    columns: Sequence[Mapping[str, KnownFact]],
) -> tuple[tuple[FieldGroup, tuple[Line, ...]], ...]:
    """Return the groups with the fields that anybody knows anything of."""
    found = []
    for group in sorted(groups(), key=_place):
        lines = tuple(
            _line(field, columns) for field in group.fields if any(field.code in each for each in columns)
        )
        if lines:
            found.append((group, lines))
    return tuple(found)


def _place(group: FieldGroup) -> int:
    return _ORDER.index(group.code) if group.code in _ORDER else len(_ORDER)


def _line(field: ProfileField, columns: Sequence[Mapping[str, KnownFact]]) -> Line:
    cells = tuple(each.get(field.code) for each in columns)
    values = [counted(field, cell.value) if cell else None for cell in cells]
    numbers = [value for value in values if value is not None]
    leader = None
    if field.kind not in (YEAR, CHOICES) and len(numbers) > 1 and numbers.count(max(numbers)) == 1:
        leader = values.index(max(numbers))
    return Line(field, cells, leader)


def _shares(columns: Sequence[Mapping[str, KnownFact]]) -> dict[str, tuple[Share, ...]]:
    """Return the shares of SMEs and of research among the members."""
    return {
        "sme": tuple(Share(_number(each, "members_sme"), _number(each, "members_total")) for each in columns),
        "research": tuple(
            Share(
                _sum(_number(each, "members_research"), _number(each, "members_university")),
                _number(each, "members_total"),
            )
            for each in columns
        ),
    }


def _number(known: Mapping[str, KnownFact], code: str) -> float | None:
    value = known[code].value if code in known else None
    return value if isinstance(value, float) else None


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None and second is None else (first or 0.0) + (second or 0.0)


def _levels(
    cluster: Cluster, partners: Sequence[Partner], on: date
) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return the competences that any of the partners holds, with the level of every column."""
    own, theirs = own_levels(cluster, on), partner_levels([partner.pk for partner in partners], on)
    profiles = [own.usual, *(LevelProfile(own.tree, theirs.get(partner.pk, {})) for partner in partners)]
    wanted = {pk for profile in profiles[1:] for pk in profile.held}
    ordered = [node for root in own.tree.roots for node in root.branch() if node.pk in wanted]
    return tuple((str(node.name), tuple(profile.at(node.pk) for profile in profiles)) for node in ordered)


def _swot(
    own: Partner | None, partners: Sequence[Partner]
) -> tuple[tuple[str, tuple[tuple[SwotEntry, ...], ...]], ...]:
    keys = [own.pk if own else 0, *(partner.pk for partner in partners)]
    rows = list(SwotEntry.objects.filter(partner__in=keys))
    if not rows:
        return ()
    return tuple(
        (
            str(kind.label),
            tuple(tuple(row for row in rows if row.partner_id == key and row.kind == kind) for key in keys),
        )
        for kind in SwotKind
    )
