"""The demo's members, partners, projects and ties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Competence, Organisation
from kontor.actors.services.competence import load_start_competences, set_level
from kontor.actors.services.organisation import create_organisation
from kontor.actors.services.period import set_membership, set_size, set_start_up
from kontor.actors.services.person import create_person, link_account
from kontor.actors.services.project import add_participation, create_project
from kontor.actors.services.site import add_site
from kontor.actors.services.tie import create_tie
from kontor.demo.chance import chance
from kontor.demo.reading import Entry, both, day, entries

Known = dict[str, Organisation]
# Of a hundred members whose people are not known so many can be called at least.
HAVE_A_SWITCHBOARD = 75


def add_members(cluster: Cluster, on_each: Callable[[], None]) -> Known:
    """Make the members with everything that is known of them; return them by name."""
    load_start_competences(cluster=cluster)
    competences = {row.code: row for row in Competence.objects.filter(cluster=cluster)}
    known = {}
    for entry in entries("members", "member"):
        known[entry["name"]] = _member(cluster, entry, competences)
        on_each()
    return known


def _member(cluster: Cluster, entry: Entry, competences: dict[str, Competence]) -> Organisation:
    organisation = _organisation(cluster, entry)
    set_membership(organisation=organisation, valid_from=day(entry, "joined"), valid_to=day(entry, "left"))
    for size in entry.get("sizes", ()):
        set_size(organisation=organisation, size=size["size"], valid_from=day(size, "from"))
    if entry.get("start_up_from"):
        set_start_up(organisation=organisation, is_start_up=True, valid_from=day(entry, "start_up_from"))
    if entry.get("start_up_to"):
        set_start_up(organisation=organisation, is_start_up=False, valid_from=day(entry, "start_up_to"))
    for held in entry.get("competences", ()):
        competence = competences[held["code"]]
        set_level(
            organisation=organisation,
            competence=competence,
            level=held["level"],
            valid_from=day(held, "from"),
        )
    if "person" in entry:
        _person(organisation, entry["person"], day(entry, "joined"))
    elif chance(entry["name"], "switchboard") < HAVE_A_SWITCHBOARD:
        create_person(organisation=organisation, family_name="Zentrale", phone=_phone(entry["name"]))
    return organisation


def _organisation(cluster: Cluster, entry: Entry) -> Organisation:
    fields = {
        name: entry[name]
        for name in (
            "name",
            "short_name",
            "kind",
            "founded",
            "city",
            "postcode",
            "latitude",
            "longitude",
            "website",
        )
        if name in entry
    }
    description = entry.get("description")
    return create_organisation(
        cluster=cluster,
        country=entry.get("country", "DE"),
        region=entry.get("region", ""),
        sector=entry.get("nace", ""),
        value_chain=entry.get("value_chain", ""),
        description=both(description) if description else "",
        **fields,
    )


def _person(organisation: Organisation, entry: Entry, joined: date | None) -> None:
    create_person(
        organisation=organisation,
        given_name=" ".join(filter(None, (entry.get("title"), entry["given"]))),
        family_name=entry["family"],
        function=entry["function"][entry["language"]],
        email=entry.get("email", ""),
        phone=_phone(organisation.name),
        language=entry["language"],
        consent_on=joined,
        consent_source="Beitrittserklärung" if entry["language"] == "de" else "Membership form",
    )


def _phone(name: str) -> str:
    """Return a number that the network agency keeps free for made-up people."""
    return f"+49 40 66969 {chance(name, 'tens') * 10 + chance(name, 'ones') % 10:03d}"


def link_representative(known: Known, name: str, user: User) -> None:
    """Let `user` represent the member `name` through its contact person."""
    person = known[name].people.first()
    if person is not None:
        link_account(person=person, user=user)


def add_partners(cluster: Cluster, known: Known, on_each: Callable[[], None]) -> None:
    """Make the organisations outside the cluster and add them to `known`."""
    for entry in entries("partners", "partner"):
        known[entry["name"]] = _organisation(cluster, entry)
        on_each()


def add_projects(cluster: Cluster, known: Known, on_each: Callable[[], None]) -> None:
    """Make the joint projects with their participants."""
    for entry in entries("projects", "project"):
        project = create_project(
            cluster=cluster,
            acronym=entry["acronym"],
            title=both(entry["title"]),
            programme=entry.get("programme", ""),
            start=day(entry, "start"),
            end=day(entry, "end"),
            total_cost=Decimal(entry["total_cost"]) if entry.get("total_cost") else None,
        )
        for participant in entry["participants"]:
            add_participation(
                project=project, organisation=known[participant["name"]], role=participant["role"]
            )
        on_each()


def add_ties(known: Known, on_each: Callable[[], None]) -> None:
    """Make the ties between two organisations, and the members' sites abroad."""
    for entry in entries("ties", "tie"):
        create_tie(
            organisation=known[entry["member"]],
            partner=known[entry["other"]],
            kind=entry["kind"],
            valid_from=day(entry, "from"),
            valid_to=day(entry, "to"),
        )
        on_each()
    for entry in entries("ties", "site"):
        add_site(
            organisation=known[entry["member"]],
            kind=entry["kind"],
            country=entry["country"],
            city=entry["city"],
            valid_from=day(entry, "from"),
            valid_to=day(entry, "to"),
        )
