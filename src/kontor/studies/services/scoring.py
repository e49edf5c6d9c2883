"""Keep one cell as it was typed: as a score where it can be read, as text where it cannot yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from kontor.studies.forms.scores import fields_of_score, read_cell
from kontor.studies.models import Assessor, Score, StudyCandidate, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.services.judging import ScoreSavedElsewhere, keep_typed, save_score


@dataclass(frozen=True)
class Kept:
    """A cell after it was kept. fields: as typed; edition: to be sent with the next save.

    problem: why it does not count yet, None where it does.   theirs: what another page has saved meanwhile.
    """

    fields: Mapping[str, str]
    edition: int
    problem: StudyError | None = None
    theirs: Score | None = None
    is_saved: bool = False

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        if isinstance(self.problem, ScoreSavedElsewhere):
            return 409
        return 422 if self.problem else 200

    @classmethod
    def read(
        cls, score: Score | None, typed: Mapping[str, str] | None, criterion: StudyCriterion, language: str
    ) -> Kept:
        """Return a cell as it lies in the database: what could not be read yet goes before the score."""
        edition = score.version if score else 0
        if typed is None:
            return cls(fields_of_score(score, language[:2]), edition)
        try:
            read_cell(typed, criterion)
        except StudyError as problem:
            return cls(typed, edition, problem)
        return cls(typed, edition)


def keep_cell(
    *,
    assessor: Assessor,
    candidate: StudyCandidate,
    criterion: StudyCriterion,
    fields: Mapping[str, str],
    edition: int,
    stored: Score | None,
) -> Kept:
    """Keep one cell and return how it stands; nothing typed is lost, and nothing is raised.

    stored: the score as the page found it; a cell that says the same is left alone.
    """
    key = f"{candidate.pk}:{criterion.pk}"
    if key not in assessor.typed and _is_same(fields, stored):
        return Kept(fields, stored.version if stored else 0)
    try:
        judgement = read_cell(fields, criterion)
        score = save_score(
            assessor=assessor, candidate=candidate, criterion=criterion, judgement=judgement, edition=edition
        )
    except ScoreSavedElsewhere as conflict:
        latest = conflict.score.version if conflict.score else 0
        return Kept(fields, latest, conflict, theirs=conflict.score)
    except StudyError as problem:
        if problem.code in _FINAL:
            return Kept(fields, edition, problem)
        try:
            keep_typed(assessor=assessor, candidate=candidate, criterion=criterion, fields=dict(fields))
        except StudyError as refusal:
            return Kept(fields, edition, refusal)
        return Kept(fields, edition, problem)
    assessor.typed.pop(key, None)
    return Kept(fields, score.version if score else 0, is_saved=True)


_FINAL = ("study.decided", "study.not_judging", "score.not_asked", "score.opened")


def _is_same(fields: Mapping[str, str], stored: Score | None) -> bool:
    """True where the fields say what is stored; the usual confidence alone says nothing."""
    usual = {"confidence": "2"}
    given = usual | {name: text for name, text in fields.items() if text}
    known = usual | fields_of_score(stored, (get_language() or "en")[:2])
    return given == known
