"""Take files in, read them, and keep what was read until somebody decides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.countries.catalogue import indicators, key_of
from kontor.countries.models import IndicatorValue, SourceFile, Upload
from kontor.countries.problems import CountryError
from kontor.countries.reading import read_files
from kontor.countries.reading.unpacking import MOST_BYTES, MOST_FILES, unpacked_bytes
from kontor.countries.staged import staged_file
from kontor.imports.refused import ImportRefused
from kontor.jobs.services import start_job

# Read while the person waits; more goes to the queue.
DIRECT_BYTES = 3_000_000
# A country's download holds some 1,500 indicators: only those that are known are ticked beforehand.
MOST_TICKED = 20
_KEPT = timedelta(days=2)

OnProgress = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def receive(*, cluster: Cluster, uploads: Iterable[tuple[str, bytes]], user: User | None) -> Upload:
    """Return a new upload of these files (name, content), read at once or by a job if they are large.

    Raises ImportRefused where all together is too much.
    """
    files = list(uploads)
    if len(files) > MOST_FILES or sum(len(data) for _name, data in files) > MOST_BYTES:
        raise ImportRefused("country.too_many_files", most=MOST_FILES, megabytes=MOST_BYTES // 1_000_000)
    _forget_old(cluster)
    upload = Upload.objects.create(cluster=cluster, created_by=user)
    if unpacked_bytes(files) <= DIRECT_BYTES:
        try:
            keep_read(upload, files, silent)
        except ImportRefused:
            upload.delete()
            raise
        return upload
    for number, (name, data) in enumerate(files):
        default_storage.save(f"{_folder(upload)}/{number:03}-{_plain(name)}", ContentFile(data))
    start_job(
        kind="countries.read_files",
        argument={"upload": upload.pk},
        scope=f"cluster:{cluster.pk}",
        requested_by=str(user or ""),
        key=f"upload:{upload.pk}",
    )
    return upload


def read_kept(upload: Upload, on_progress: OnProgress) -> None:
    """Read the files that `receive` has kept for a job, and forget them."""
    if upload.state != Upload.State.READING:
        return
    names = sorted(default_storage.listdir(_folder(upload))[1]) if _is_kept(upload) else []
    if not names:
        raise ImportRefused("import.files_gone")
    files = []
    for name in names:
        with default_storage.open(f"{_folder(upload)}/{name}") as file:
            files.append((name[4:], file.read()))
    keep_read(upload, files, on_progress)
    forget_files(upload)


def keep_read(upload: Upload, files: Iterable[tuple[str, bytes]], on_progress: OnProgress) -> None:
    """Store what the files tell, ready for the preview. Raises ImportRefused where they are too many."""
    read = read_files(files, home=upload.cluster.country, on_progress=on_progress)
    rows = [staged_file(each) for each in read]
    _tick(upload.cluster, rows)
    with transaction.atomic():
        upload.files.all().delete()
        for row in rows:
            row.cluster, row.upload = upload.cluster, upload
            row.save()
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.READY, finished_at=timezone.now())
    upload.refresh_from_db()


def give_up(upload: Upload, code: str, params: Mapping[str, object]) -> None:
    """Close an upload that came to nothing, with the reason."""
    problem = {"code": code, "params": dict(params)}
    Upload.objects.filter(pk=upload.pk).update(
        state=Upload.State.FAILED, problem=problem, finished_at=timezone.now()
    )
    forget_files(upload)


@transaction.atomic
def choose(*, upload: Upload, ticked: Collection[str], codes: Mapping[int, str]) -> None:
    """Store what is to be loaded.

    ticked: "<file>:<number>", the number being the place of a series in its file, 0 for all other files.
    codes: file → the indicator that people name where the file does not tell.
    Raises CountryError "country.code_unusable", or "country.already_loaded" where somebody was faster.
    """
    if Upload.objects.select_for_update().get(pk=upload.pk).state != Upload.State.READY:
        raise CountryError("country.already_loaded")
    for file in upload.files.select_for_update().exclude(kind=SourceFile.Kind.OTHER):
        code = codes.get(file.pk, "").strip().upper()
        entries = file.findings["indicators"]
        for number, (entry, series) in enumerate(zip(entries, file.staged.get("series", ()), strict=True)):
            entry["is_chosen"] = f"{file.pk}:{number}" in ticked
            if entry["is_asked"] and code:
                if not key_of(code) or len(code) > 60:
                    raise CountryError("country.code_unusable", wanted=code[:80])
                entry["code"] = series["code"] = code
        file.findings["is_chosen"] = f"{file.pk}:0" in ticked
        file.save(update_fields=["findings", "staged", "updated_at"])


@transaction.atomic
def discard(*, upload: Upload) -> None:
    """Forget an upload that was not loaded."""
    current = Upload.objects.select_for_update().get(pk=upload.pk)
    if current.state in (Upload.State.DONE, Upload.State.LOADING):
        raise CountryError("country.already_loaded")
    forget_files(current)
    current.delete()


def forget_files(upload: Upload) -> None:
    """Delete the kept files of an upload."""
    if _is_kept(upload):
        for name in default_storage.listdir(_folder(upload))[1]:
            default_storage.delete(f"{_folder(upload)}/{name}")
        default_storage.delete(_folder(upload))


def _tick(cluster: Cluster, rows: Iterable[SourceFile]) -> None:
    """Mark beforehand what most will want to load: all of it, or only what is known where there is much.

    What is older than what is on record is left to be ticked on purpose, and so is a file with faults.
    """
    values = IndicatorValue.objects.filter(indicator__cluster=cluster).order_by()
    recorded = dict(values.values_list("indicator__code").annotate(Max("year")))
    known = recorded.keys() | indicators().keys()
    for row in rows:
        found = row.findings["indicators"]
        is_sound = not row.findings["faults_number"]
        row.findings["is_chosen"] = is_sound
        for entry in found:
            is_wanted = len(found) <= MOST_TICKED or entry["code"] in known
            is_older = recorded.get(entry["code"], 0) > entry["last"]
            entry["is_chosen"] = is_sound and is_wanted and not is_older


def _forget_old(cluster: Cluster) -> None:
    """Forget uploads that nobody decided about."""
    undecided = (Upload.State.READY, Upload.State.READING, Upload.State.FAILED)
    old = Upload.objects.filter(cluster=cluster, state__in=undecided, created_at__lt=timezone.now() - _KEPT)
    for upload in old:
        forget_files(upload)
        upload.delete()


def _folder(upload: Upload) -> str:
    return f"countries/{upload.pk}"


def _is_kept(upload: Upload) -> bool:
    return bool(default_storage.exists(_folder(upload)))


def _plain(name: str) -> str:
    """Return a name that any store takes; indicators are told by names, so points and dashes stay."""
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)[-100:] or "file"
