"""Interviews through the services: plan, draw, replace, appoint, hold, transcribe, mark."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core import mail
from icalendar import Calendar

from kontor.accounts.services import EditConflict
from kontor.listening.appointments import appointment_file
from kontor.listening.models import Interview, InterviewStudy, Passage
from kontor.listening.passages import Span
from kontor.listening.problems import ListeningError
from kontor.listening.queries.interviews import guides, talks_held
from kontor.listening.sample import drawn_again, sample_in
from kontor.listening.services import interviews as services
from kontor.needs.models import Hearing, Need
from kontor.needs.services import delete_need, restore
from tests.factories import (
    InterviewFactory,
    InterviewStudyFactory,
    MembershipFactory,
    NeedTopicFactory,
    OrganisationFactory,
    PersonFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
BERLIN = ZoneInfo("Europe/Berlin")
TEXT = "Ja. Uns fehlen Leute, die Niederländisch sprechen. 🙂 Ja."


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 11, 24, 10, 0, tzinfo=BERLIN), tick=False):
        yield


def members(cluster, kind: str, number: int, **fields) -> None:
    for _each in range(number):
        MembershipFactory(organisation=OrganisationFactory(cluster=cluster, kind=kind, **fields))


@pytest.fixture
def study(cluster) -> InterviewStudy:
    """Return a plan for six talks with members of three kinds."""
    members(cluster, "sme", 12)
    members(cluster, "research", 4)
    members(cluster, "university", 2)
    return services.create_study(
        cluster=cluster, name="Talks", guide=None, size=6, seed=4711, dimensions=["kind"]
    )


@pytest.fixture
def drawn(study) -> InterviewStudy:
    return services.draw_sample(study=study, expected_version=study.version, on=TODAY)


@pytest.fixture
def talk(cluster) -> Interview:
    """Return an interview with a transcript."""
    return InterviewFactory(study__cluster=cluster, study__guide=None, transcript=TEXT)


def fresh(interview: Interview) -> Interview:
    return Interview.objects.get(pk=interview.pk)


def marked(talk: Interview, words: str) -> Passage:
    start = talk.transcript.index(words)
    return services.mark_passage(interview=talk, span=Span(start, start + len(words)), quote=words)


# Plan and draw


def test_the_draw_puts_every_kind_on_the_list_in_proportion(drawn):
    listed = drawn.interviews.filter(role="drawn").values_list("stratum", flat=True)

    assert sorted(listed) == ["research", "sme", "sme", "sme", "sme", "university"]


def test_the_draw_keeps_a_reserve_of_each_group_in_the_order_of_the_draw(drawn):
    listed = [(i.stratum, i.rank, i.role, i.state) for i in drawn.interviews.filter(stratum="research")]

    assert sorted(listed, key=lambda each: each[1]) == [
        ("research", 1, "drawn", "open"),
        ("research", 2, "reserve", "unused"),
        ("research", 3, "reserve", "unused"),
        ("research", 4, "reserve", "unused"),
    ]


def test_the_frozen_account_draws_the_same_people_again(drawn):
    assert drawn_again(drawn.drawn) == sample_in(drawn.drawn)


def test_who_is_on_the_list_is_who_the_account_names(drawn):
    listed = drawn.interviews.filter(role="drawn").values_list("organisation_id", flat=True)

    assert sorted(map(str, listed)) == sorted(sample_in(drawn.drawn).drawn)


def test_the_account_holds_no_names(drawn):
    assert "Sensorwerk" not in str(drawn.drawn)


def test_a_sample_is_drawn_once(drawn):
    with pytest.raises(ListeningError, match=r"interview\.already_drawn"):
        services.draw_sample(study=drawn, expected_version=drawn.version, on=TODAY)


def test_of_two_who_draw_at_once_the_second_is_told(study):
    services.draw_sample(study=study, expected_version=study.version, on=TODAY)

    with pytest.raises(EditConflict):
        services.draw_sample(study=study, expected_version=study.version, on=TODAY)


def test_nobody_is_drawn_from_an_empty_segment(study):
    study.chosen = {"kind": ["public"]}
    study.save()

    with pytest.raises(ListeningError, match=r"interview\.nobody_to_draw"):
        services.draw_sample(study=study, expected_version=study.version, on=TODAY)


def test_what_the_draw_depends_on_stays_as_it_was(drawn):
    with pytest.raises(ListeningError, match=r"interview\.already_drawn"):
        services.update_study(study=drawn, expected_version=drawn.version, seed=1)


def test_a_draw_can_be_taken_back_while_nothing_has_begun(drawn):
    study = services.undo_draw(study=drawn, expected_version=drawn.version)

    assert (study.state, study.drawn, study.interviews.count()) == ("draft", {}, 0)


def test_a_draw_stays_once_a_member_was_asked(drawn):
    first = drawn.interviews.filter(role="drawn").first()
    services.decline(interview=first, expected_version=first.version, reason="")

    with pytest.raises(ListeningError, match=r"interview\.already_begun"):
        services.undo_draw(study=drawn, expected_version=drawn.version)


def test_a_guide_of_another_cluster_is_refused(cluster):
    with pytest.raises(ListeningError, match=r"interview\.guide_of_another_cluster"):
        services.create_study(
            cluster=cluster,
            name="Talks",
            guide=QuestionnaireVersionFactory(),
            size=3,
            seed=1,
            dimensions=["kind"],
        )


def test_only_the_newest_version_of_released_guides_is_offered(cluster):
    guide = QuestionnaireFactory(cluster=cluster, purpose="interview")
    QuestionnaireVersionFactory(questionnaire=guide, number=1)
    newest = QuestionnaireVersionFactory(questionnaire=guide, number=2)
    QuestionnaireVersionFactory(questionnaire__cluster=cluster)
    QuestionnaireVersionFactory(questionnaire__purpose="interview")

    assert list(guides(cluster)) == [newest]


# Replacing


def test_the_next_reserve_of_the_same_group_takes_the_place(drawn):
    first = drawn.interviews.get(stratum="research", rank=1)
    declined = services.decline(interview=first, expected_version=first.version, reason="No time")
    stand_in = services.call_reserve(interview=declined)

    assert (stand_in.stratum, stand_in.rank, stand_in.state, stand_in.replaces) == (
        "research",
        2,
        "open",
        declined,
    )


def test_a_place_is_filled_once(drawn):
    first = drawn.interviews.get(stratum="research", rank=1)
    declined = services.decline(interview=first, expected_version=first.version, reason="")
    services.call_reserve(interview=declined)

    with pytest.raises(ListeningError, match=r"interview\.place_not_free"):
        services.call_reserve(interview=declined)


def test_without_a_reserve_somebody_must_be_chosen(drawn):
    drawn.interviews.filter(role="reserve").delete()
    first = drawn.interviews.get(stratum="research", rank=1)
    declined = services.decline(interview=first, expected_version=first.version, reason="")

    with pytest.raises(ListeningError, match=r"interview\.no_reserve"):
        services.call_reserve(interview=declined)


def test_who_is_chosen_by_hand_stands_there_with_the_reason(drawn):
    first = drawn.interviews.get(stratum="university", rank=1)
    declined = services.decline(interview=first, expected_version=first.version, reason="")
    newcomer = OrganisationFactory(cluster=drawn.cluster)
    chosen = services.choose_stand_in(interview=declined, organisation=newcomer, reason="Same field")

    assert (chosen.role, chosen.rank, chosen.replaces, chosen.reason) == ("chosen", 0, declined, "Same field")


def test_a_choice_by_hand_needs_a_reason(drawn):
    first = drawn.interviews.get(stratum="university", rank=1)
    declined = services.decline(interview=first, expected_version=first.version, reason="")

    with pytest.raises(ListeningError, match=r"interview\.reason_needed"):
        services.choose_stand_in(
            interview=declined, organisation=OrganisationFactory(cluster=drawn.cluster), reason=" "
        )


def test_who_is_on_the_list_cannot_stand_in(drawn):
    first, second = drawn.interviews.filter(stratum="sme", role="drawn").order_by("rank")[:2]
    declined = services.decline(interview=first, expected_version=first.version, reason="")

    with pytest.raises(ListeningError, match=r"interview\.already_listed"):
        services.choose_stand_in(interview=declined, organisation=second.organisation, reason="Close")


def test_a_refusal_taken_back_sends_the_stand_in_to_the_reserve_again(drawn):
    first = drawn.interviews.get(stratum="research", rank=1)
    declined = services.decline(interview=first, expected_version=first.version, reason="Ill")
    stand_in = services.call_reserve(interview=declined)
    back = services.reopen(interview=declined, expected_version=declined.version)
    stand_in.refresh_from_db()

    assert (back.state, back.reason, stand_in.state, stand_in.replaces) == ("open", "", "unused", None)


# Appointments


def appointed(talk: Interview, **fields) -> Interview:
    when = datetime(2026, 12, 1, 14, 30, tzinfo=BERLIN)
    return services.appoint(interview=talk, expected_version=talk.version, appointed_at=when, **fields)


def test_an_appointment_changes_the_state_and_calling_it_off_changes_it_back(talk):
    made = appointed(talk)
    off = services.appoint(interview=made, expected_version=made.version, appointed_at=None)

    assert (made.state, off.state) == ("appointed", "open")


def test_a_contact_of_somebody_else_is_refused(talk):
    with pytest.raises(ListeningError, match=r"interview\.person_of_another_organisation"):
        appointed(talk, person=PersonFactory())


def test_an_interviewer_needs_a_key_to_the_cluster(talk):
    with pytest.raises(ListeningError, match=r"interview\.interviewer_without_role"):
        appointed(talk, interviewer=RoleFactory().user)


def test_the_calendar_file_tells_time_zone_length_and_place(talk):
    made = appointed(talk, minutes=60, place="Kiel, Raum 3")
    event = Calendar.from_ical(appointment_file(made)).walk("VEVENT")[0]

    assert (event.start, event.duration.seconds, event["location"]) == (
        datetime(2026, 12, 1, 14, 30, tzinfo=BERLIN),
        3600,
        "Kiel, Raum 3",
    )


def test_the_calendar_file_brings_its_time_zone_along(talk):
    zones = Calendar.from_ical(appointment_file(appointed(talk))).walk("VTIMEZONE")

    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Berlin"]


def test_the_invitation_carries_the_calendar_file_in_the_language_of_the_contact(talk):
    person = PersonFactory(organisation=talk.organisation, language="en", consent_on=TODAY)
    made = appointed(talk, person=person, place="Kiel")
    services.write_invitation(interview=made, reply_to="office@example.org")
    message = mail.outbox[0]
    name, content, kind = message.attachments[0]

    assert (message.to, "1 December 2026, 14:30" in message.body, name, kind) == (
        [person.email],
        True,
        "interview.ics",
        "text/calendar",
    )
    assert str(Calendar.from_ical(content).walk("VEVENT")[0]["location"]) == "Kiel"


def test_nobody_is_written_to_without_consent(talk):
    made = appointed(talk, person=PersonFactory(organisation=talk.organisation))

    with pytest.raises(ListeningError, match=r"interview\.no_consent"):
        services.write_invitation(interview=made, reply_to="")


# Held


def held(talk: Interview, day: date = TODAY) -> Interview:
    return services.hold(interview=talk, expected_version=talk.version, held_on=day)


def test_a_talk_that_was_held_makes_the_member_heard_on_its_day(talk):
    held(talk, date(2026, 11, 20))

    assert list(Hearing.objects.values_list("organisation", "source", "on")) == [
        (talk.organisation_id, "interview", date(2026, 11, 20))
    ]


def test_a_talk_cannot_be_held_in_the_future(talk):
    with pytest.raises(ListeningError, match=r"interview\.future"):
        held(talk, date(2026, 11, 25))


def guided(cluster) -> Interview:
    talk = InterviewFactory(study=InterviewStudyFactory(cluster=cluster), transcript=TEXT)
    services.save_notes(interview=talk, fields={"q-topics": ["market_access"]}, edition=1)
    return fresh(talk)


def test_needs_in_the_notes_to_the_guide_go_on_record_when_the_talk_is_held(cluster):
    talk = held(guided(cluster))

    assert list(Need.objects.values_list("organisation", "topic__code", "source", "recorded_on")) == [
        (talk.organisation_id, "market_access", "interview", TODAY)
    ]


def test_notes_taken_anew_leave_the_needs_of_passages_alone(cluster):
    talk = held(guided(cluster))
    need = services.need_of_passage(
        passage=marked(talk, "Uns fehlen Leute"), topic=NeedTopicFactory(cluster=cluster), statement="Leute"
    )
    services.save_notes(interview=talk, fields={"q-topics": ["none"]}, edition=talk.edition, takes_needs=True)

    assert list(Need.objects.all()) == [need]


def test_notes_from_an_older_tab_are_refused(cluster):
    talk = guided(cluster)

    with pytest.raises(ListeningError, match=r"interview\.notes_changed_meanwhile"):
        services.save_notes(interview=talk, fields={}, edition=1)


def test_notes_are_kept_as_typed_even_where_they_cannot_be_read(cluster):
    talk = guided(cluster)
    services.save_notes(interview=talk, fields={"q-topics": ["strange"]}, edition=talk.edition)

    assert fresh(talk).fields == {"q-topics": ["strange"]}


def test_a_talk_with_notes_that_cannot_be_read_is_not_closed_silently(cluster):
    talk = guided(cluster)
    services.save_notes(interview=talk, fields={"q-topics": ["strange"]}, edition=talk.edition)

    with pytest.raises(ListeningError, match=r"interview\.notes_faulty"):
        held(fresh(talk))


def test_a_talk_not_held_after_all_leaves_no_hearing_and_no_untouched_need(cluster):
    talk = held(guided(cluster))
    services.take_back_held(interview=talk, expected_version=talk.version)

    assert (Hearing.objects.count(), Need.objects.count(), fresh(talk).state) == (0, 0, "open")


def test_talks_are_counted_by_who_held_them(cluster, manager):
    for day in (20, 22):
        InterviewFactory(
            study__cluster=cluster, state="held", held_on=date(2026, 11, day), interviewer=manager
        )
    InterviewFactory(study__cluster=cluster, state="held", held_on=date(2026, 11, 21))
    InterviewFactory(study__cluster=cluster, state="held", held_on=date(2026, 11, 30), interviewer=manager)
    InterviewFactory(state="held", held_on=date(2026, 11, 21))

    assert [(each.interviewer, each.held, each.last) for each in talks_held(cluster, TODAY)] == [
        (manager, 2, date(2026, 11, 22)),
        (None, 1, date(2026, 11, 21)),
    ]


# Transcripts and passages


def stored(talk: Interview, text: str):
    return services.store_transcript(interview=talk, expected_version=talk.version, text=text)


def test_a_passage_moves_with_its_words(talk):
    passage = marked(talk, "Niederländisch")
    result = stored(talk, "Vorweg. " + TEXT)
    passage.refresh_from_db()

    assert (result.lost, Span(passage.start, passage.end).of(result.interview.transcript)) == (
        0,
        "Niederländisch",
    )


def test_a_passage_whose_words_went_is_flagged_and_kept(talk):
    passage = marked(talk, "Niederländisch")
    result = stored(talk, "Etwas ganz anderes.")
    passage.refresh_from_db()

    assert (result.lost, passage.is_lost, passage.quote) == (1, True, "Niederländisch")


def test_a_passage_whose_words_come_back_is_found_again(talk):
    passage = marked(talk, "Niederländisch")
    stored(fresh(talk), "")
    stored(fresh(talk), TEXT)
    passage.refresh_from_db()

    assert (passage.is_lost, passage.start) == (False, TEXT.index("Niederländisch"))


def test_the_second_of_two_writers_of_a_transcript_is_told(talk):
    stored(talk, "One")

    with pytest.raises(EditConflict):
        stored(talk, "Two")


def test_a_passage_marked_while_the_transcript_changed_is_put_where_its_words_are(talk):
    stored(fresh(talk), "Vorweg. " + TEXT)
    passage = marked(talk, "Niederländisch")

    assert passage.start == TEXT.index("Niederländisch") + len("Vorweg. ")


def test_words_that_are_not_there_cannot_be_marked(talk):
    with pytest.raises(ListeningError, match=r"interview\.words_not_found"):
        services.mark_passage(interview=talk, span=Span(0, 5), quote="Spanisch")


def test_spaces_at_the_ends_of_a_passage_are_left_out(talk):
    start = TEXT.index(" Uns")
    passage = services.mark_passage(interview=talk, span=Span(start, start + 5), quote=" Uns ")

    assert passage.quote == "Uns"


def test_a_need_of_a_passage_tells_where_when_and_by_whom_it_was_said(talk):
    talk = held(talk, date(2026, 11, 20))
    topic = NeedTopicFactory(cluster=talk.cluster)
    passage = marked(talk, "Uns fehlen Leute")
    need = services.need_of_passage(passage=passage, topic=topic, statement="People", country="NL", urgency=3)

    assert (need.organisation, need.source, need.recorded_on, need.reference) == (
        talk.organisation,
        "interview",
        date(2026, 11, 20),
        f"interview:{talk.pk}:p{passage.pk}",
    )


def test_a_passage_tells_one_need(talk):
    passage = marked(talk, "Uns fehlen Leute")
    topic = NeedTopicFactory(cluster=talk.cluster)
    services.need_of_passage(passage=passage, topic=topic, statement="People")

    with pytest.raises(ListeningError, match=r"interview\.passage_has_need"):
        services.need_of_passage(passage=passage, topic=topic, statement="People")


def test_a_need_untied_from_its_passage_stays_and_the_passage_can_tell_another(talk):
    passage = marked(talk, "Uns fehlen Leute")
    topic = NeedTopicFactory(cluster=talk.cluster)
    services.need_of_passage(passage=passage, topic=topic, statement="First")
    services.unlink_need(passage=passage)
    services.need_of_passage(passage=passage, topic=topic, statement="Second")

    assert sorted(Need.objects.values_list("statement", "reference")) == [
        ("First", ""),
        ("Second", f"interview:{talk.pk}:p{passage.pk}"),
    ]


def test_a_need_deleted_and_brought_back_is_tied_to_its_passage_again(talk):
    passage = marked(talk, "Uns fehlen Leute")
    topic = NeedTopicFactory(cluster=talk.cluster)
    need = services.need_of_passage(passage=passage, topic=topic, statement="People")
    restore(delete_need(need=need))
    passage.refresh_from_db()
    services.need_of_passage(passage=passage, topic=topic, statement="People")

    assert list(Need.objects.values_list("passage", flat=True)) == [passage.pk]


def test_a_marking_taken_off_leaves_words_and_need(talk):
    passage = marked(talk, "Uns fehlen Leute")
    services.need_of_passage(
        passage=passage, topic=NeedTopicFactory(cluster=talk.cluster), statement="People"
    )
    services.delete_passage(passage=passage)

    assert (Need.objects.get().statement, fresh(talk).transcript, Passage.objects.count()) == (
        "People",
        TEXT,
        0,
    )


def test_the_audit_trail_tells_nothing_of_what_was_said(talk):
    held(fresh(stored(talk, "GEHEIM im Text").interview))
    services.mark_passage(interview=fresh(talk), span=Span(0, 6), quote="GEHEIM", comment="GEHEIM")

    assert [
        entry for entry in LogEntry.objects.all() if "GEHEIM" in f"{entry.changes}{entry.object_repr}"
    ] == []
