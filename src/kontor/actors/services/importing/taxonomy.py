"""Competences by code or by name in either language; what is not known yet is added as the cluster's own."""

from __future__ import annotations

from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import Competence
from kontor.actors.services.importing.ledger import Ledger


class Taxonomy:
    """The cluster's competences, found by how people write them."""

    def __init__(self, cluster: Cluster, ledger: Ledger) -> None:
        self._cluster = cluster
        self._ledger = ledger
        self._codes: set[str] = set()
        self._entries: dict[str, Competence] = {}
        self._added: list[str] = []
        for row in Competence.objects.filter(cluster=cluster).order_by("pk"):
            self._codes.add(row.code)
            for spelling in (row.code, *_names(row.name)):
                self._entries.setdefault(folded(spelling), row)

    @property
    def added(self) -> tuple[str, ...]:
        """The names of the new entries, in the order of the file."""
        return tuple(self._added)

    def entry(self, name: str) -> Competence:
        """Return the competence of that code or name; an unknown one is noted as new."""
        key = folded(name)
        if key not in self._entries:
            row = Competence(
                cluster=self._cluster,
                code=self._free_code(key),
                name=LazyI18nString({"de": name, "en": name}),
                source=Competence.Source.OWN,
            )
            self._entries[key] = self._ledger.add(row)
            self._added.append(name)
        return self._entries[key]

    def _free_code(self, key: str) -> str:
        stem = "own." + (key.replace(" ", "_")[:80] or "entry")
        code, number = stem, 1
        while code in self._codes:
            number += 1
            code = f"{stem}_{number}"
        self._codes.add(code)
        return code


def _names(name: LazyI18nString) -> tuple[str, ...]:
    return tuple(text for text in (name.localize("de"), name.localize("en")) if text)
