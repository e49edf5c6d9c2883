"""The result as a picture and a table: who stands where, by what, and who is out for which reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.studies.figures import Out, Standing
from kontor.studies.reading import Reading
from kontor.studies.told import listed, number_text, percent_text, points_text

# So many candidates stand on the page; the files hold all.
MOST_SHOWN = 50
# Width of the bars in the units of the picture: 100 points of 100.
WIDTH = 400.0
FAMILY_COLOURS = 7


@dataclass(frozen=True)
class Family:
    """A family of criteria with its colour, and the share of all weight that it holds."""

    key: str
    name: str
    colour: int
    weight: str


@dataclass(frozen=True)
class Segment:
    """What one family adds to a candidate's bar."""

    x: float
    width: float
    colour: int
    label: str


@dataclass(frozen=True)
class ShownStanding:
    """A candidate in the race, in words and as a bar. low_x, high_x: ends of the whisker."""

    standing: Standing
    name: str
    partner: int
    points: str
    range: str
    known: str
    topsis: str
    net: str
    chance: str
    segments: tuple[Segment, ...]
    low_x: float
    high_x: float
    worse_than: str

    @property
    def is_apart(self) -> bool:
        """True where a method puts the candidate elsewhere than the weighted sum does."""
        return self.standing.place not in (self.standing.topsis_place, self.standing.net_place) or (
            self.standing.topsis_place != self.standing.net_place
        )


@dataclass(frozen=True)
class ShownOut:
    """A candidate that does not take part, or might not; reason: why, in a sentence."""

    candidate: int
    name: str
    reason: str


def families_of(reading: Reading) -> list[Family]:
    """Return the families whose criteria count, in the order of the study."""
    weights: dict[str, float] = {}
    for code in reading.plain.codes:
        family = reading.criteria[code].family
        weights[family] = weights.get(family, 0.0) + reading.plain.weights.get(code, 0.0)
    names = {each.family: each.family_name for each in reading.criteria.values()}
    return [
        Family(key, names[key], place % FAMILY_COLOURS + 1, percent_text(weight))
        for place, (key, weight) in enumerate(weights.items())
    ]


def standings_of(reading: Reading, limit: int | None = MOST_SHOWN) -> list[ShownStanding]:
    """Return the candidates in the race, best first; at most `limit` of them."""
    families = families_of(reading)
    return [_standing(each, reading, families) for each in reading.plain.standings[:limit]]


def _standing(each: Standing, reading: Reading, families: list[Family]) -> ShownStanding:
    said = reading.found.said
    better = reading.plain.dominated.get(str(each.candidate), ())
    return ShownStanding(
        standing=each,
        name=reading.name(each.candidate),
        partner=reading.candidates[each.candidate].partner_id,
        points=points_text(each.value),
        range=range_text(each),
        known=percent_text(each.known),
        topsis=number_text(each.topsis),
        net=number_text(each.net),
        chance=percent_text(said.chance_of_first(each.candidate)) if said else "",
        segments=_segments(each, reading, families),
        low_x=round(WIDTH * each.low, 1),
        high_x=round(WIDTH * each.high, 1),
        worse_than=listed([reading.name(pk) for pk in better]) if better else "",
    )


def range_text(each: Standing) -> str:
    """Return from where to where the points may go, "" where nothing is uncertain."""
    low, high = points_text(each.low), points_text(each.high)
    return "" if low == high else f"{low}–{high}"


def family_parts(each: Standing, reading: Reading, families: Iterable[Family]) -> list[float]:
    """Return what each family adds to the value of a candidate."""
    parts = dict.fromkeys((family.key for family in families), 0.0)
    for code, part in zip(reading.plain.codes, each.parts, strict=True):
        parts[reading.criteria[code].family] += part
    return list(parts.values())


