"""The page on which somebody weighs: groups with their fields as typed, and the weights that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.methods.errors import MethodError
from kontor.studies.problems import StudyError
from kontor.studies.shown_pairs import ShownPair, pairs_of
from kontor.studies.weighing_findings import sentences_of
from kontor.studies.weighing_reading import USUAL_RATIO, Reading, ranks_of
from kontor.studies.weighing_structure import TOP, Group, Item, Structure
from kontor.ui.errors import explain

Fields = Mapping[str, str]


@dataclass(frozen=True)
class ShownItem:
    """One thing to weigh with the field for it. field: name of the field, typed: what stands in it."""

    item: Item
    field: str
    typed: str
    is_best: bool = False
    place: int = 0
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class Gap:
    """The step between two neighbouring piles of cards. above, below: what lies on them."""

    field: str
    typed: str
    above: str
    below: str


@dataclass(frozen=True)
class ShownGroup:
    """Things weighed against each other. problem: why nothing can be computed yet, "" where it can."""

    group: Group
    rows: tuple[ShownItem, ...]
    total: float | None
    gaps: tuple[Gap, ...]
    pairs: tuple[ShownPair, ...]
    ratio: str
    problem: str
    is_touched: bool


@dataclass(frozen=True)
class ShownSheet:
    """All groups in one technique."""

    technique: str
    is_nested: bool
    groups: tuple[ShownGroup, ...]


@dataclass(frozen=True)
class PreviewLine:
    """One family, or one criterion, with its weight."""

    name: str
    weight: float
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Preview:
    """The weights that follow from what was typed, and what is to say about them."""

    lines: tuple[PreviewLine, ...]
    is_nested: bool
    sentences: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    most: float
    has_begun: bool = False


def shown_sheet(structure: Structure, technique: str, fields: Fields, reading: Reading) -> ShownSheet:
    """Return the page of a technique with the fields as typed."""
    return ShownSheet(
        technique,
        structure.is_nested,
        tuple(
            _shown_group(group, technique, fields, reading)
            for group in structure.groups
            if len(group.items) > 1
        ),
    )


def shown_preview(structure: Structure, reading: Reading) -> Preview:
    """Return the weights in the order of the study, families first where there are many criteria."""
    names = {item.key: item.name for group in structure.groups for item in group.items}
    weights, lines = reading.weights, []
    for family, codes in structure.families.items() if weights else ():
        parts = tuple((names.get(code, names.get(family, "")), weights[code]) for code in codes)
        if structure.is_nested:
            inner = parts if len(codes) > 1 else ()
            lines.append(PreviewLine(names[family], sum(weights[code] for code in codes), inner))
        else:
            lines += [PreviewLine(name, weight) for name, weight in parts]
    problems = [(_title(structure, key), explain(problem)) for key, problem in reading.problems]
    return Preview(
        tuple(lines),
        structure.is_nested,
        tuple(sentences_of(structure, reading)),
        tuple(problems),
        max((line.weight for line in lines), default=0.0),
        has_begun=any(each.is_touched for key, each in reading.groups.items()),
    )


def moved_fields(structure: Structure, fields: Fields, move: str) -> dict[str, str]:
    """Return the fields with one thing moved up or down: "up:<group>:<thing>" or "down:<group>:<thing>".

    A thing that shares its place steps out of it; one that stands alone passes its neighbours. What cannot be
    read stays as typed.
    """
    step, _colon, rest = move.partition(":")
    key, _colon, thing = rest.partition(":")
    group = next((each for each in structure.groups if each.key == key), None)
    if group is None or step not in ("up", "down") or thing not in {item.key for item in group.items}:
        return dict(fields)
    try:
        ranks = dict(zip((item.key for item in group.items), ranks_of(group, fields), strict=True))
    except StudyError:
        return dict(fields)
    if len(set(ranks.values())) == 1:
        # Nobody has put anything in order yet: begin with the order in which they stand.
        ranks = {item.key: float(number) for number, item in enumerate(group.items)}
    dense = {rank: place for place, rank in enumerate(sorted(set(ranks.values())))}
    places = {each: float(dense[rank]) for each, rank in ranks.items()}
    is_alone = list(places.values()).count(places[thing]) == 1
    places[thing] += (1.5 if is_alone else 0.5) * (-1 if step == "up" else 1)
    dense = {rank: place for place, rank in enumerate(sorted(set(places.values())), 1)}
    return dict(fields) | {f"rank:{key}:{each}": str(dense[place]) for each, place in places.items()}


def _shown_group(group: Group, technique: str, fields: Fields, reading: Reading) -> ShownGroup:
    found = reading.groups[group.key]
    rows = _rows(group, technique, fields)
    total = found.findings.get("total") if technique == "points" else None
    return ShownGroup(
        group=group,
        rows=rows,
        total=total,
        gaps=_gaps(group, fields) if technique == "cards" else (),
        pairs=pairs_of(group, fields) if technique == "pairs" else (),
        ratio=fields.get(f"ratio:{group.key}", f"{USUAL_RATIO:g}"),
        problem=explain(found.problem) if found.problem and found.is_touched else "",
        is_touched=found.is_touched,
    )


def _rows(group: Group, technique: str, fields: Fields) -> tuple[ShownItem, ...]:
    if technique in ("ranking", "cards"):
        return _ranked(group, fields)
    best = fields.get(f"best:{group.key}", "")
    return tuple(
        ShownItem(
            item,
            f"value:{group.key}:{item.key}",
            fields.get(f"value:{group.key}:{item.key}", ""),
            is_best=item.key == best,
        )
        for item in group.items
    )


def _ranked(group: Group, fields: Fields) -> tuple[ShownItem, ...]:
    """Return the things in the order that was given, those without a place last."""
    try:
        ranks = ranks_of(group, fields)
    except (StudyError, MethodError):
        ranks = [0.0] * len(group.items)
    order = sorted(range(len(ranks)), key=lambda number: (ranks[number], number))
    rows = []
    for place, number in enumerate(order):
        item = group.items[number]
        field = f"rank:{group.key}:{item.key}"
        rows.append(
            ShownItem(
                item,
                field,
                fields.get(field, ""),
                place=place + 1,
                is_first=place == 0,
                is_last=place == len(order) - 1,
            )
        )
    return tuple(rows)


def _gaps(group: Group, fields: Fields) -> tuple[Gap, ...]:
    try:
        ranks = ranks_of(group, fields)
    except (StudyError, MethodError):
        return ()
    piles: dict[float, list[str]] = {}
    for item, rank in sorted(zip(group.items, ranks, strict=True), key=lambda pair: pair[1]):
        piles.setdefault(rank, []).append(item.name)
    names = [", ".join(pile) for pile in piles.values()]
    return tuple(
        Gap(
            f"blanks:{group.key}:{place}",
            fields.get(f"blanks:{group.key}:{place}", ""),
            names[place - 1],
            names[place],
        )
        for place in range(1, len(names))
    )


def _title(structure: Structure, key: str) -> str:
    if key == TOP:
        return _("Families") if structure.is_nested else ""
    return next((group.title for group in structure.groups if group.key == key), key)
