"""Competences: the cluster's taxonomy, and who has which level from when."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.errors import ActorError
from kontor.actors.folding import folded
from kontor.actors.models import Competence, Organisation, OrganisationCompetence
from kontor.actors.services.timeline import ONE_DAY, make_room
from kontor.actors.services.writing import store

_CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue" / "competences.toml"


@transaction.atomic
def load_start_competences(*, cluster: Cluster) -> int:
    """Add what is missing of Kontor's start list; return how many entries are new."""
    known = {row.code: row for row in Competence.objects.filter(cluster=cluster)}
    before = len(known)
    for group in _start_list():
        parent = known.get(group["code"]) or _create_start(cluster, group, None)
        known[parent.code] = parent
        missing = [entry for entry in group["competence"] if entry["code"] not in known]
        for entry in missing:
            known[entry["code"]] = _create_start(cluster, entry, parent)
    return len(known) - before


@lru_cache(maxsize=1)
def _start_list() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(_CATALOGUE.read_text(encoding="utf-8"))["group"])


def _create_start(cluster: Cluster, entry: dict[str, Any], parent: Competence | None) -> Competence:
    return Competence.objects.create(
        cluster=cluster,
        code=entry["code"],
        name=LazyI18nString(entry["name"]),
        parent=parent,
        source=Competence.Source.START,
    )


@transaction.atomic
def create_competence(
    *, cluster: Cluster, name: LazyI18nString, parent: Competence | None = None
) -> Competence:
    """Return an own entry of the taxonomy, with a code of its own."""
    row = Competence(cluster=cluster, code=_free_code(cluster, name), source=Competence.Source.OWN)
    return store(row, name=name, parent=parent)


def _free_code(cluster: Cluster, name: LazyI18nString) -> str:
    stem = "own." + (folded(name.localize("en")).replace(" ", "_")[:80] or "entry")
    taken = set(
        Competence.objects.filter(cluster=cluster, code__startswith=stem).values_list("code", flat=True)
    )
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code


@transaction.atomic
def update_competence(*, competence: Competence, expected_version: int, **fields: Any) -> Competence:
    """Return the entry with `fields` changed; raises EditConflict, or ActorError for a circle."""
    _require_no_circle(competence, fields.get("parent"))
    return store(claim_edit(competence, expected_version), **fields)


def _require_no_circle(competence: Competence, parent: Competence | None) -> None:
    above = parent
    while above is not None:
        if above.pk == competence.pk:
            raise ActorError("competence.circle", name=str(competence))
        above = above.parent


@transaction.atomic
def delete_competence(*, competence: Competence) -> None:
    """Delete an entry that nobody uses; raises ActorError "competence.in_use" otherwise."""
    if competence.holders.exists() or competence.children.exists():
        raise ActorError("competence.in_use", name=str(competence))
    competence.delete()


@transaction.atomic
def set_level(
    *, organisation: Organisation, competence: Competence, level: int, valid_from: date | None = None
) -> OrganisationCompetence:
    """Return the period in which the organisation has `level`; the level before ends the day before."""
    rows = list(organisation.competences.filter(competence=competence))
    for row in rows:
        holds = row.valid_from is None if valid_from is None else row.is_valid_on(valid_from)
        if holds and row.level == level:
            return row
    same_day, valid_to = make_room(rows, valid_from)
    row = same_day or OrganisationCompetence(
        organisation=organisation, competence=competence, valid_from=valid_from, valid_to=valid_to
    )
    return store(row, level=level)


@transaction.atomic
def end_competence(*, held: OrganisationCompetence, valid_from: date) -> None:
    """Let the competence be over from `valid_from`; one that would end before it began never was."""
    if held.valid_from is not None and held.valid_from >= valid_from:
        held.delete()
        return
    store(held, valid_to=valid_from - ONE_DAY)


@transaction.atomic
def remove_competence(*, held: OrganisationCompetence) -> None:
    """Delete a competence that was entered wrongly, with its past."""
    held.delete()
