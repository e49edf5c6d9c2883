"""EuroSciVoc, as far as an export names it: codes and paths become a tree of competences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.actors.models import Competence
from kontor.actors.services.importing.ledger import Ledger
from kontor.imports.cordis import CordisScience

LONGEST_CODE, LONGEST_NAME = 120, 290


def plan_sciences(cluster: Cluster, ledger: Ledger, sciences: Iterable[CordisScience]) -> int:
    """Note the entries that the cluster does not have yet, each below its parent; return how many.

    Nobody gets a level from them: that an organisation took part in a project does not tell what it can do.
    """
    entries = {row.code: row for row in Competence.objects.filter(cluster=cluster, code__startswith="/")}
    before = len(entries)
    for science in sciences:
        parent: Competence | None = None
        for code, title in _levels(science):
            if code not in entries:
                entries[code] = ledger.add(
                    Competence(
                        cluster=cluster,
                        code=code,
                        name=LazyI18nString({"en": title[:LONGEST_NAME]}),
                        parent=parent,
                        source=Competence.Source.EUROSCIVOC,
                    )
                )
            parent = entries[code]
    return len(entries) - before


def _levels(science: CordisScience) -> Iterator[tuple[str, str]]:
    """Yield code and title from the top down: ("/25", "engineering"), ("/25/67", …)."""
    numbers = science.code.strip("/").split("/")
    titles = science.path.strip("/").split("/")
    if not all(number.isdigit() for number in numbers) or len(science.code) > LONGEST_CODE:
        return
    if len(numbers) != len(titles):
        yield science.code, science.title
        return
    for depth in range(1, len(numbers) + 1):
        yield "/" + "/".join(numbers[:depth]), titles[depth - 1]
