"""A manager posts the numbers of another cluster's objects: nothing is linked, nothing is told."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from kontor.accounts.models import Cluster, RoleKind
from kontor.actors.models import ImportBatch, Organisation
from kontor.config.archive.export import paths_to_cluster
from tests.architecture.furnished import Furnished, furnish
from tests.architecture.test_wall import enter, key
from tests.factories import ClusterFactory, OrganisationFactory, PersonFactory

SECRET = "Vertraulich GmbH"


@pytest.fixture
def own(db: None) -> Furnished:
    """Return the attacker's cluster."""
    return furnish(ClusterFactory(slug="own"))


@pytest.fixture
def foreign(own: Furnished) -> Furnished:
    """Return the cluster attacked; its objects bear a name that must not appear."""
    furnished = furnish(ClusterFactory(slug="foreign", name=SECRET))
    Organisation.objects.filter(cluster=furnished.cluster).update(name=SECRET, search_key=SECRET.casefold())
    return furnished


@pytest.fixture
def attacker(client, own: Furnished):
    enter(client, key(RoleKind.MANAGER, own.cluster))
    return client


def crossings() -> list[str]:
    """Return every row that points to an object of a cluster other than its own."""
    paths = paths_to_cluster()
    found = []
    for model, path in paths.items():
        for field in model._meta.concrete_fields:
            target = field.remote_field.model if field.remote_field else None
            if target in paths:
                away = f"{field.name}__{paths[target]}"
                rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
                crossing = rows.exclude(**{away: models.F(path)})
                found += [f"{model.__name__}.{field.name} {row.pk}" for row in crossing]
    return found


def fields_for(own: Furnished, foreign: Furnished) -> list[dict[str, object]]:
    """Return forms that name objects of the other cluster in every field that takes a number."""
    far, near = foreign.keys, own.keys
    usual = {
        **{
            "name": "A",
            "kind": "sme",
            "country": "DE",
            "statement": "A need",
            "urgency": "1",
            "source": "call",
        },
        **{"recorded_on": "2026-05-04", "family": "networking", "title_de": "T", "horizon": "short"},
        **{
            "state": "adopted",
            "version": "1",
            "level": "3",
            "family_name": "B",
            "acronym": "P",
            "role": "participant",
        },
        **{"currency": "EUR", "name_de": "N", "name_en": "N", "city": "Kiel", "language": "de"},
    }
    links = {
        **{"organisation": "organisation", "topic": "topic", "person": "person", "competence": "competence"},
        **{"parent": "competence", "needs": "need", "ids": "organisation", "whole_topic": "topic"},
    }
    forms = [{**usual, **{name: far[what] for name, what in links.items()}, "partner": SECRET}]
    for name, what in links.items():
        nearby = {other: near[kind] for other, kind in links.items()}
        forms.append({**usual, **nearby, name: far[what]})
    responsible = foreign.cluster.roles.first().user_id
    return [
        *forms,
        {**usual, "responsible": responsible, "goal": f"goal:{far['goal']}", "needs": near["need"]},
    ]


def forms_of(own: Furnished) -> list[str]:
    """Return the addresses of every form that takes a number of another object."""
    names = (
        *(
            "actors:organisation-edit",
            "actors:level",
            "actors:tie-new",
            "actors:tie-edit",
            "actors:person-new",
        ),
        *("actors:person-edit", "actors:participation-new", "actors:competence-edit"),
        *("actors:directory-export", "needs:edit", "goals:edit", "goals:link", "goals:unlink"),
    )
    plain = ("actors:competence-new", "actors:confirm-ask", "needs:create", "goals:create", "goals:answer")
    parameters = {
        "needs:edit": "need_id",
        "goals:edit": "goal_id",
        "goals:link": "goal_id",
        "goals:unlink": "goal_id",
    }
    slug = own.cluster.slug
    named = [
        reverse(
            name,
            args=[
                slug,
                *own.arguments(name, [parameters.get(name, "file_format" if "export" in name else "pk")]),
            ],
        )
        for name in names
    ]
    return [*named, *(reverse(name, args=[slug]) for name in plain)]


