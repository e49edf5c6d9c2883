"""Load what was chosen: all of it or nothing, and remember what stood before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster, User
from kontor.accounts.services.audit import note
from kontor.countries.catalogue import described, key_of
from kontor.countries.models import CountryFacts, CountryLink, Indicator, IndicatorValue, SourceFile, Upload
from kontor.countries.problems import CountryError
from kontor.countries.reading import Series
from kontor.countries.services.uploading import OnProgress, silent
from kontor.countries.staged import facts_in, links_in, series_in
from kontor.jobs.services import start_job

# Written while the person waits; more goes to the queue.
DIRECT_FIGURES = 20_000
_BATCH = 2000
LINK_FIELDS = (
    *("home", "country", "distance_km", "capital_km", "weighted_km", "shares_language", "speaks_language"),
    "is_contiguous",
)
FACT_FIELDS = (
    *("country", "languages", "continent", "main_city", "area_km2", "is_landlocked", "latitude", "longitude"),
)


def start_loading(*, upload: Upload, user: User | None) -> Upload:
    """Load the upload at once, or by a job where it is large; a second click does nothing.

    Raises CountryError "country.nothing_chosen", "country.faulty_chosen" or "country.code_missing".
    """
    files = list(upload.files.all())
    chosen = [file for file in files if is_chosen(file)]
    _check(chosen)
    claimed = Upload.objects.filter(pk=upload.pk, state=Upload.State.READY)
    if not claimed.update(state=Upload.State.LOADING):
        upload.refresh_from_db()
        return upload
    upload.refresh_from_db()
    if sum(map(figures_in, chosen)) <= DIRECT_FIGURES:
        try:
            load_upload(upload=upload, user=user)
        except Exception:
            Upload.objects.filter(pk=upload.pk).update(state=Upload.State.READY)
            raise
        return upload
    start_job(
        kind="countries.load_files",
        argument={"upload": upload.pk, "user": user.pk if user else None},
        scope=f"cluster:{upload.cluster_id}",
        requested_by=str(user or ""),
        key=f"upload:{upload.pk}",
    )
    return upload


def is_chosen(file: SourceFile) -> bool:
    """Tell whether anything of a file is to be loaded."""
    if file.kind == SourceFile.Kind.INDICATORS:
        return any(entry.get("is_chosen") for entry in file.findings["indicators"])
    return file.kind != SourceFile.Kind.OTHER and bool(file.findings.get("is_chosen"))


def figures_in(file: SourceFile) -> int:
    """Return how many figures of a file are chosen."""
    found = file.findings["indicators"]
    chosen = sum(int(entry["figures"]) for entry in found if entry.get("is_chosen"))
    return chosen + int(file.findings["countries"])


def _check(chosen: list[SourceFile]) -> None:
    if not chosen:
        raise CountryError("country.nothing_chosen")
    for file in chosen:
        if file.findings["faults_number"]:
            raise CountryError("country.faulty_chosen", name=file.name)
        if any(entry.get("is_chosen") and not entry["code"] for entry in file.findings["indicators"]):
            raise CountryError("country.code_missing", name=file.name)


@transaction.atomic
def load_upload(*, upload: Upload, user: User | None, on_progress: OnProgress = silent) -> int:
    """Write the chosen files of an upload that is being loaded and return how many figures that were.

    Two loads of a cluster wait for each other: each remembers exactly what the other has left.
    """
    Cluster.objects.select_for_update().get(pk=upload.cluster_id)
    files = list(upload.files.select_related("cluster").order_by("pk"))
    written, names = 0, []
    for number, file in enumerate(files):
        on_progress(number, len(files))
        if is_chosen(file):
            written += _load(file)
            names.append(file.name)
        else:
            file.staged = {}
            file.save(update_fields=["staged", "updated_at"])
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.DONE, finished_at=timezone.now())
    upload.refresh_from_db()
    text = gettext_noop("Country figures were loaded: %(files)s")
    note(
        cluster=upload.cluster, actor=user, text=text, params={"files": ", ".join(names)[:500]}, about=upload
    )
    on_progress(len(files), len(files))
    return written


def _load(file: SourceFile) -> int:
    """Write one file and keep what stood before."""
    ledger = Ledger(file)
    written = 0
    for series, entry in zip(series_in(file), file.findings["indicators"], strict=True):
        if entry.get("is_chosen"):
            written += ledger.put_series(indicator_for(file.cluster, series.code, series.name), series)
    home = file.cluster.country
    links = [CountryLink(cluster=file.cluster, home=home, file=file, **vars(each)) for each in links_in(file)]
    facts = [
        CountryFacts(cluster=file.cluster, file=file, **{**vars(each), "languages": list(each.languages)})
        for each in facts_in(file)
    ]
    written += ledger.put_rows(links, CountryLink.objects.filter(cluster=file.cluster, home=home))
    written += ledger.put_rows(facts, CountryFacts.objects.filter(cluster=file.cluster))
    ledger.close()
    return written


def indicator_for(cluster: Cluster, code: str, name: str) -> Indicator:
    """Return the cluster's indicator of a code; a new one is described by the catalogue or by its name."""
    fields = described(code, name)
    for text in ("name", "unit", "meaning"):
        fields[text] = LazyI18nString(dict(fields.get(text, {})))
    found, _is_new = Indicator.objects.get_or_create(
        cluster=cluster, key=key_of(code), defaults={"code": code, **fields}
    )
    return found


class Ledger:
    """Writes the figures of a file and keeps what they replace."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._kept: list[dict[str, Any]] = []
        self._files: set[int] = set()

    def put_series(self, indicator: Indicator, series: Series) -> int:
        """Let the series stand for its countries; figures of other countries stay."""
        before = IndicatorValue.objects.filter(indicator=indicator, country__in=list(series.values))
        kept: dict[tuple[int, str], list[tuple[int, float]]] = {}
        for file, country, year, value in before.values_list("file", "country", "year", "value"):
            kept.setdefault((file, country), []).append((year, value))
        for (file, country), figures in kept.items():
            self._files.add(file)
            self._kept.append(
                {"indicator": indicator.pk, "file": file, "country": country, "figures": sorted(figures)}
            )
        before.delete()
        rows = [
            IndicatorValue(indicator=indicator, file=self.file, country=country, year=year, value=value)
            for country, years in series.values.items()
            for year, value in years.items()
        ]
        IndicatorValue.objects.bulk_create(rows, batch_size=_BATCH)
        return len(rows)

    def put_rows(self, rows: Iterable[CountryLink | CountryFacts], before: Any) -> int:
        """Let distances or facts stand in place of all that were there; nothing happens without any."""
        new: list[Any] = list(rows)
        if not new:
            return 0
        is_link = isinstance(new[0], CountryLink)
        names = LINK_FIELDS if is_link else FACT_FIELDS
        for row in before:
            self._files.add(row.file_id)
            kept = {name: getattr(row, name) for name in names}
            self._kept.append({"link" if is_link else "facts": kept, "file": row.file_id})
        before.delete()
        type(new[0])._default_manager.bulk_create(new, batch_size=500)
        return len(new)

    def close(self) -> None:
        """Mark the file as loaded, with what it replaces."""
        self.file.replaced, self.file.replaces = self._kept, sorted(self._files)
        self.file.staged = {}
        self.file.state = SourceFile.State.LOADED
        self.file.loaded_at = timezone.now()
        self.file.save()
