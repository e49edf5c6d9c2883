"""Choose a file, look, take over; and out again."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kontor.accounts.models import Cluster, RoleKind, User
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.exchange.writing import write_xlsform
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.stored import to_json
from tests.factories import ClusterFactory, QuestionnaireFactory, RoleFactory, small_definition
from tests.questionnaires.exchange.forms import form

HEAD = ("type", "name", "label")


def choose(client: Client, cluster: Cluster, data: bytes, name: str = "form.xlsx"):
    return client.post(
        reverse("questionnaires:import", args=[cluster.slug]), {"file": SimpleUploadedFile(name, data)}
    )


def packed_in(response) -> str:
    found = re.search(r'name="packed" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def take_over(client: Client, cluster: Cluster, **fields: str):
    return client.post(reverse("questionnaires:import-take-over", args=[cluster.slug]), fields)


def test_the_preview_stores_nothing(manager_client: Client, cluster: Cluster):
    response = choose(manager_client, cluster, write_xlsform(small_definition()))
    assert (response.status_code, Questionnaire.objects.count()) == (200, 0)
    assert "What do you need abroad?" in response.content.decode()


def test_taking_over_makes_the_questionnaire_of_the_preview(manager_client: Client, cluster: Cluster):
    packed = packed_in(choose(manager_client, cluster, write_xlsform(small_definition()), "bedarf.xlsx"))
    response = take_over(manager_client, cluster, packed=packed, name="Needs 2027", purpose="interview")
    made = Questionnaire.objects.get()
    assert response["Location"] == reverse("questionnaires:import-done", args=[cluster.slug, made.pk])
    assert (made.cluster, made.name, made.purpose, made.origin) == (
        cluster,
        "Needs 2027",
        "interview",
        "bedarf.xlsx",
    )
    assert made.definition == small_definition()
    assert manager_client.get(response["Location"]).status_code == 200


def test_a_name_that_is_missing_loses_nothing(manager_client: Client, cluster: Cluster):
    packed = packed_in(
        choose(manager_client, cluster, form(HEAD, ("text", "q", "Q"), ("geopoint", "p", "P")))
    )
    response = take_over(manager_client, cluster, packed=packed, name="", purpose="call")
    assert (response.status_code, packed_in(response), Questionnaire.objects.count()) == (422, packed, 0)
    assert "survey, row 3, column type" in response.content.decode()


def test_every_fault_of_a_refused_file_is_shown(manager_client: Client, cluster: Cluster):
    response = choose(manager_client, cluster, form(HEAD, ("text", None, "Q"), ("select_one x", "b", "B")))
    assert response.status_code == 422
    page = response.content.decode()
    assert [place in page for place in ("survey, row 2, column name", "survey, row 3, column type")] == [
        True,
        True,
    ]


@pytest.mark.parametrize("kept", ["", "nonsense", "a:b:c"])
def test_a_preview_that_was_not_made_here_is_refused(manager_client: Client, cluster: Cluster, kept: str):
    response = take_over(manager_client, cluster, packed=kept, name="X", purpose="survey")
    assert (response.status_code, Questionnaire.objects.count()) == (422, 0)


def test_a_preview_opens_for_its_person_and_its_cluster_only(client_of, manager: User, cluster: Cluster):
    packed = packed_in(choose(client_of(manager), cluster, write_xlsform(small_definition())))
    elsewhere = ClusterFactory()
    RoleFactory(cluster=elsewhere, user=manager, kind=RoleKind.MANAGER)
    other = RoleFactory(cluster=cluster, kind=RoleKind.MANAGER).user
    answers = [
        take_over(client_of(manager), elsewhere, packed=packed, name="X", purpose="survey").status_code,
        take_over(client_of(other), cluster, packed=packed, name="X", purpose="survey").status_code,
    ]
    assert (answers, Questionnaire.objects.count()) == ([422, 422], 0)


def test_a_questionnaire_goes_out_as_xlsform_and_as_json(manager_client: Client, cluster: Cluster):
    made = QuestionnaireFactory(cluster=cluster, name="Bedarf im Ausland")
    for name, ending in (("export-xlsform", "xlsx"), ("export-json", "json")):
        response = manager_client.get(reverse(f"questionnaires:{name}", args=[cluster.slug, made.pk]))
        assert response["Content-Disposition"] == f'attachment; filename="bedarf-im-ausland.{ending}"'
        assert read_questionnaire(file_name="x", data=response.content).definition == small_definition()


def test_a_faulty_draft_goes_out_as_json_only_and_the_faults_are_told(
    manager_client: Client, cluster: Cluster
):
    draft = to_json(small_definition())
    del draft["title"]
    made = QuestionnaireFactory(cluster=cluster, draft=draft)
    refused = manager_client.get(reverse("questionnaires:export-xlsform", args=[cluster.slug, made.pk]))
    assert (refused.status_code, "Give the questionnaire a title." in refused.content.decode()) == (409, True)
    response = manager_client.get(reverse("questionnaires:export-json", args=[cluster.slug, made.pk]))
    assert json.loads(response.content) == draft


@pytest.mark.parametrize("kind", [RoleKind.MEMBER, RoleKind.PARTNER])
def test_only_the_management_brings_in_questionnaires(client_of, key_to, cluster: Cluster, kind: RoleKind):
    response = choose(client_of(key_to(kind)), cluster, write_xlsform(small_definition()))
    assert response.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_database_equally_often(
    manager_client: Client, cluster: Cluster, count: int, django_assert_num_queries
):
    questions = [("select_one yes_no", f"q{number}", "Q") for number in range(count)]
    data = form(HEAD, *questions)
    choose(manager_client, cluster, data)
    with django_assert_num_queries(3):
        assert choose(manager_client, cluster, data).status_code == 200
