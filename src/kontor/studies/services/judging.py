"""How candidates score: what one person judges, and what the group agrees on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditlog.context import disable_auditlog
from django.db import transaction
from django.utils import timezone

from kontor.studies.models import Assessor, Score, Study, StudyCandidate, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.services.locking import locked
from kontor.studies.told import number_text

RUNNING = (Study.State.JUDGING, Study.State.OPEN)


@dataclass(frozen=True)
class Judgement:
    """One score as read. value None: looked and does not know. low, high: the range around it."""

    value: float | None
    low: float | None = None
    high: float | None = None
    confidence: int = 2
    evidence: str = ""
    source: str = ""
    source_url: str = ""
    as_of: date | None = None

    @property
    def is_unknown(self) -> bool:
        """True where somebody looked and does not know."""
        return self.value is None


class ScoreSavedElsewhere(StudyError):  # noqa: N818 - it is an answer, not a fault
    """Another tab or device has saved this cell meanwhile; `score` is what it has saved, None if emptied."""

    def __init__(self, score: Score | None) -> None:
        super().__init__("score.saved_elsewhere")
        self.score = score


@transaction.atomic
def save_score(
    *,
    assessor: Assessor,
    candidate: StudyCandidate,
    criterion: StudyCriterion,
    judgement: Judgement | None,
    edition: int,
) -> Score | None:
    """Keep what one person judges of one cell, None to empty it; returns what is stored.

    edition: the version of the stored score that the page was opened with, 0 where there was none. Once the
    weights are opened, what has been handed in stays as it is; what was missing or not known may be added.
    Raises ScoreSavedElsewhere, StudyError "study.decided", "study.not_judging", "score.not_asked",
    "score.opened" or what `checked` raises.
    """
    study = locked(assessor.study, *RUNNING)
    current = Assessor.objects.select_for_update().get(pk=assessor.pk)
    if not current.scores_candidates:
        raise StudyError("score.not_asked")
    if judgement is not None:
        checked(judgement, criterion)
    cell = Score.objects.filter(candidate=candidate, criterion=criterion, assessor=current)
    stored = cell.select_for_update().first()
    if (stored.version if stored else 0) != edition:
        raise ScoreSavedElsewhere(stored)
    if study.state == Study.State.OPEN and stored and not stored.is_unknown and current.submitted_scores_at:
        raise StudyError("score.opened")
    key = f"{candidate.pk}:{criterion.pk}"
    if current.typed.pop(key, None) is not None:
        current.save(update_fields=["typed"])
    if current.submitted_scores_at:
        return _stored(stored, judgement, candidate, criterion, current)
    with disable_auditlog():  # a draft is nobody's business
        return _stored(stored, judgement, candidate, criterion, current)


@transaction.atomic
def keep_typed(
    *, assessor: Assessor, candidate: StudyCandidate, criterion: StudyCriterion, fields: dict[str, str]
) -> None:
    """Keep the fields of a cell that cannot be read yet, so that nothing typed is lost."""
    locked(assessor.study, *RUNNING)
    current = Assessor.objects.select_for_update().get(pk=assessor.pk)
    current.typed[f"{candidate.pk}:{criterion.pk}"] = fields
    current.save(update_fields=["typed"])


@transaction.atomic
def hand_in_scores(*, assessor: Assessor) -> Assessor:
    """Let a person's scores count from now on; cells without a word stay unknown.

    Raises StudyError "study.decided", "study.not_judging", "score.not_asked", "score.nothing_said" or
    "score.unreadable" where something typed cannot be read.
    """
    locked(assessor.study, *RUNNING)
    current = Assessor.objects.select_for_update().get(pk=assessor.pk)
    if not current.scores_candidates:
        raise StudyError("score.not_asked")
    if current.typed:
        raise StudyError("score.unreadable", number=len(current.typed))
    if not current.scores.exists():
        raise StudyError("score.nothing_said")
    current.submitted_scores_at = timezone.now()
    current.version += 1
    current.save()
    return current


@transaction.atomic
def agree_score(
    *,
    candidate: StudyCandidate,
    criterion: StudyCriterion,
    judgement: Judgement,
    edition: int | None = None,
) -> Score:
    """Store what the group agreed on for a cell; it counts before what single people judged.

    The reason stands in `evidence` and is asked for. Raises ScoreSavedElsewhere, StudyError "study.decided",
    "score.no_reason" or what `checked` raises.
    """
    locked(candidate.study)
    if not judgement.evidence.strip():
        raise StudyError("score.no_reason")
    checked(judgement, criterion)
    cell = Score.objects.filter(candidate=candidate, criterion=criterion, origin=Score.Origin.AGREED)
    stored = cell.select_for_update().first()
    if edition is not None and (stored.version if stored else 0) != edition:
        raise ScoreSavedElsewhere(stored)
    score = _stored(stored, judgement, candidate, criterion, None)
    assert score is not None
    return score


@transaction.atomic
def withdraw_agreed(*, score: Score) -> None:
    """Take back what the group agreed on; what single people judged counts again."""
    locked(score.candidate.study)
    Score.objects.filter(pk=score.pk, origin=Score.Origin.AGREED).delete()


def checked(judgement: Judgement, criterion: StudyCriterion) -> None:
    """Raise StudyError where a judgement makes no sense on the criterion's scale.

    "score.range_reversed", "score.too_large", or beyond an end "score.outside", "score.below", "score.above".
    """
    if judgement.value is None:
        return
    low = judgement.value if judgement.low is None else judgement.low
    high = judgement.value if judgement.high is None else judgement.high
    if not low <= judgement.value <= high:
        raise StudyError("score.range_reversed")
    if max(abs(low), abs(high)) > 1e12:
        raise StudyError("score.too_large")
    least, most = criterion.scale_low, criterion.scale_high
    if least is not None and most is not None and (low < least or high > most):
        raise StudyError("score.outside", low=number_text(least), high=number_text(most))
    if least is not None and low < least:
        raise StudyError("score.below", low=number_text(least))
    if most is not None and high > most:
        raise StudyError("score.above", high=number_text(most))


def written(score: Score, judgement: Judgement) -> Score:
    """Return the score with the judgement in its fields, not stored."""
    score.value = judgement.value
    score.is_unknown = judgement.is_unknown
    known = not judgement.is_unknown
    score.low = (judgement.value if judgement.low is None else judgement.low) if known else None
    score.high = (judgement.value if judgement.high is None else judgement.high) if known else None
    score.confidence = judgement.confidence
    score.evidence, score.source = judgement.evidence.strip(), judgement.source.strip()[:300]
    score.source_url, score.as_of = judgement.source_url, judgement.as_of
    return score


def _stored(
    stored: Score | None,
    judgement: Judgement | None,
    candidate: StudyCandidate,
    criterion: StudyCriterion,
    assessor: Assessor | None,
) -> Score | None:
    if judgement is None:
        if stored is not None:
            stored.delete()
        return None
    score = stored or Score(
        cluster_id=candidate.cluster_id,
        candidate=candidate,
        criterion=criterion,
        assessor=assessor,
        origin=Score.Origin.ASSESSOR if assessor else Score.Origin.AGREED,
        version=0,
    )
    score.imported_in = None
    score.version += 1
    written(score, judgement).save()
    return score
