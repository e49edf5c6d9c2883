"""How far weights may go, who beats whom how often, and for whom each candidate would be first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.studies.figures import Interval, Robust
from kontor.studies.reading import Reading
from kontor.studies.shown_places import Cell, share_cell
from kontor.studies.told import listed, percent_text

WIDTH = 400.0
# So many candidates are compared in pairs on the page; the files hold all.
MOST_PAIRS = 12
# So many criteria are named for whom a candidate would be first.
MOST_NAMED = 3
# A margin below this is called narrow.
NARROW = 0.05


@dataclass(frozen=True)
class Reach:
    """How far one weight may go. x, width: the bar; mark: where the weight is now."""

    interval: Interval
    criterion: str
    weight: str
    low: str
    high: str
    x: float
    width: float
    mark: float
    below: str
    above: str
    is_narrow: bool


@dataclass(frozen=True)
class Friend:
    """For whom a candidate would come first. sentence: "… for somebody who puts … first"."""

    candidate: int
    name: str
    chance: str
    sentence: str
    confidence: str


@dataclass(frozen=True)
class PairRow:
    """How often one candidate beats each other one; None against itself."""

    name: str
    cells: tuple[Cell | None, ...]


def reaches_of(reading: Reading) -> list[Reach]:
    """Return how far each weight may go, the narrowest margin first."""
    found = [_reach(each, reading) for each in reading.plain.intervals]
    return sorted(found, key=lambda each: _margin(each.interval))


def reach_told(reading: Reading) -> str:
    """Return in a sentence which weights the first place hangs on."""
    if len(reading.plain.standings) < 2 or not reading.plain.intervals:
        return ""
    free = [each for each in reading.plain.intervals if each.rival_below is None and each.rival_above is None]
    if len(free) == len(reading.plain.intervals):
        return _("However much any single criterion weighs, the first place stays where it is.")
    narrow = [each for each in reading.plain.intervals if _margin(each) < NARROW]
    if not narrow:
        return _(
            "No single weight is so close to its limit that five percent more or less would change the "
            "first place."
        )
    names = listed([f"“{reading.criterion(each.code)}”" for each in sorted(narrow, key=_margin)[:MOST_NAMED]])
    text = ngettext(
        "The first place hangs on the weight of %(names)s: less than five percent more or less changes it.",
        "The first place hangs on single weights, above all of %(names)s: less than five percent more or "
        "less changes it.",
        len(narrow),
    )
    return text % {"names": names}


def _margin(each: Interval) -> float:
    below = each.weight - each.low if each.rival_below is not None else 1.0
    above = each.high - each.weight if each.rival_above is not None else 1.0
    return min(below, above)


def _reach(each: Interval, reading: Reading) -> Reach:
    return Reach(
        interval=each,
        criterion=reading.criterion(each.code),
        weight=percent_text(each.weight),
        low=percent_text(each.low),
        high=percent_text(each.high),
        x=round(WIDTH * each.low, 1),
        width=round(max(WIDTH * (each.high - each.low), 1.0), 1),
        mark=round(WIDTH * each.weight, 1),
        below=reading.name(each.rival_below) if each.rival_below is not None else "",
        above=reading.name(each.rival_above) if each.rival_above is not None else "",
        is_narrow=_margin(each) < NARROW,
    )


def friends_of(reading: Reading, space: str = "free") -> list[Friend]:
    """Return for each candidate that is ever first what somebody would have to value for it to be so."""
    robust = reading.found.robust.get(space)
    if robust is None:
        return []
    found = []
    for each in reading.plain.standings:
        place = robust.candidates.index(each.candidate)
        central = robust.central[place]
        if not central:
            continue
        found.append(
            Friend(
                each.candidate,
                reading.name(each.candidate),
                percent_text(robust.chance_of_first(each.candidate)),
                _valued(central, reading),
                percent_text(robust.confidence[place] or 0.0),
            )
        )
    return found


def _valued(central: object, reading: Reading) -> str:
    """Return what weighs clearly more than its equal share under the central weights."""
    assert isinstance(central, dict)
    equal = 1 / len(central)
    above = sorted(
        (code for code in central if central[code] > equal * 1.05), key=lambda code: -central[code]
    )
    if not above:
        return _("for somebody to whom all criteria matter about the same")
    names = listed([f"“{reading.criterion(code)}”" for code in above[:MOST_NAMED]])
    return _("for somebody who puts %(names)s first") % {"names": names}


def never_first(reading: Reading, space: str = "free") -> str:
    """Return in a sentence who never comes first, "" where everybody may."""
    robust = reading.found.robust.get(space)
    if robust is None:
        return ""
    names = [
        reading.name(each.candidate)
        for each in reading.plain.standings
        if robust.chance_of_first(each.candidate) == 0
    ]
    if not names:
        return ""
    if len(names) > MOST_PAIRS:
        return _("%(number)s candidates never come first, whatever the weights.") % {"number": len(names)}
    return ngettext(
        "%(names)s never comes first, whatever the weights.",
        "%(names)s never come first, whatever the weights.",
        len(names),
    ) % {"names": listed(names)}


def pairs_of(reading: Reading, robust: Robust | None) -> tuple[list[str], list[PairRow]]:
    """Return who beats whom how often: heads and rows, the better placed candidates only."""
    if robust is None:
        return [], []
    places = {candidate: place for place, candidate in enumerate(robust.compared)}
    shown = [each.candidate for each in reading.plain.standings if each.candidate in places][:MOST_PAIRS]
    rows = [
        PairRow(
            reading.name(one),
            tuple(
                None if one == other else share_cell(robust.wins[places[one]][places[other]])
                for other in shown
            ),
        )
        for one in shown
    ]
    return [reading.name(each) for each in shown], rows
