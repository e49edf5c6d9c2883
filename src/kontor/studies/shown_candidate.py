"""Why one candidate stands where it stands: strengths, weaknesses, evidence, and what would put it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.studies import computing
from kontor.studies.figures import Reversal, Standing
from kontor.studies.models import Score, StudyCandidate
from kontor.studies.numbers import Numbers, numbers
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.reading import Reading
from kontor.studies.shown_scores import Word, shown_word, value_text
from kontor.studies.told import number_text, percent_text, points_text

# So many strengths and weaknesses are named; smaller differences than half a point are none.
NAMED, NOTED = 3, 0.005


@dataclass(frozen=True)
class Contribution:
    """What one criterion adds to a candidate's value. mean, lead: what it adds to the others on average, and
    to the leader; value: the settled score as written; words: what stands behind it.
    """

    criterion: NamedCriterion
    value: str
    range: str
    is_known: bool
    weight: float
    part: float
    mean: float
    lead: float
    words: tuple[Word, ...]

    @property
    def against_mean(self) -> float:
        """Return by how much it is ahead of the mean of the others."""
        return self.part - self.mean

    @property
    def against_lead(self) -> float:
        """Return by how much it is ahead of the leader."""
        return self.part - self.lead

    @property
    def weight_text(self) -> str:
        """Return the weight as written."""
        return percent_text(self.weight)

    @property
    def part_text(self) -> str:
        """Return the points that it adds, of those that it could."""
        return _("%(points)s of %(most)s") % {
            "points": points_text(self.part),
            "most": points_text(self.weight),
        }

    @property
    def mean_text(self) -> str:
        """Return the difference from the mean with its sign."""
        return signed(self.against_mean)

    @property
    def lead_text(self) -> str:
        """Return the difference from the leader with its sign."""
        return signed(self.against_lead)


@dataclass(frozen=True)
class CandidateView:
    """One candidate in the race. leader: the first of the others."""

    reading: Reading
    candidate: StudyCandidate
    standing: Standing
    leader: Standing | None
    contributions: tuple[Contribution, ...]
    reversal: Reversal | None

    @property
    def leader_name(self) -> str:
        """Return what the first of the others is called, "" where there is none."""
        return self.reading.name(self.leader.candidate) if self.leader else ""

    @cached_property
    def strengths(self) -> list[Contribution]:
        """Return where it is ahead of the mean of the others, most first."""
        found = [each for each in self.contributions if each.against_mean >= NOTED]
        return sorted(found, key=lambda each: -each.against_mean)[:NAMED]

    @cached_property
    def weaknesses(self) -> list[Contribution]:
        """Return where it is behind the mean of the others, most first."""
        found = [each for each in self.contributions if each.against_mean <= -NOTED]
        return sorted(found, key=lambda each: each.against_mean)[:NAMED]

    @cached_property
    def behind_leader(self) -> list[Contribution]:
        """Return where the leader is ahead, most first."""
        found = [each for each in self.contributions if each.against_lead <= -NOTED]
        return sorted(found, key=lambda each: each.against_lead)[:NAMED]

    @cached_property
    def ahead_of_leader(self) -> list[Contribution]:
        """Return where it is ahead of the leader, most first."""
        found = [each for each in self.contributions if each.against_lead >= NOTED]
        return sorted(found, key=lambda each: -each.against_lead)[:NAMED]

    @property
    def headline(self) -> str:
        """Return where it stands in a sentence."""
        shown = {
            "name": str(self.candidate),
            "place": number_text(self.standing.place),
            "points": points_text(self.standing.value),
        }
        if self.leader is None:
            return _("%(name)s has %(points)s of 100 points.") % shown
        shown |= {
            "leader": self.reading.name(self.leader.candidate),
            "gap": points_text(abs(self.leader.value - self.standing.value)),
        }
        if self.standing.place > 1:
            return (
                _("%(name)s is number %(place)s with %(points)s of 100 points, %(gap)s behind %(leader)s.")
                % shown
            )
        if self.leader.place == 1:
            return _("%(name)s shares the first place with %(leader)s, at %(points)s of 100 points.") % shown
        return _("%(name)s comes first with %(points)s of 100 points, %(gap)s ahead of %(leader)s.") % shown


def signed(difference: float) -> str:
    """Return a difference in points with its sign."""
    text = points_text(abs(difference))
    if text == points_text(0.0):
        return f"±{text}"
    return f"+{text}" if difference > 0 else f"−{text}"


@dataclass(frozen=True)
class _Behind:
    """What contributions are made of. others: the other candidates in the race, best first."""

    reading: Reading
    words: Mapping[int, Sequence[Score]]
    names_people: bool
    others: Sequence[Standing]


def candidate_view(
    reading: Reading, candidate: StudyCandidate, words: Mapping[int, Sequence[Score]], *, names_people: bool
) -> CandidateView | None:
    """Return why a candidate stands where it does; None where it is not in the race.

    names_people: whether the reader may know who said what.
    """
    standings = reading.plain.standings
    own = next((each for each in standings if each.candidate == candidate.pk), None)
    if own is None:
        return None
    others = [each for each in standings if each.candidate != candidate.pk]
    behind = _Behind(reading, words, names_people, others)
    contributions = tuple(
        _contribution(place, code, own, behind) for place, code in enumerate(reading.plain.codes)
    )
    leader = others[0] if others else None
    return CandidateView(reading, candidate, own, leader, contributions, _reversal(reading, own))


def _contribution(place: int, code: str, own: Standing, behind: _Behind) -> Contribution:
    reading, parts = behind.reading, [each.parts[place] for each in behind.others]
    criterion, language = reading.criteria[code], (get_language() or "en")[:2]
    row = next(each for each in reading.matrix.candidates if each.pk == own.candidate)
    column = next(each for each in reading.matrix.criteria if each.code == code)
    settled = reading.matrix.settled(row, column)
    has_range = settled.is_known and not settled.is_certain
    words = [shown_word(each, criterion, language) for each in behind.words.get(criterion.pk, ())]
    return Contribution(
        criterion=criterion,
        value=value_text(settled.value, criterion, language),
        range=f"{number_text(settled.low)}–{number_text(settled.high)}" if has_range else "",
        is_known=settled.is_known,
        weight=reading.plain.weights[code],
        part=own.parts[place],
        mean=sum(parts) / len(parts) if parts else own.parts[place],
        lead=parts[0] if parts else own.parts[place],
        words=tuple(each if behind.names_people else _unnamed(each) for each in words),
    )


def _unnamed(word: Word) -> Word:
    """Return a word without who said it, for readers who see what was said but not by whom."""
    if word.is_agreed or word.is_data:
        return word
    return replace(word, who=_("Judged"), group="", value="", range="")


def _reversal(reading: Reading, own: Standing) -> Reversal | None:
    """Return what would put the candidate first; None where it is first, or no one else is there."""
    if own.place == 1:
        return None
    known = reading.plain.reversal
    if known is not None and known.rival == own.candidate:
        return known
    found = numbers(reading.matrix)
    return None if found is None else computing.reversal(found, _index(found, own.candidate))


def _index(found: Numbers, candidate: int) -> int:
    return next(place for place, row in enumerate(found.rows) if row.pk == candidate)