# "kind" means something else in each of these forms.
KINDS = {"ties": {"kind": "agreement"}, "needs": {"kind": ""}, "new": {"kind": ""}}


def kind_of(address: str) -> str:
    return next((part for part in ("ties", "needs", "new") if f"/{part}/" in address), "")


def test_no_form_links_or_shows_an_object_of_another_cluster(attacker, own, foreign, mailoutbox):
    told = []
    for address in forms_of(own):
        for form in fields_for(own, foreign):
            response = attacker.post(address, form | KINDS.get(kind_of(address), {}))
            shown = response.content.decode(errors="replace").replace(f'value="{SECRET}"', "")
            if response.status_code >= 500 or SECRET in shown:
                told.append(f"{address} {response.status_code}")

    assert (told, crossings(), mailoutbox) == ([], [], [])


def test_the_walk_over_the_links_finds_a_crossing(own, foreign):
    stray = PersonFactory(organisation=OrganisationFactory(cluster=own.cluster))
    type(stray).objects.filter(pk=stray.pk).update(organisation=foreign.keys["organisation"])

    assert crossings() == [f"Person.organisation {stray.pk}"]


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("needs:create", "?organisation={organisation}&topic={topic}"),
        ("needs:directory", "?organisation={organisation}"),
        ("goals:answer", "?needs={need}"),
        ("goals:answer", "?topic={topic}"),
        ("actors:competence-new", "?below={competence}"),
        ("actors:names", "?partner=Vertraulich"),
        ("actors:directory", "?competence={competence}&filters=1&scope=all"),
        ("journey:search", "?q=Vertraulich"),
    ],
)
def test_no_address_shows_an_object_of_another_cluster(attacker, own, foreign, address, query):
    url = reverse(address, args=[own.cluster.slug]) + query.format(**foreign.keys)

    assert SECRET not in attacker.get(url, follow=True).content.decode()


def test_choices_of_an_import_reach_no_other_cluster(attacker, own, foreign):
    cluster: Cluster = own.cluster
    file = b"Organisation;Thema;Bedarf\nUnbekannt AG;Unbekanntes;Ein Bedarf"
    batch = _staged_needs(cluster, file)
    choices = {f"organisation-{name}": foreign.keys["organisation"] for name in ("unbekannt ag", "unbekannt")}
    choices |= {"topic-unbekanntes": foreign.keys["topic"], "column-organisation": 0}
    choices |= {"column-topic": 1, "column-statement": 2}

    attacker.post(reverse("needs:import-run", args=[cluster.slug, batch.pk]), choices)

    assert (crossings(), ImportBatch.objects.get(pk=batch.pk).state) == ([], "staged")


def _staged_needs(cluster: Cluster, data: bytes) -> ImportBatch:
    from kontor.needs import importing

    return importing.stage(cluster=cluster, user=None, file_name="needs.csv", data=data)


def test_every_link_between_rooms_is_walked():
    assert len(paths_to_cluster()) > 15
    assert {model._meta.app_label for model in paths_to_cluster()} >= {"actors", "needs", "goals", "strategy"}
    assert apps.is_installed("kontor.actors")


# Answered otherwise with one's own objects too: a file instead of a page; a goal is still to be chosen.
OTHERWISE = {"members/directory/export/xlsx/": 200, "goals/answer/": 422}


def test_the_same_forms_with_own_objects_are_taken(attacker, own):
    """The attacks above would prove nothing if their forms failed for another reason."""
    partner = Organisation.objects.filter(cluster=own.cluster)[1].name
    form = fields_for(own, own)[0] | {"partner": partner, "parent": ""}

    answers = {
        address.split("/", 2)[2]: attacker.post(address, form | KINDS.get(kind_of(address), {})).status_code
        for address in forms_of(own)
    }

    assert {address: status for address, status in answers.items() if status != 302} == OTHERWISE
