"""Long work of this room: what the queue calls by name (see jobs.running)."""

from __future__ import annotations

from collections.abc import Mapping

from kontor.accounts.models import User
from kontor.countries.models import Upload
from kontor.countries.services.loading import load_upload
from kontor.countries.services.uploading import give_up, read_kept
from kontor.jobs.progress import Progress


def read_files(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Read the files of an upload."""
    upload = _upload(argument)
    if upload is not None:
        read_kept(upload, progress.step)
    return {}


def load_files(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Write what was chosen of an upload."""
    upload = _upload(argument)
    if upload is None or upload.state != Upload.State.LOADING:
        return {}
    user = User.objects.filter(pk=int(str(argument.get("user") or 0))).first()
    return {"figures": load_upload(upload=upload, user=user)}


def read_files_failed(argument: Mapping[str, object], code: str, params: Mapping[str, object]) -> None:
    """Close the upload that could not be read."""
    upload = _upload(argument)
    if upload is not None:
        give_up(upload, code, params)


load_files_failed = read_files_failed


def _upload(argument: Mapping[str, object]) -> Upload | None:
    """Return the upload, or None where it was discarded meanwhile."""
    return Upload.objects.select_related("cluster").filter(pk=int(str(argument["upload"]))).first()
