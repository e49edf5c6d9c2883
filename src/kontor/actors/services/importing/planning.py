"""Row by row: what becomes of the organisation that it tells about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.actors.folding import search_key
from kontor.actors.imports_members import CONTACT_FIELDS
from kontor.actors.models import Organisation, OrganisationKind, Person
from kontor.actors.services.importing.checking import Place, lies_in
from kontor.actors.services.importing.known import Known, load_known
from kontor.actors.services.importing.ledger import Change, Ledger
from kontor.actors.services.importing.periods import (
    plan_competences,
    plan_membership,
    plan_size,
    plan_start_up,
)
from kontor.actors.services.importing.taxonomy import Taxonomy
from kontor.imports.fields import Fault, ParsedRow
from kontor.ui.forms import number_in

# Fields of a row that are fields of the organisation.
SCALARS = (
    "name",
    "short_name",
    "kind",
    "founded",
    "country",
    "region",
    "street",
    "postcode",
    "city",
    "latitude",
    "longitude",
    "website",
    "sector",
    "value_chain",
)


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row.

    state: "new", "updated", "unchanged" or "joined" (to an earlier row of the file).
    additions: how many facts and people it adds.
    """

    state: str
    organisation: Organisation
    changes: tuple[Change, ...]
    additions: int


class MemberPlan:
    """Takes rows one after the other and notes in its ledger what is to be written."""

    def __init__(self, cluster: Cluster, file_name: str, place: Place, choices: Iterable[str]) -> None:
        self.ledger = Ledger()
        self.outcomes: dict[int, Outcome] = {}
        self.faults: list[Fault] = []
        self._cluster = cluster
        self._file_name = file_name
        self._place = place
        self._today = timezone.localdate()
        self._taxonomy = Taxonomy(cluster, self.ledger)
        keys = {number_in(choice[1:]) for choice in choices if choice[0:1] == "o"} - {0}
        self._known = {f"o{key}": known for key, known in load_known(cluster, keys).items()}

    @property
    def new_competences(self) -> tuple[str, ...]:
        """The names that the taxonomy does not know yet."""
        return self._taxonomy.added

    def take(self, row: ParsedRow, choice: str) -> None:
        """Plan one row; a choice whose organisation has gone meanwhile plans nothing."""
        if choice == "new":
            known, state = self._new(), "new"
        elif choice in self._known:
            known, state = self._known[choice], "joined" if choice.startswith("r") else "updated"
        else:
            return
        found = self._conflicts(row, known)
        if found:
            self.faults.extend(found)
            return
        self._known[f"r{row.number}"] = known
        begun = len(self.ledger.journal)
        self._write_row(row, known)
        entries = self.ledger.journal[begun:]
        changes = tuple(entry for entry in entries if isinstance(entry, Change))
        if state == "updated" and not entries:
            state = "unchanged"
        additions = len(entries) - len(changes)
        self.outcomes[row.number] = Outcome(state, known.organisation, changes, additions)

    def _new(self) -> Known:
        organisation = Organisation(cluster=self._cluster, country=self._cluster.country)
        organisation.kind = OrganisationKind.OTHER
        return Known(self.ledger.add(organisation), is_new=True)

    def _conflicts(self, row: ParsedRow, known: Known) -> list[Fault]:
        """Return what does not fit to the organisation as it is known."""
        organisation = known.organisation
        region = row.values["region"] or organisation.region
        country = row.values["country"] or organisation.country
        if not lies_in(region, country):
            field = "region" if row.values["region"] else "country"
            return [self._place.fault(row, field, "field.region_elsewhere", country=country)]
        return []

    def _write_row(self, row: ParsedRow, known: Known) -> None:
        organisation, value = known.organisation, row.values
        said = {name: value[name] for name in SCALARS if value[name] not in (None, "")}
        self.ledger.change(organisation, **said)
        key = search_key(organisation.name, organisation.short_name, organisation.city)
        if organisation.search_key != key:
            self.ledger.accompany(organisation, "search_key", key)
        plan_membership(self.ledger, known, value["member_since"], value["member_until"], self._today)
        plan_size(self.ledger, known, value["size"], self._today)
        plan_start_up(self.ledger, known, value["start_up_from"], value["start_up_to"])
        claimed = [(self._taxonomy.entry(each.name), each.level) for each in value["competences"]]
        plan_competences(self.ledger, known, claimed, self._today)
        if value["family_name"]:
            self._write_contact(known, {name: value[name] for name in CONTACT_FIELDS if value[name]})

    def _write_contact(self, known: Known, said: dict[str, str | date]) -> None:
        """Add the contact, or update the one with the same e-mail address or the same name."""
        person = _same_person(known.people, said)
        if person is None:
            person = Person(cluster=self._cluster, organisation=known.organisation)
            known.people.append(self.ledger.add(person))
        if "consent_on" in said and person.consent_on != said["consent_on"]:
            said |= {"consent_source": self._file_name[:200]}
        self.ledger.change(person, **said)


def _same_person(people: Sequence[Person], said: dict[str, str | date]) -> Person | None:
    email = str(said.get("email", "")).casefold()
    for person in people:
        if email and person.email.casefold() == email:
            return person
    name = (str(said.get("given_name", "")).casefold(), str(said["family_name"]).casefold())
    for person in people:
        is_named_so = (person.given_name.casefold(), person.family_name.casefold()) == name
        if is_named_so and not (email and person.email):
            return person
    return None
