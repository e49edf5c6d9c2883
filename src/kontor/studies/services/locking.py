"""A study locked for a write, in the state that the write asks for."""

from __future__ import annotations

from kontor.studies.models import Study
from kontor.studies.problems import StudyError

# Until the decision everything may be put right; afterwards nothing may.
UNDECIDED = (Study.State.PREPARING, Study.State.JUDGING, Study.State.OPEN)


def locked(study: Study, *states: str) -> Study:
    """Return the study locked and fresh; to be called first inside a transaction.

    Raises StudyError "study.decided" after the decision, and "study.not_<state>" where it is in none of
    `states` (any before the decision if none are given).
    """
    current = Study.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=study.pk)
    if current.state == Study.State.DECIDED:
        raise StudyError("study.decided")
    if states and current.state not in states:
        raise StudyError(f"study.not_{states[0]}")
    return current


def require_undecided(study: Study) -> None:
    """Raise StudyError "study.decided" after the decision."""
    if study.state == Study.State.DECIDED:
        raise StudyError("study.decided")
