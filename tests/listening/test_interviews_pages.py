"""Interviews on their pages."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from kontor.accounts.models import RoleKind
from kontor.listening.models import Interview, InterviewStudy, Passage
from kontor.listening.passages import units_at
from kontor.listening.services import interviews as services
from kontor.needs.models import Need
from tests.factories import (
    InterviewFactory,
    InterviewStudyFactory,
    MembershipFactory,
    NeedTopicFactory,
    OrganisationFactory,
    PassageFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=BERLIN)
TEXT = "🙂 Ja. <b>Uns</b> fehlen Leute. Ja."


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(cluster) -> Interview:
    return InterviewFactory(study__cluster=cluster, study__guide=None, transcript=TEXT)


@pytest.fixture
def study(cluster) -> InterviewStudy:
    for kind in ("sme", "sme", "sme", "sme", "research", "university"):
        MembershipFactory(organisation=OrganisationFactory(cluster=cluster, kind=kind))
    return services.create_study(
        cluster=cluster, name="Talks", guide=None, size=4, seed=4711, dimensions=["kind", "value_chain"]
    )


@pytest.fixture
def drawn(study) -> InterviewStudy:
    return services.draw_sample(study=study, expected_version=study.version, on=NOW.date())


def url(name: str, row=None) -> str:
    return reverse(f"listening:{name}", args=["nord", *([row.pk] if row is not None else [])])


PLAN = {
    "name": "Talks",
    "size": "4",
    "dimensions": ["kind", "degree"],
    "allocation": "proportional",
    "population_on": "2026-11-24",
    "seed": "4711",
}


def test_a_plan_leads_to_the_preview_of_the_draw(manager_client, study):
    response = manager_client.post(url("interviews-new"), PLAN, follow=True)

    assert response.context["sentence"] == (
        "4 of 6 members: from each of the 3 groups of Kind of organisation × Degree of "
        "internationalisation in proportion to its size, at least one; order by seed 4711."
    )


def test_the_seed_is_suggested_and_differs_from_time_to_time(manager_client):
    seeds = {manager_client.get(url("interviews-new")).context["form"]["seed"].value() for _each in range(5)}

    assert len(seeds) > 1


def test_a_plan_without_a_name_loses_nothing_that_was_typed(manager_client):
    response = manager_client.post(url("interviews-new"), PLAN | {"name": "", "only_kind": ["sme"]})

    assert (response.status_code, response.context["form"]["only_kind"].value()) == (422, ["sme"])


def test_the_preview_warns_of_members_whose_place_in_the_value_chain_is_not_known(manager_client, study):
    response = manager_client.get(url("interview-study", study))

    assert [(each["dimension"], each["members"]) for each in response.context["unknown"]] == [
        ("value_chain", 6)
    ]


def test_the_preview_shows_the_people_whom_the_draw_then_takes(manager_client, study):
    response = manager_client.get(url("interview-study", study))
    shown = {each.pk for stratum in response.context["strata"] for each in stratum["drawn"]}
    manager_client.post(url("interview-draw", study), {"version": study.version})

    assert set(study.interviews.filter(role="drawn").values_list("organisation", flat=True)) == shown


def test_a_plan_changed_meanwhile_is_not_drawn(manager_client, study):
    response = manager_client.post(url("interview-draw", study), {"version": study.version + 1})

    assert (response.status_code, study.interviews.count()) == (409, 0)


def test_the_method_page_says_that_the_same_people_come_out_again(manager_client, drawn):
    assert manager_client.get(url("interview-method", drawn)).context["is_repeatable"] is True


@pytest.mark.parametrize(("language", "word"), [("de", "Startzahl 4711"), ("en", "seed 4711")])
def test_the_method_is_told_in_both_languages(manager_client, drawn, language, word):
    response = manager_client.get(url("interview-method", drawn) + f"?language={language}")

    assert word in " ".join(response.context["paragraphs"])


def test_the_list_export_tells_chance_and_weight_of_everybody(manager_client, drawn):
    response = manager_client.get(url("interview-list-csv", drawn))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert {(row[3], row[5], row[6], row[7]) for row in rows[1:] if row[5] == "4"} == {
        ("Drawn", "4", "0.5", "2.0"),
        ("Reserve", "4", "0.5", "2.0"),
    }


@pytest.mark.parametrize("name", ["interviews", "interview-list", "interview-account"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_list_can_be_downloaded(manager_client, drawn, name, form):
    row = None if name == "interviews" else drawn

    assert manager_client.get(url(f"{name}-{form}", row)).status_code == 200


def test_who_declines_is_replaced_by_the_next_in_reserve(manager_client, drawn):
    first = drawn.interviews.get(stratum__startswith="sme", rank=1)
    manager_client.post(url("interview-decline", first), {"version": 1, "reason": "No time"})
    manager_client.post(url("interview-reserve", first))
    stand_in = Interview.objects.get(replaces=first)

    assert (stand_in.rank, stand_in.state) == (3, "open")


def test_a_member_of_another_cluster_cannot_stand_in(manager_client, drawn):
    first = drawn.interviews.filter(role="drawn").first()
    services.decline(interview=first, expected_version=1, reason="")
    foreign = MembershipFactory().organisation
    response = manager_client.post(
        url("interview-stand-in", first), {"organisation": foreign.pk, "reason": "?"}
    )

    assert (response.status_code, Interview.objects.filter(replaces=first).count()) == (422, 0)


# The talk


def test_an_appointment_is_made_and_lands_in_the_calendar(manager_client, talk, manager):
    posted = {
        "version": talk.version,
        "appointed_at": "2026-12-01T14:30",
        "minutes": "45",
        "place": "Kiel",
        "interviewer": manager.pk,
    }
    manager_client.post(url("interview-appointment", talk), posted)
    file = manager_client.get(url("interview-calendar", talk))
    event = Calendar.from_ical(file.content).walk("VEVENT")[0]

    assert (file["Content-Type"], event.start) == (
        "text/calendar; charset=utf-8",
        datetime(2026, 12, 1, 14, 30, tzinfo=BERLIN),
    )


def test_who_changes_an_appointment_second_sees_both(manager_client, talk):
    services.appoint(interview=talk, expected_version=talk.version, appointed_at=None, place="Kiel")
    posted = {"version": talk.version, "minutes": "45", "place": "Lübeck"}
    response = manager_client.post(url("interview-appointment", talk), posted)

    assert (response.status_code, [(row.current, row.yours) for row in response.context["conflict"]]) == (
        409,
        [("Kiel", "Lübeck")],
    )


@pytest.fixture
def guided(cluster) -> Interview:
    return InterviewFactory(study=InterviewStudyFactory(cluster=cluster))


def test_notes_save_themselves_as_the_page_asks(manager_client, guided):
    posted = {"edition": 1, "q-words": "Märkte"}
    response = manager_client.post(
        url("interview-notes", guided), posted, headers={"accept": "application/json"}
    )
    guided.refresh_from_db()

    assert (response.json(), guided.fields) == (
        {"edition": 2, "saved": "Saved at 10:00"},
        {"q-words": ["Märkte"]},
    )


def test_notes_of_an_older_tab_get_a_sentence(manager_client, guided):
    services.save_notes(interview=guided, fields={}, edition=1)
    response = manager_client.post(
        url("interview-notes", guided), {"edition": 1}, headers={"accept": "application/json"}
    )

    assert (response.status_code, list(response.json())) == (409, ["problem"])


def test_notes_of_an_older_tab_stay_on_the_page_of_a_plain_form(manager_client, guided):
    services.save_notes(interview=guided, fields={}, edition=1)
    response = manager_client.post(url("interview-notes", guided), {"edition": 1, "q-words": "Meine Worte"})

    assert (response.status_code, "Meine Worte" in response.content.decode()) == (409, True)


def test_a_talk_that_was_held_puts_its_needs_on_record(manager_client, guided):
    manager_client.post(url("interview-notes", guided), {"edition": 1, "q-topics": "market_access"})
    manager_client.post(url("interview-held", guided), {"version": 1, "held_on": "2026-11-23"})

    assert list(Need.objects.values_list("topic__code", flat=True)) == ["market_access"]


def test_a_day_to_come_is_refused_with_a_sentence(manager_client, guided):
    response = manager_client.post(url("interview-held", guided), {"version": 1, "held_on": "2026-11-25"})

    assert (response.status_code, response.context["held_form"].errors["__all__"]) == (
        422,
        ["This day is still to come."],
    )


# Transcript and passages


def test_a_transcript_is_shown_escaped_with_its_passages_marked(manager_client, talk):
    start = TEXT.index("<b>")
    PassageFactory(interview=talk, start=start, end=start + 10, quote="<b>Uns</b>")
    page = manager_client.get(url("interview-transcript", talk)).content.decode()

    assert "&lt;b&gt;Uns&lt;/b&gt;</mark> fehlen" in page


def test_a_passage_is_marked_where_the_browser_counted_it(manager_client, talk):
    start = TEXT.rindex("Ja.")
    posted = {
        "words": "Ja.",
        "start": units_at(TEXT, start),
        "end": units_at(TEXT, start + 3),
        "urgency": "2",
        "comment": "Sure",
    }
    manager_client.post(url("interview-mark", talk), posted)

    assert list(Passage.objects.values_list("start", "end", "quote", "comment")) == [
        (start, start + 3, "Ja.", "Sure")
    ]


def test_words_that_stand_twice_ask_which_are_meant(manager_client, talk):
    response = manager_client.post(url("interview-mark", talk), {"words": "Ja.", "urgency": "2"})

    assert (response.status_code, [place["value"] for place in response.context["places"]]) == (
        422,
        [f"{TEXT.index('Ja.')}-{TEXT.index('Ja.') + 3}", f"{TEXT.rindex('Ja.')}-{TEXT.rindex('Ja.') + 3}"],
    )


def test_the_place_chosen_is_the_one_that_is_marked(manager_client, talk):
    start = TEXT.rindex("Ja.")
    manager_client.post(
        url("interview-mark", talk), {"words": "Ja.", "urgency": "2", "place": f"{start}-{start + 3}"}
    )

    assert Passage.objects.get().start == start


def test_words_that_are_not_in_the_text_get_a_sentence_and_stay_in_the_form(manager_client, talk):
    response = manager_client.post(url("interview-mark", talk), {"words": "Spanisch", "urgency": "2"})

    assert (response.status_code, response.context["form"]["words"].value()) == (422, "Spanisch")


def test_a_place_beyond_the_text_is_refused(manager_client, talk):
    response = manager_client.post(
        url("interview-mark", talk), {"words": "x", "urgency": "2", "place": "9000-9001"}
    )

    assert (response.status_code, Passage.objects.count()) == (422, 0)


def test_a_passage_with_a_topic_becomes_a_need_in_the_words_of_the_member(manager_client, talk):
    topic = NeedTopicFactory(cluster=talk.cluster)
    posted = {"words": "fehlen Leute", "topic": topic.pk, "country": "NL", "urgency": "3"}
    manager_client.post(url("interview-mark", talk), posted)

    assert list(Need.objects.values_list("organisation", "statement", "country", "urgency", "source")) == [
        (talk.organisation_id, "fehlen Leute", "NL", 3, "interview")
    ]


def test_a_topic_of_another_cluster_is_refused(manager_client, talk):
    posted = {"words": "fehlen Leute", "topic": NeedTopicFactory().pk, "urgency": "3"}

    assert manager_client.post(url("interview-mark", talk), posted).status_code == 422


def test_a_marked_passage_becomes_a_need_later(manager_client, talk):
    passage = PassageFactory(interview=talk, start=2, end=5, quote="Ja.")
    topic = NeedTopicFactory(cluster=talk.cluster)
    posted = {"version": passage.version, "topic": topic.pk, "urgency": "1", "comment": "So"}
    manager_client.post(url("interview-passage", passage), posted)
    passage.refresh_from_db()

    assert (passage.comment, passage.need.statement) == ("So", "Ja.")


def test_a_comment_on_a_passage_with_a_need_leaves_the_need(manager_client, talk):
    passage = PassageFactory(interview=talk, start=2, end=5, quote="Ja.")
    topic = NeedTopicFactory(cluster=talk.cluster)
    services.need_of_passage(passage=passage, topic=topic, statement="Yes")
    manager_client.post(url("interview-passage", passage), {"version": 1, "urgency": "2", "comment": "New"})
    passage.refresh_from_db()

    assert (passage.comment, passage.need.statement) == ("New", "Yes")


def test_a_transcript_from_a_file_takes_the_place_of_the_text(manager_client, talk):
    file = SimpleUploadedFile("talk.txt", "Neuer Text".encode("utf-16"))
    manager_client.post(url("interview-transcript-file", talk), {"version": 1, "file": file})
    talk.refresh_from_db()

    assert talk.transcript == "Neuer Text"


def test_a_file_that_cannot_be_read_says_why_and_leaves_the_text(manager_client, talk):
    file = SimpleUploadedFile("talk.docx", b"no archive")
    response = manager_client.post(url("interview-transcript-file", talk), {"version": 1, "file": file})
    talk.refresh_from_db()

    assert (response.status_code, talk.transcript, response.context["file_form"].errors["file"]) == (
        422,
        TEXT,
        ["The file cannot be read. It is damaged or not what its name says."],
    )


def test_the_second_writer_of_a_transcript_keeps_every_word(manager_client, talk):
    services.store_transcript(interview=talk, expected_version=1, text="First")
    response = manager_client.post(url("interview-transcript-edit", talk), {"version": 1, "text": "Second"})

    assert (response.status_code, response.context["form"]["text"].value(), response.context["version"]) == (
        409,
        "Second",
        2,
    )


@pytest.mark.parametrize("kind", [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.FUNDER, RoleKind.PARTNER])
@pytest.mark.parametrize("name", ["interview", "interview-transcript", "interview-transcript-text"])
def test_only_the_management_reads_what_was_said(client_of, key_to, talk, kind, name):
    assert client_of(key_to(kind)).get(url(name, talk)).status_code == 403


def test_the_search_does_not_find_what_was_said(manager_client, talk):
    response = manager_client.get(reverse("journey:search", args=["nord"]), {"q": "fehlen"})

    assert "fehlen Leute" not in response.content.decode()


# Queries


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_series_asks_the_same_for_any_number(
    manager_client, cluster, number, django_assert_num_queries
):
    for _each in range(number):
        InterviewFactory(study__cluster=cluster, state="held", held_on=NOW.date())
    manager_client.get(url("interviews"))

    with django_assert_num_queries(6):
        manager_client.get(url("interviews"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_preview_asks_the_same_for_any_number(manager_client, cluster, number, django_assert_num_queries):
    for _each in range(number):
        MembershipFactory(organisation__cluster=cluster)
    study = InterviewStudyFactory(cluster=cluster, guide=None, state="draft")
    manager_client.get(url("interview-study", study))

    with django_assert_num_queries(6):
        manager_client.get(url("interview-study", study))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_series_asks_the_same_for_any_number(
    manager_client, cluster, number, django_assert_num_queries
):
    for _each in range(number):
        organisation = OrganisationFactory(cluster=cluster)
        PersonFactory(organisation=organisation)
        MembershipFactory(organisation=organisation)
    study = services.create_study(
        cluster=cluster, name="Talks", guide=None, size=3, seed=1, dimensions=["kind"]
    )
    services.draw_sample(study=study, expected_version=1, on=NOW.date())
    manager_client.get(url("interview-study", study))

    with django_assert_num_queries(5):
        manager_client.get(url("interview-study", study))


@pytest.mark.parametrize("number", [1, 3])
def test_the_transcript_asks_the_same_for_any_number_of_passages(
    manager_client, talk, number, django_assert_num_queries
):
    for start in range(number):
        passage = PassageFactory(interview=talk, start=start, end=start + 2, quote=TEXT[start : start + 2])
        topic = NeedTopicFactory(cluster=talk.cluster)
        services.need_of_passage(passage=passage, topic=topic, statement="Need")
    manager_client.get(url("interview-transcript", talk))

    with django_assert_num_queries(6):
        manager_client.get(url("interview-transcript", talk))


@pytest.mark.parametrize("number", [1, 3])
def test_the_talk_asks_the_same_for_any_number_of_needs(
    manager_client, guided, number, django_assert_num_queries
):
    for _each in range(number):
        NeedTopicFactory(cluster=guided.cluster)
    manager_client.get(url("interview", guided))

    with django_assert_num_queries(6):
        manager_client.get(url("interview", guided))
