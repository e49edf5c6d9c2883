"""Take a loaded file back: what stood before stands again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from kontor.accounts.models import Cluster, User
from kontor.accounts.services.audit import note
from kontor.countries.models import CountryFacts, CountryLink, IndicatorValue, SourceFile
from kontor.countries.problems import CountryError

_BATCH = 2000


def newer_than(file: SourceFile) -> SourceFile | None:
    """Return a loaded file that has replaced figures of this one, or None."""
    later = SourceFile.objects.filter(cluster=file.cluster_id, state=SourceFile.State.LOADED, pk__gt=file.pk)
    return next((each for each in later.defer("replaced", "staged") if file.pk in each.replaces), None)


@transaction.atomic
def take_back(*, file: SourceFile, user: User | None) -> SourceFile:
    """Take the figures of a file out and put back what they replaced.

    Raises CountryError "country.not_loaded", or "country.newer_first" where a later file builds on it.
    """
    Cluster.objects.select_for_update().get(pk=file.cluster_id)
    current = SourceFile.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=file.pk)
    if current.state != SourceFile.State.LOADED:
        raise CountryError("country.not_loaded", name=current.name)
    newer = newer_than(current)
    if newer is not None:
        raise CountryError("country.newer_first", name=current.name, newer=newer.name)
    for model in (IndicatorValue, CountryLink, CountryFacts):
        model._default_manager.filter(file=current).delete()
    _put_back(current)
    current.state, current.replaced, current.replaces = SourceFile.State.TAKEN_BACK, [], []
    current.taken_back_at, current.taken_back_by = timezone.now(), user
    current.save()
    text = gettext_noop("A file with country figures was taken back: %(file)s")
    note(cluster=current.cluster, actor=user, text=text, params={"file": current.name}, about=current.upload)
    return current


def _put_back(file: SourceFile) -> None:
    values: list[IndicatorValue] = []
    links: list[CountryLink] = []
    facts: list[CountryFacts] = []
    for kept in file.replaced:
        if "figures" in kept:
            values += _values(kept)
        elif "link" in kept:
            links.append(CountryLink(cluster=file.cluster, file_id=kept["file"], **kept["link"]))
        else:
            facts.append(CountryFacts(cluster=file.cluster, file_id=kept["file"], **kept["facts"]))
    IndicatorValue.objects.bulk_create(values, batch_size=_BATCH)
    CountryLink.objects.bulk_create(links, batch_size=_BATCH)
    CountryFacts.objects.bulk_create(facts, batch_size=_BATCH)


def _values(kept: dict[str, Any]) -> list[IndicatorValue]:
    where = {"indicator_id": kept["indicator"], "file_id": kept["file"], "country": kept["country"]}
    return [IndicatorValue(**where, year=year, value=value) for year, value in kept["figures"]]


@transaction.atomic
def take_back_all(*, files: Iterable[SourceFile], user: User | None) -> int:
    """Take several files back, all of them or none, in the order given; return how many.

    Raises CountryError as `take_back` does, and "country.nothing_to_take_back" without any file.
    """
    taken = [take_back(file=file, user=user) for file in files]
    if not taken:
        raise CountryError("country.nothing_to_take_back")
    return len(taken)
