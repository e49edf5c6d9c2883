"""The steps of a CORDIS import in the browser: files, reading, members and questions, carrying out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from kontor.accounts.models import Cluster, User
from kontor.actors.models import ImportBatch, Organisation
from kontor.actors.services.importing.cordis import import_cordis
from kontor.actors.services.importing.cordis_files import forget_files, keep_files, kept_files, usable_files
from kontor.actors.services.importing.cordis_members import MemberChoice
from kontor.actors.services.importing.cordis_plan import Tell
from kontor.actors.services.importing.deciding import MOST_CANDIDATES, SURE_SCORE
from kontor.actors.services.importing.staging import prepared
from kontor.imports.cordis import CordisData, CordisOrganisation, read_cordis
from kontor.imports.duplicates import NameEntry, propose_duplicates
from kontor.imports.refused import ImportRefused
from kontor.jobs.models import Job
from kontor.jobs.services import start_job


def stage_cordis(*, cluster: Cluster, uploads: Iterable[tuple[str, bytes]], user: User | None) -> ImportBatch:
    """Return a batch in preparation whose files a job now reads; raises ImportRefused."""
    files = usable_files(uploads)
    name = ", ".join(sorted(files))[:255]
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            cluster=cluster,
            kind=ImportBatch.Kind.CORDIS,
            file_name=name,
            staged={"files": sorted(files), "is_read": False},
            created_by=user,
        )
        keep_files(batch, files)
        _start(batch, "actors.read_cordis", user)
    return batch


def _start(batch: ImportBatch, kind: str, user: User | None) -> Job:
    return start_job(
        kind=kind,
        argument={"batch": batch.pk},
        scope=f"cluster:{batch.cluster_id}",
        requested_by=str(user.pk) if user else "",
        key=f"batch:{batch.pk}",
    )


def read_staged(batch: ImportBatch) -> None:
    """Read the files and store what the person has to decide on; a second time nothing happens."""
    if batch.state != ImportBatch.State.STAGED or batch.staged["is_read"]:
        return
    data = read_cordis(kept_files(batch))
    asked = cordis_questions(batch.cluster, data)
    with transaction.atomic():
        current = prepared(batch)
        current.staged |= {
            "is_read": True,
            "projects": len(data.projects),
            "participations": len(data.participations),
            "participation_rows": data.participation_rows,
            "faults": len(data.faults),
            "countries": Counter(each.country for each in data.organisations).most_common(),
            "organisations": [[each.reference, each.name, each.country] for each in data.organisations],
            "questions": asked,
        }
        current.save(update_fields=["staged"])


def cordis_questions(cluster: Cluster, data: CordisData) -> list[dict[str, Any]]:
    """Return which organisations of the export may be known already under another or no participant code."""
    fields = ("pk", "name", "short_name", "country", "website", "city")
    rows = Organisation.objects.filter(cluster=cluster)
    known = {row[0]: NameEntry(*row) for row in rows.filter(reference="").values_list(*fields)}
    if not known:
        return []
    stored = set(rows.exclude(reference="").values_list("reference", flat=True))
    incoming = {each.reference: each for each in data.organisations if each.reference not in stored}
    found: dict[str, dict[str, Any]] = {}
    for proposal in propose_duplicates(list(map(_entry, incoming.values())), list(known.values())):
        record = incoming[str(proposal.incoming_key)]
        question = found.setdefault(record.reference, _question(record))
        entry = known[proposal.known_key]
        if len(question["candidates"]) < MOST_CANDIDATES:
            question["candidates"].append(_candidate(entry, proposal.score, proposal.reasons))
    return list(found.values())


def _entry(record: CordisOrganisation) -> NameEntry:
    told = (record.name, record.short_name, record.country, record.website, record.city)
    return NameEntry(record.reference, *told)


def _question(record: CordisOrganisation) -> dict[str, Any]:
    place = {"city": record.city, "country": record.country}
    return {"reference": record.reference, "name": record.name, **place, "candidates": []}


def _candidate(entry: NameEntry, score: float, reasons: tuple[str, ...]) -> dict[str, Any]:
    return {
        "key": entry.key,
        "name": entry.name,
        "city": entry.city,
        "country": entry.country,
        "score": score,
        "reasons": list(reasons),
        "is_sure": score >= SURE_SCORE and "duplicate.same_name" in reasons,
    }


@transaction.atomic
def choose_cordis_members(
    *,
    batch: ImportBatch,
    countries: Iterable[str],
    names: Iterable[str],
    same: Mapping[str, int | None],
    user: User | None,
) -> ImportBatch:
    """Store who the members are and which organisations are known already, and start carrying out.

    same: participant code → key of the known organisation, or None for another one; one for each question.
    Raises ImportRefused where a name fits nobody, a question is open, or one organisation is to be two.
    """
    current = prepared(batch)
    if not current.staged["is_read"]:
        raise ImportRefused("import.no_longer_prepared")
    chosen, typed = sorted(set(countries)), [name.strip() for name in names if name.strip()]
    records = [CordisOrganisation(code, name) for code, name, _country in current.staged["organisations"]]
    missing = MemberChoice.of(chosen, typed).not_found(records)
    if missing:
        raise ImportRefused("import.members_not_found", names="; ".join(missing[:10]), number=len(missing))
    current.staged |= {"countries_chosen": chosen, "names": typed, "same": _settled(current, same)}
    current.state = ImportBatch.State.RUNNING
    current.save(update_fields=["staged", "state"])
    _start(current, "actors.carry_out_cordis", user)
    return current


def _settled(batch: ImportBatch, same: Mapping[str, int | None]) -> dict[str, int]:
    """Return the answers "the same"; raises ImportRefused where one is missing, unasked for or double."""
    answers: dict[str, int] = {}
    undecided = 0
    for question in batch.staged["questions"]:
        reference = question["reference"]
        key = same.get(reference)
        if reference not in same:
            undecided += 1
        elif key in {candidate["key"] for candidate in question["candidates"]} and key is not None:
            answers[reference] = key
    if undecided:
        raise ImportRefused("import.undecided", number=undecided)
    doubles = [key for key, count in Counter(answers.values()).items() if count > 1]
    if doubles:
        name = Organisation.objects.filter(pk=doubles[0]).values_list("name", flat=True).first()
        raise ImportRefused("import.same_twice", name=name or "")
    return answers


def carry_out_cordis(batch: ImportBatch, tell: Tell) -> ImportBatch:
    """Carry out a batch whose choices are made; one that is done already stays as it is."""
    if batch.state != ImportBatch.State.RUNNING:
        return batch
    staged = batch.staged
    done = import_cordis(
        cluster=batch.cluster,
        data=read_cordis(kept_files(batch)),
        members=MemberChoice.of(staged["countries_chosen"], staged["names"]),
        batch=batch,
        same=staged["same"],
        tell=tell,
    )
    forget_files(batch, staged["files"])
    return done


@transaction.atomic
def give_up_cordis(batch: ImportBatch, code: str, params: Mapping[str, object]) -> None:
    """Mark a batch whose job has failed; nothing of it was written."""
    is_open = (ImportBatch.State.STAGED, ImportBatch.State.RUNNING)
    current = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state__in=is_open).first()
    if current is None:
        return
    files = current.staged.get("files", [])
    current.state = ImportBatch.State.FAILED
    current.staged = {}
    current.report = {"problem": {"code": code, "params": dict(params)}}
    current.save(update_fields=["state", "staged", "report"])
    transaction.on_commit(lambda: forget_files(current, files))
