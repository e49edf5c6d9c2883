"""The decision freezes everything that led to it, and nothing reaches it afterwards."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from kontor.accounts.models import RoleKind
from kontor.partners.models import Partner
from kontor.studies.models import Decision, DecisionNote, Score, Study
from kontor.studies.problems import StudyError
from kontor.studies.record import fingerprint
from kontor.studies.services import deciding
from kontor.votes.queries import vote_of
from tests.partners.factories import FactFactory
from tests.studies.factories import made_study

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
CELLS = [[5, 2], [3, 5], [1, None]]


@pytest.fixture
def study(cluster):
    return made_study(
        CELLS,
        weights=[0.75, 0.25],
        people={"Imke Petersen": [3, 1], "Silke Harms": [2, 2]},
        cluster=cluster,
        state="open",
        weights_opened_at=timezone.now(),
    )


def decided(study, manager, **fields):
    given = {"reasons": {"en": "It brings what we lack."}, "dissent": {"en": "Two preferred B."}, "on": TODAY}
    return deciding.decide(study=study, chosen=[study.candidates.first()], by=manager, **(given | fields))


def refusal(act, **arguments):
    with pytest.raises(StudyError) as refused:
        act(**arguments)
    return refused.value.code


def url(name, study, *arguments):
    return reverse(f"studies:{name}", args=["nord", study.pk, *arguments])


def test_the_record_holds_what_led_to_the_decision(study, manager):
    FactFactory(partner=study.candidates.first().partner, field="members_total", number=164, source="Report")
    record = decided(study, manager).record

    assert [each["name"] for each in record["candidates"]] == ["Cluster A", "Cluster B", "Cluster C"]
    assert [each["weights"] for each in record["people"]] == [
        {"c1": 0.75, "c2": 0.25},
        {"c1": 0.5, "c2": 0.5},
    ]
    assert len(record["scores"]) == 5
    assert record["candidates"][0]["facts"][0]["source"] == "Report"
    assert record["outcome"]["plain"]["standings"][0]["candidate"] == study.candidates.first().pk
    assert set(record["outcome"]["robust"]) == {"said", "free"}


def test_the_fingerprint_is_that_of_the_record(study, manager):
    decision = decided(study, manager)

    assert fingerprint(Decision.objects.get().record) == decision.fingerprint


def test_no_later_change_reaches_the_record(study, manager):
    decision = decided(study, manager)
    before = (decision.record, decision.reports, decision.fingerprint)
    Partner.objects.update(name="Renamed", country="XX")
    Score.objects.update(value=1.0, low=1.0, high=1.0, evidence="changed")
    study.criteria.update(group_weight=9.0, content={})
    study.assessors.all().delete()
    type(manager).objects.filter(pk=manager.pk).update(name="Somebody else")
    after = Decision.objects.get()

    assert (after.record, after.reports, after.fingerprint) == before


def test_the_papers_are_made_of_the_record_alone(study, manager, manager_client):
    decided(study, manager)
    first = manager_client.get(url("decision-docx-en", study)).content
    Partner.objects.update(name="Renamed")
    second = manager_client.get(url("decision-docx-en", study)).content
    texts = ["\n".join(p.text for p in Document(io.BytesIO(each)).paragraphs) for each in (first, second)]

    assert "Decided for Cluster A." in texts[0]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_record_leaves_as_a_paper_in_both_languages(study, manager, manager_client, language, kind):
    decided(study, manager)

    assert manager_client.get(url(f"decision-{kind}-{language}", study)).status_code == 200


def test_papers_name_no_person(study, manager):
    decision = decided(study, manager)

    assert "Silke Harms" not in str(decision.reports)


def test_nothing_changes_in_a_decided_study(study, manager):
    decided(study, manager)

    assert (Study.objects.get().state, refusal(decided, study=study, manager=manager)) == (
        "decided",
        "study.decided",
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"chosen": []}, "decision.nobody_chosen"), ({"reasons": {"de": " "}}, "decision.no_reasons")],
)
def test_a_decision_needs_a_choice_and_reasons(study, manager, fields, code):
    given = {"study": study, "chosen": [study.candidates.first()], "reasons": {"en": "x"}, "dissent": {}}

    assert refusal(deciding.decide, **(given | fields), on=TODAY, by=manager) == code


def test_a_candidate_of_another_study_cannot_be_chosen(study, manager):
    other = made_study(CELLS).candidates.first()
    given = {"study": study, "chosen": [other], "reasons": {"en": "x"}, "dissent": {}}

    assert refusal(deciding.decide, **given, on=TODAY, by=manager) == "decision.other_candidate"


def test_before_the_weights_are_opened_nothing_is_decided(cluster, manager):
    study = made_study(CELLS, cluster=cluster, state="judging")

    assert refusal(decided, study=study, manager=manager) == "study.not_open"


@pytest.mark.parametrize(
    ("moves", "stages"), [(True, ["partner", "set_aside", "set_aside"]), (False, ["short"] * 3)]
)
def test_the_chosen_become_partners_if_the_manager_says_so(study, manager, moves, stages):
    Partner.objects.update(stage="short")
    decided(study, manager, moves_stages=moves)

    assert list(study.candidates.values_list("partner__stage", flat=True)) == stages


def put_to_vote(study, **fields):
    return deciding.put_to_vote(
        study=study,
        candidates=list(study.candidates.all()[:2]),
        question={"en": "With whom?"},
        explanation={},
        method="approval",
        quorum_percent=50,
        closes_at=timezone.now() + timedelta(days=7),
        **fields,
    )


def test_candidates_are_put_to_the_vote_of_members(study):
    vote = put_to_vote(study)

    assert ([str(each.label) for each in vote.options.all()], vote_of(f"study:{study.pk}")) == (
        ["Cluster A", "Cluster B"],
        vote,
    )


def test_a_second_vote_waits_for_the_first(study):
    put_to_vote(study)

    assert refusal(put_to_vote, study=study) == "decision.vote_running"


def test_nothing_is_decided_while_people_vote(study, manager):
    vote = put_to_vote(study)
    type(vote).objects.update(state="open", opened_at=timezone.now())

    assert refusal(decided, study=study, manager=manager) == "decision.vote_running"


def test_a_note_stands_beside_the_record_and_leaves_it_as_it_is(study, manager, manager_client):
    before = decided(study, manager).record
    manager_client.post(url("decision-note", study), {"text": "B objected in writing."})

    assert (DecisionNote.objects.get().text, Decision.objects.get().record) == (
        "B objected in writing.",
        before,
    )


def test_an_empty_note_is_refused(study, manager, manager_client):
    decided(study, manager)

    assert manager_client.post(url("decision-note", study), {"text": " "}).status_code == 422


def test_the_form_begins_with_the_first_and_the_sentence(study, manager_client):
    page = manager_client.get(url("decision", study))
    form = page.context["form"]

    assert form["chosen"].value() == [study.candidates.first().pk]
    assert form["reasons_en"].value().startswith("Cluster A comes first with 81 of 100 points")


def test_a_decision_is_taken_on_the_page(study, manager_client):
    form = {"chosen": [study.candidates.first().pk], "reasons_en": "Because.", "decided_on": "2026-11-20"}
    response = manager_client.post(url("decide", study), form, follow=True)

    assert (response.status_code, Decision.objects.get().decided_on) == (200, date(2026, 11, 20))
    assert "Decided for Cluster A." in response.content.decode()


def test_what_is_missing_is_said_and_nothing_is_lost(study, manager_client):
    response = manager_client.post(
        url("decide", study), {"dissent_en": "Two of us", "decided_on": "2099-01-01"}
    )

    assert (response.status_code, "Two of us" in response.content.decode(), Decision.objects.count()) == (
        422,
        True,
        0,
    )


def test_a_vote_is_prepared_on_the_page(study, manager_client):
    form = {
        "candidates": [each.pk for each in study.candidates.all()[:2]],
        "method": "approval",
        "question_en": "With whom?",
        "quorum_percent": 50,
        "closes_at": "2099-01-01T12:00",
    }
    response = manager_client.post(url("decision-vote", study), form)

    assert response.url == reverse("votes:detail", args=["nord", vote_of(f"study:{study.pk}").pk])


@pytest.mark.parametrize(
    ("kind", "status"),
    [(RoleKind.BOARD, 200), (RoleKind.MEMBER, 403), (RoleKind.PARTNER, 403), (RoleKind.TEAM, 200)],
)
def test_who_may_read_the_decision(study, manager, client_of, key_to, kind, status):
    decided(study, manager)

    assert client_of(key_to(kind)).get(url("decision", study)).status_code == status


def test_the_board_reads_and_does_not_write(study, client_of, key_to):
    client = client_of(key_to(RoleKind.BOARD))

    assert (
        client.post(url("decide", study), {}).status_code,
        "Record the decision" in str(client.get(url("decision", study)).content),
    ) == (403, False)
