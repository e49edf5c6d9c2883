"""A list comes in all at once or not at all, and nobody is matched behind one's back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kontor.actors.models import ImportBatch
from kontor.goals.models import GoalNeed
from kontor.imports.refused import ImportRefused
from kontor.needs import importing, services
from kontor.needs.models import Need, NeedTopic
from kontor.needs.problems import NeedError
from tests.factories import GoalFactory, NeedFactory, NeedTopicFactory, OrganisationFactory

HEADINGS = "Organisation;Thema;Bedarf;Zielland;Dringlichkeit;Quelle;Erfasst am"


@pytest.fixture
def topic(cluster):
    return NeedTopicFactory(cluster=cluster, kind="technology", name="Prüffelder")


@pytest.fixture
def member(cluster):
    return OrganisationFactory(cluster=cluster, name="Fördetechnik GmbH", short_name="FT", reference="4711")


def staged(cluster, *lines):
    data = "\n".join((HEADINGS, *lines)).encode()
    return importing.stage(cluster=cluster, user=None, file_name="bedarfe.csv", data=data)


def test_a_clean_list_is_written_as_it_stands(cluster, topic, member):
    batch = staged(
        cluster, "Fördetechnik GmbH;Prüffelder;Ein Prüffeld bis 400 bar;Niederlande;Jetzt;Interview;4.5.2026"
    )

    importing.carry_out(batch=batch)

    need = Need.objects.get()
    assert (need.organisation, need.topic, need.kind, need.statement) == (
        member,
        topic,
        "technology",
        "Ein Prüffeld bis 400 bar",
    )
    assert (need.country, need.urgency, need.source, need.recorded_on) == (
        "NL",
        3,
        "interview",
        date(2026, 5, 4),
    )


@pytest.mark.parametrize("name", ["FÖRDETECHNIK GmbH", "Foerdetechnik GmbH", "4711"])
def test_case_umlauts_and_the_reference_find_the_member(cluster, topic, member, name):
    batch = staged(cluster, f"{name};Prüffelder;Ein Prüffeld;;;;")

    assert [each.organisation for each in importing.plan(batch).ready] == [member.pk]


@pytest.mark.parametrize("name", ["Fördetechnik", "Fördetechnick GmbH", "FT"])
def test_a_near_name_and_an_acronym_are_proposed_never_taken(cluster, topic, member, name):
    plan = importing.plan(staged(cluster, f"{name};Prüffelder;Ein Prüffeld;;;;"))

    assert (plan.ready, plan.can_run) == ((), False)
    assert plan.organisations[0].proposals == ((member.pk, "Fördetechnik GmbH (Kiel)"),)


def test_two_members_of_the_same_name_are_left_to_the_person(cluster, topic, member):
    twin = OrganisationFactory(cluster=cluster, name="Fördetechnik GmbH", city="Flensburg")

    plan = importing.plan(staged(cluster, "Fördetechnik GmbH;Prüffelder;Ein Prüffeld;;;;"))

    assert {key for key, _label in plan.organisations[0].proposals} == {member.pk, twin.pk}


def test_a_choice_makes_the_row_ready(cluster, topic, member):
    batch = staged(cluster, "Fördetechnik;Prüffelder;Ein Prüffeld;;;;")
    key = importing.plan(batch).organisations[0].key

    batch = importing.choose(
        batch=batch, mapping=batch.staged["mapping"], organisations={key: str(member.pk)}, topics={}
    )

    assert importing.plan(batch).can_run


def test_an_organisation_of_another_cluster_cannot_be_chosen(cluster, topic, member):
    batch = staged(cluster, "Fördetechnik;Prüffelder;Ein Prüffeld;;;;")
    key, foreign = importing.plan(batch).organisations[0].key, OrganisationFactory()

    batch = importing.choose(
        batch=batch, mapping=batch.staged["mapping"], organisations={key: str(foreign.pk)}, topics={}
    )

    assert importing.plan(batch).ready == ()


def test_rows_are_left_out_only_on_request(cluster, topic, member):
    batch = staged(cluster, "Wer?;Prüffelder;x;;;;", "Fördetechnik GmbH;Prüffelder;y;;;;")
    batch = importing.choose(
        batch=batch, mapping=batch.staged["mapping"], organisations={"wer": "skip"}, topics={}
    )

    batch = importing.carry_out(batch=batch)

    assert (batch.report["written"], batch.report["skipped"]) == (1, 1)


def test_a_new_topic_is_made_once(cluster, topic, member):
    batch = staged(cluster, "Fördetechnik GmbH;Wasserstoff;x;;;;", "Fördetechnik GmbH;wasserstoff;y;;;;")
    batch = importing.choose(
        batch=batch, mapping=batch.staged["mapping"], organisations={}, topics={"wasserstoff": "new"}
    )

    importing.carry_out(batch=batch)

    assert [str(new) for new in NeedTopic.objects.exclude(pk=topic.pk)] == ["Wasserstoff"]


def test_what_is_on_record_already_is_not_written_twice(cluster, topic, member):
    NeedFactory(organisation=member, topic=topic, statement="Ein Prüffeld")

    plan = importing.plan(
        staged(
            cluster, "Fördetechnik GmbH;Prüffelder;Ein Prüffeld;;;;", "Fördetechnik GmbH;Prüffelder;Neu;;;;"
        )
    )

    assert (plan.known, len(plan.ready)) == ((2,), 1)


def test_faults_are_named_by_row_and_column(cluster, topic, member):
    plan = importing.plan(
        staged(
            cluster,
            "Fördetechnik GmbH;Prüffelder;x;Nirgendwo;;;",
            "Fördetechnik GmbH;Prüffelder;;;;;",
            "Fördetechnik GmbH;Prüffelder;y;;;;1.1.2099",
        )
    )

    assert [(fault.row, fault.column_letter) for fault in plan.faults] == [(2, "D"), (3, "C"), (4, "G")]


def test_one_fault_keeps_the_whole_list_out(cluster, topic, member):
    batch = staged(cluster, "Fördetechnik GmbH;Prüffelder;x;;;;", "Fördetechnik GmbH;Prüffelder;;;;;")

    with pytest.raises(NeedError, match="has_faults"):
        importing.carry_out(batch=batch)

    assert Need.objects.count() == 0


def test_a_list_is_written_only_once(cluster, topic, member):
    batch = staged(cluster, "Fördetechnik GmbH;Prüffelder;x;;;;")
    importing.carry_out(batch=batch)

    with pytest.raises(NeedError, match="not_staged"):
        importing.carry_out(batch=batch)


def test_an_import_is_taken_back_with_its_topics(cluster, member):
    batch = staged(cluster, "Fördetechnik GmbH;Wasserstoff;x;;;;")
    importing.choose(
        batch=batch, mapping=batch.staged["mapping"], organisations={}, topics={"wasserstoff": "new"}
    )
    importing.carry_out(batch=batch)

    batch = importing.take_back(batch=batch)

    assert (batch.state, Need.objects.count(), NeedTopic.objects.count()) == ("undone", 0, 0)


def test_what_was_edited_or_linked_since_survives_the_undo(cluster, topic, member):
    lines = [f"Fördetechnik GmbH;Prüffelder;{word};;;;" for word in ("plain", "edited", "linked")]
    batch = staged(cluster, *lines)
    importing.carry_out(batch=batch)
    services.update_need(need=Need.objects.get(statement="edited"), expected_version=1, country="NL")
    GoalNeed.objects.create(goal=GoalFactory(cluster=cluster), need=Need.objects.get(statement="linked"))

    batch = importing.take_back(batch=batch)

    assert sorted(Need.objects.values_list("statement", flat=True)) == ["edited", "linked"]
    assert (batch.report["removed"], batch.report["kept"]) == (1, 2)


def test_a_pdf_is_refused_and_nothing_is_kept(cluster):
    with pytest.raises(ImportRefused):
        importing.stage(cluster=cluster, user=None, file_name="x.xlsx", data=b"%PDF-1.7 nothing")

    assert ImportBatch.objects.count() == 0


def test_the_wizard_leads_from_the_file_to_the_needs(cluster, manager_client, topic, member):
    file = SimpleUploadedFile("b.csv", f"{HEADINGS}\nFördetechnik;Prüffelder;x;;;;".encode())
    uploaded = manager_client.post(reverse("needs:import", args=[cluster.slug]), {"file": file})
    preview = manager_client.get(uploaded.url)
    batch = preview.context["batch"]
    columns = {f"column-{name}": index for name, index in batch.staged["mapping"].items()}
    key = preview.context["plan"].organisations[0].key

    choice = {f"organisation-{key}": member.pk}
    run = reverse("needs:import-run", args=[cluster.slug, batch.pk])
    manager_client.post(run, columns | choice)

    assert [need.organisation for need in Need.objects.all()] == [member]


def test_the_wizard_shows_faults_instead_of_writing(cluster, manager_client, topic, member):
    batch = staged(cluster, "Fördetechnik GmbH;Prüffelder;;;;;")

    response = manager_client.post(reverse("needs:import-run", args=[cluster.slug, batch.pk]))

    assert (response.status_code, len(response.context["faults"]), Need.objects.count()) == (422, 1, 0)


def test_the_template_goes_through_without_a_fault(cluster, manager_client):
    services.load_start_topics(cluster)
    OrganisationFactory(cluster=cluster, name="Example GmbH")
    template = manager_client.get(reverse("needs:import-template", args=[cluster.slug])).content

    batch = importing.stage(cluster=cluster, user=None, file_name="template.xlsx", data=template)

    assert importing.plan(batch).can_run


def test_an_import_of_another_cluster_does_not_exist_here(cluster, manager_client):
    foreign = ImportBatch.objects.create(cluster=OrganisationFactory().cluster, kind="needs")

    response = manager_client.get(reverse("needs:import-preview", args=[cluster.slug, foreign.pk]))

    assert response.status_code == 404
