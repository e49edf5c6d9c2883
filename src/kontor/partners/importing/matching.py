"""Whom the rows of a list mean: profiles that are there, or earlier rows.

Exact names are taken, near ones are asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Competence
from kontor.imports.duplicates import NameEntry, propose_duplicates_within
from kontor.imports.fields import ParsedRow
from kontor.imports.folding import folded
from kontor.partners.models import Partner
from kontor.partners.queries.duplicates import entry_of, propose, told_name
from kontor.partners.queries.partners import partners_of
from kontor.partners.values import texts_of

SKIP, NEW = "skip", "new"
MOST_PROPOSALS = 4


@dataclass(frozen=True)
class Match:
    """What a row may mean: "p:<key>" of a profile or "r:<number>" of an earlier row."""

    key: str
    label: str
    is_exact: bool


class Matcher:
    """Compares all rows with all profiles and with each other, once. One query."""

    def __init__(self, cluster: Cluster, rows: Sequence[ParsedRow]) -> None:
        self._partners = {partner.pk: partner for partner in partners_of(cluster)}
        self._rows = {row.number: row for row in rows if row.values["name"]}
        self._found: dict[int, dict[str, Match]] = defaultdict(dict)
        self._exact()
        self._near()

    def matches(self, number: int) -> tuple[Match, ...]:
        """Return what the row may mean, exact matches first."""
        found = sorted(self._found.get(number, {}).values(), key=lambda match: not match.is_exact)
        return tuple(found[:MOST_PROPOSALS])

    def _exact(self) -> None:
        """Note rows that carry the name and country, or the reference, of a profile or an earlier row."""
        seen: dict[tuple[str, str], str] = {}
        labels: dict[str, str] = {}
        for partner in self._partners.values():
            key = f"p:{partner.pk}"
            labels[key] = _profile_label(partner)
            for name in _names(partner.name, partner.country, partner.reference):
                seen.setdefault(name, key)
        for number, row in self._rows.items():
            names = _names(row.values["name"], row.values["country"] or "", row.values["reference"] or "")
            hit = next((seen[name] for name in names if name in seen), None)
            if hit is not None:
                self._found[number][hit] = Match(hit, labels[hit], is_exact=True)
            labels[f"r:{number}"] = _row_label(row)
            for name in names:
                seen.setdefault(name, f"r:{number}")

    def _near(self) -> None:
        """Note rows that look like a profile or like an earlier row."""
        entries = [_entry(row) for row in self._rows.values()]
        known = [entry_of(partner) for partner in self._partners.values()]
        for each in propose(entries, known):
            partner = self._partners[int(str(each.known_key))]
            self._note(int(str(each.incoming_key)), f"p:{partner.pk}", _profile_label(partner))
        for each in propose_duplicates_within(entries):
            row = self._rows[int(str(each.known_key))]
            self._note(int(str(each.incoming_key)), f"r:{row.number}", _row_label(row))

    def _note(self, number: int, key: str, label: str) -> None:
        self._found[number].setdefault(key, Match(key, label, is_exact=False))


def competences_by_name(cluster: Cluster) -> Mapping[str, int]:
    """Return folded name in any language, or code → key of the cluster's competences. One query."""
    found: dict[str, int] = {}
    for key, code, name in Competence.objects.filter(cluster=cluster).values_list("pk", "code", "name"):
        for text in (code, *texts_of(name).values()):
            found.setdefault(folded(text), key)
    return found


def _names(name: str, country: str, reference: str) -> list[tuple[str, str]]:
    """Return what makes a profile exactly this one."""
    names = [(folded(name), country)]
    return [("reference", reference), *names] if reference else names


def _entry(row: ParsedRow) -> NameEntry:
    values = row.values
    return NameEntry(
        row.number,
        told_name(values["name"] or ""),
        values["short_name"] or "",
        values["country"] or "",
        values["website"] or "",
        values["city"] or "",
    )


def _profile_label(partner: Partner) -> str:
    where = ", ".join(filter(None, (partner.city, partner.country)))
    return _("%(name)s (%(where)s), on record") % {"name": partner.name, "where": where}


def _row_label(row: ParsedRow) -> str:
    return _("%(name)s, row %(row)s of this list") % {"name": row.values["name"], "row": row.number}
