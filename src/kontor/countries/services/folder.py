"""Load without a browser: a folder of files, or single figures quoted from a publication."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.countries.models import SourceFile, Upload
from kontor.countries.problems import CountryError
from kontor.countries.reading import ReadFile, Series
from kontor.countries.services.loading import is_chosen, load_upload
from kontor.countries.services.uploading import OnProgress, keep_read, silent
from kontor.countries.staged import staged_file
from kontor.imports.refused import ImportRefused

_TABLES = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods", ".zip")


def load_folder(
    *, cluster: Cluster, folder: Path, user: User | None = None, on_progress: OnProgress = silent
) -> Upload:
    """Load every file of a folder, or one file, that tells figures; return the upload with its files.

    All or nothing: raises CountryError "country.faulty_chosen" where a file has faults, and
    "country.nothing_chosen" where no file tells anything; nothing is written then, and what was found stands
    in the exception's `files`. Raises ImportRefused for a folder that holds too much.
    """
    paths = sorted(folder.iterdir()) if folder.is_dir() else [folder]
    files = [(path.name, path.read_bytes()) for path in paths if path.suffix.casefold() in _TABLES]
    if not files:
        raise CountryError("country.nothing_chosen", files=[])
    with transaction.atomic():
        upload = Upload.objects.create(cluster=cluster, created_by=user)
        keep_read(upload, files, on_progress)
        found = list(upload.files.all())
        faulty = next((file for file in found if file.findings["faults_number"]), None)
        if faulty is not None:
            raise CountryError("country.faulty_chosen", name=faulty.name, files=found)
        if not any(map(is_chosen, found)):
            raise CountryError("country.nothing_chosen", files=found)
        load_upload(upload=upload, user=user)
    return upload


@transaction.atomic
def load_figures(
    *,
    cluster: Cluster,
    code: str,
    figures: Mapping[tuple[str, int], float],
    source: str,
    user: User | None = None,
) -> SourceFile:
    """Write figures of one indicator that somebody quotes, and return the entry among the files.

    figures: (ISO country, year) → value.   source: where they are quoted from, shown in place of a file name.
    """
    series = Series(code)
    for (country, year), value in figures.items():
        series.values.setdefault(country, {})[year] = value
    if not series.values:
        raise ImportRefused("country.no_figures", name=source)
    upload = Upload.objects.create(
        cluster=cluster, created_by=user, state=Upload.State.LOADING, finished_at=timezone.now()
    )
    file = staged_file(ReadFile(source[:255], kind="indicators", series=[series]))
    file.findings["indicators"][0]["is_chosen"] = True
    file.cluster, file.upload = cluster, upload
    file.save()
    load_upload(upload=upload, user=user)
    file.refresh_from_db()
    return file
