"""Computing a study's outcome once for each state, and keeping it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from kontor.jobs.models import Job
from kontor.jobs.services import start_job
from kontor.studies.computing import plain
from kontor.studies.figures import Plain, Robust, as_json, from_json
from kontor.studies.matrix import Matrix, changed
from kontor.studies.models import Outcome, Study
from kontor.studies.numbers import numbers
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.robust import SPACES, robust

# Up to so many cells the simulation is over in a moment; beyond, it runs in the background.
CELLS_AT_ONCE = 300
# Outcomes of earlier states that are kept, so that going back and forth computes nothing anew.
KEPT = 30


@dataclass(frozen=True)
class Found:
    """A study's figures as they stand. robust: space of weights → figures, {} while they are computed."""

    outcome: Outcome
    plain: Plain
    robust: Mapping[str, Robust]
    job: Job | None = None

    @property
    def said(self) -> Robust | None:
        """What the simulation found within what people said, None while it is being computed."""
        return self.robust.get("said")


def outcome_of(
    *, study: Study, changes: Mapping[str, Any] | None = None, matrix: Matrix | None = None
) -> Found:
    """Return the figures of the study, or of a scenario's `changes` to it; nothing is computed twice.

    matrix: the study's own, where it has been read already.
    Large studies get their simulated figures from a job; until it is done `robust` is empty.
    """
    return outcomes_of(study=study, changes=[changes or {}], matrix=matrix or matrix_of(study))[0]


def outcomes_of(*, study: Study, changes: Sequence[Mapping[str, Any]], matrix: Matrix) -> list[Found]:
    """Return the figures under each set of changes, {} for the study as it stands. One query once stored."""
    matrices = [changed(matrix, each) if each else matrix for each in changes]
    prints = [each.fingerprint() for each in matrices]
    stored = {each.fingerprint: each for each in study.outcomes.filter(fingerprint__in=set(prints))}
    found = []
    for each, fingerprint, change in zip(matrices, prints, changes, strict=True):
        if fingerprint not in stored:
            stored[fingerprint] = _made(study, each, fingerprint)
        found.append(_complete(study, stored[fingerprint], each, change))
    return found


def _complete(study: Study, outcome: Outcome, matrix: Matrix, changes: Mapping[str, Any]) -> Found:
    """Return an outcome with its simulated figures, or with the job that finds them."""
    if outcome.robust or not outcome.plain["standings"]:
        return _read(outcome)
    if _size(matrix) <= CELLS_AT_ONCE:
        compute_robust(outcome=outcome, matrix=matrix)
        return _read(outcome)
    job = start_job(
        kind="studies.simulate",
        argument={"outcome": outcome.pk, "changes": dict(changes)},
        scope=f"cluster:{study.cluster_id}",
        key=f"outcome:{outcome.pk}",
    )
    return _read(outcome, job)


def compute_robust(
    *, outcome: Outcome, matrix: Matrix, on_progress: Callable[[int, int], None] | None = None
) -> None:
    """Simulate and keep what comes out; nothing is written where nobody is in the race."""
    found = numbers(matrix)
    if found is None:
        return
    figures = {space: as_json(robust(found, matrix, space, on_progress)) for space in SPACES}
    outcome.robust = figures
    Outcome.objects.filter(pk=outcome.pk).update(robust=figures)


def _size(matrix: Matrix) -> int:
    return len(matrix.candidates) * len(matrix.criteria)


def _made(study: Study, matrix: Matrix, fingerprint: str) -> Outcome:
    """Return a new outcome of exactly these inputs."""
    figures = as_json(plain(matrix))
    try:
        with transaction.atomic():
            made = Outcome.objects.create(study=study, fingerprint=fingerprint, plain=figures)
    except IntegrityError:
        # Somebody else looked at the same moment; both have computed the same.
        return study.outcomes.get(fingerprint=fingerprint)
    _forget_old(study)
    return made


def _forget_old(study: Study) -> None:
    newest = list(study.outcomes.order_by("-pk").values_list("pk", flat=True)[:KEPT])
    study.outcomes.exclude(pk__in=newest).delete()


def _read(outcome: Outcome, job: Job | None = None) -> Found:
    return Found(
        outcome=outcome,
        plain=from_json(Plain, outcome.plain),
        robust={
            # In the order of the pages: a database may give the spaces back in another one.
            space: from_json(Robust, outcome.robust[space])
            for space in SPACES
            if space in outcome.robust
        },
        job=job,
    )