def _segments(each: Standing, reading: Reading, families: list[Family]) -> tuple[Segment, ...]:
    x, found = 0.0, []
    for family, part in zip(families, family_parts(each, reading, families), strict=True):
        width = WIDTH * part
        label = f"{family.name}: {points_text(part)}"
        found.append(Segment(round(x, 1), round(width, 1), family.colour, label))
        x += width
    return tuple(found)


def outs_of(reading: Reading) -> list[ShownOut]:
    """Return who does not take part: beyond a threshold, or left out by the group."""
    lost: dict[int, list[Out]] = {}
    for out in reading.plain.outs:
        if out.is_out:
            lost.setdefault(out.candidate, []).append(out)
    shown = [
        ShownOut(pk, reading.name(pk), " ".join(_why_out(out, reading) for out in outs))
        for pk, outs in lost.items()
        if pk not in reading.plain.excluded
    ]
    left = [
        ShownOut(pk, reading.name(pk), reading.candidates[pk].excluded_because)
        for pk in reading.plain.excluded
    ]
    return shown + left


def threatened(reading: Reading) -> list[ShownOut]:
    """Return who takes part but might turn out to lie beyond a threshold."""
    return [
        ShownOut(out.candidate, reading.name(out.candidate), _why_perhaps(out, reading))
        for out in reading.plain.outs
        if not out.is_out and out.candidate not in reading.plain.lost | set(reading.plain.excluded)
    ]


def _why_out(out: Out, reading: Reading) -> str:
    text = (
        _("“%(criterion)s” is %(value)s; at least %(bound)s is needed.")
        if out.is_below
        else _("“%(criterion)s” is %(value)s; at most %(bound)s is allowed.")
    )
    said = text % _out(out, reading)
    if out.is_sure:
        return said
    doubt = _("That is not certain: the range reaches across the threshold.")
    return f"{said} {doubt}"


def _why_perhaps(out: Out, reading: Reading) -> str:
    text = (
        _("“%(criterion)s” is %(value)s, but might turn out below %(bound)s, the least that is needed.")
        if out.is_below
        else _("“%(criterion)s” is %(value)s, but might turn out above %(bound)s, the most that is allowed.")
    )
    return text % _out(out, reading)


def _out(out: Out, reading: Reading) -> dict[str, str]:
    return {
        "criterion": reading.criterion(out.code),
        "value": number_text(out.value),
        "bound": number_text(out.bound),
    }


def disagreement(reading: Reading) -> str:
    """Return where the three methods disagree about the first place and why, "" where they agree."""
    standings = reading.plain.standings
    if len(standings) < 2:
        return ""
    first, balance, pairs = (
        [reading.name(each.candidate) for each in standings if getattr(each, place) == 1]
        for place in ("place", "topsis_place", "net_place")
    )
    said = []
    if set(balance) != set(first):
        said.append(
            _(
                "TOPSIS puts %(names)s first: it rewards whoever is nowhere far from the best, "
                "while the weighted sum lets strengths make up for weaknesses."
            )
            % {"names": listed(balance)}
        )
    if set(pairs) != set(first):
        said.append(
            _(
                "PROMETHEE II puts %(names)s first: it counts who wins how many comparisons, and a lead of "
                "less than a tenth of the scale counts for nothing."
            )
            % {"names": listed(pairs)}
        )
    return " ".join(said)


def agreement_told(reading: Reading) -> str:
    """Return in a sentence how far the three methods agree."""
    standings = reading.plain.standings
    if len(standings) < 2:
        return ""
    told = disagreement(reading)
    if told:
        return told
    apart = sum(len({each.place, each.topsis_place, each.net_place}) > 1 for each in standings)
    if not apart:
        return _("Weighted sum, TOPSIS and PROMETHEE II give the same order.")
    return ngettext(
        "All three methods put the same first; further down they differ on %(number)s candidate.",
        "All three methods put the same first; further down they differ on %(number)s candidates.",
        apart,
    ) % {"number": apart}
