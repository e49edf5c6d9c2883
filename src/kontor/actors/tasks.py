"""Long work of the actors: what the queue calls by name (see jobs.running)."""

from __future__ import annotations

from collections.abc import Mapping

from kontor.actors.models import ImportBatch
from kontor.actors.services.importing.cordis_steps import carry_out_cordis as carry_out
from kontor.actors.services.importing.cordis_steps import give_up_cordis, read_staged
from kontor.jobs.progress import Progress


def read_cordis(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Read the files of a staged CORDIS import."""
    batch = _batch(argument)
    if batch is not None:
        read_staged(batch)
    return {}


def carry_out_cordis(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Write a CORDIS import whose choices are made."""
    batch = _batch(argument)
    if batch is not None:
        carry_out(batch, progress.step)
    return {}


def read_cordis_failed(argument: Mapping[str, object], code: str, params: Mapping[str, object]) -> None:
    """Close the import whose files could not be read."""
    batch = _batch(argument)
    if batch is not None:
        give_up_cordis(batch, code, params)


carry_out_cordis_failed = read_cordis_failed


def _batch(argument: Mapping[str, object]) -> ImportBatch | None:
    """Return the batch, or None where it was discarded meanwhile."""
    return ImportBatch.objects.select_related("cluster").filter(pk=int(str(argument["batch"]))).first()
