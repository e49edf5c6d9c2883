"""Long work of this room: what the queue calls by name (see jobs.running)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from kontor.jobs.progress import Progress
from kontor.studies.matrix import changed
from kontor.studies.models import Outcome, Study
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.services import inviting_sending, outcomes


def send_assessor_mails(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Send the links or reminders of a study that are due."""
    study = Study.objects.select_related("cluster").filter(pk=int(str(argument["study"]))).first()
    if study is None:
        return {}
    since = datetime.fromisoformat(str(argument["since"]))
    return inviting_sending.send_mails(
        study=study, what=str(argument["what"]), since=since, progress=progress
    )


def simulate(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Simulate a study that is too large for a page, and keep what comes out under its fingerprint."""
    outcome = Outcome.objects.select_related("study").filter(pk=int(str(argument["outcome"]))).first()
    if outcome is None or outcome.robust:
        return {}
    changes = cast("Mapping[str, Any]", argument["changes"])
    matrix = changed(matrix_of(outcome.study), changes)
    # Whoever changed the study meanwhile asks for another outcome; this one would not be what it says.
    if matrix.fingerprint() == outcome.fingerprint:
        outcomes.compute_robust(outcome=outcome, matrix=matrix, on_progress=progress.step)
    return {}
