"""Invitations and reminders over a real mail server: each once, interrupted or not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.utils import timezone

from kontor.actors.models import Person
from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.jobs.worker import run_waiting
from kontor.listening.models import Invitee, Survey
from kontor.listening.problems import ListeningError
from kontor.listening.services import surveys
from kontor.listening.services.surveys.sending import INVITATIONS, REMINDERS
from tests import smtp
from tests.factories import InviteeFactory, SurveyFactory
from tests.listening.answering import TICKED, agreed, link_of, member, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings):
    """Return the mailbox of a real SMTP server to which the mails go."""
    with smtp.running() as (mailbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield mailbox


def asked(survey, number=1, **fields):
    """Return people who are invited and not written to yet."""
    made = [InviteeFactory(survey=survey, state="waiting", **fields) for _ in range(number)]
    Person.objects.update(consent_on=date(2026, 1, 5))
    return made


def deliver(survey, what=INVITATIONS, since=None):
    return surveys.send_mails(
        survey=survey, what=what, since=since or timezone.now(), progress=Progress.silent()
    )


def addressees(mailbox):
    return sorted(str(mail["To"]) for mail in mailbox.mails)


def test_opening_freezes_the_questions_and_invites_who_agreed(cluster):
    first, second = member(cluster), member(cluster)
    Person.objects.filter(organisation=second).update(consent_on=None)
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None)
    surveys.open_survey(survey=survey, user=None, now=timezone.now())
    survey.refresh_from_db()

    assert (survey.state, survey.version_asked.number, [i.organisation for i in survey.invitees.all()]) == (
        "running",
        1,
        [first],
    )


@pytest.mark.parametrize(("one_per", "invited"), [("organisation", 1), ("person", 2)])
def test_one_contact_or_all_are_invited(cluster, one_per, invited):
    agreed(member(cluster))
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None, one_per=one_per)

    assert surveys.open_survey(survey=survey, user=None, now=timezone.now()) == invited


def test_one_mailbox_gets_one_invitation(cluster):
    for _ in range(2):
        Person.objects.filter(organisation=member(cluster)).update(email="Same@example.org")
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None)

    assert surveys.open_survey(survey=survey, user=None, now=timezone.now()) == 1


def test_a_survey_without_anybody_to_ask_is_not_opened(cluster):
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None)
    with pytest.raises(ListeningError, match=r"survey\.nobody"):
        surveys.open_survey(survey=survey, user=None, now=timezone.now())

    assert Survey.objects.get().state == "draft"


def test_the_job_sends_to_each_and_marks_it(cluster, post):
    survey = running(cluster)
    people = asked(survey, 3)
    surveys.start_sending(survey=survey, what=INVITATIONS)
    run_waiting()

    states = {each.state for each in Invitee.objects.all()}
    assert (addressees(post), states, Job.objects.get().result) == (
        sorted(each.email for each in people),
        {"sent"},
        {"accepted": 3, "refused": 0},
    )


def test_the_link_in_the_mail_opens_the_survey(client, cluster, post):
    [invitee] = asked(running(cluster))
    deliver(invitee.survey)

    assert client.get(post.last_link(invitee.email)).status_code == 200


def test_a_mail_carries_what_mail_programs_and_bounces_need(cluster, post, settings):
    settings.BOUNCE_ADDRESS = "bounces@kontor.example"
    [invitee] = asked(running(cluster))
    deliver(invitee.survey)
    mail = post.mails[0]
    token = post.last_link(invitee.email).rstrip("/").rsplit("/", 1)[1]
    marks = [mail["X-Kontor-Invitation"], mail["Message-ID"]]

    assert (
        "/decline/" in mail["List-Unsubscribe"],
        [token in mark for mark in marks],
        marks[0] in mail["Message-ID"],
    ) == (True, [False, False], True)


def test_each_is_written_to_in_the_own_language(cluster, post):
    survey = running(cluster)
    [german] = asked(survey, language="de")
    [english] = asked(survey, language="en")
    deliver(survey)

    lines = [post.last_text(each.email).splitlines()[0].split()[0] for each in (german, english)]
    assert lines == ["Guten", "Dear"]


def test_a_refused_address_is_noted_and_the_others_go_on(cluster, post):
    survey = running(cluster)
    wrong, right = asked(survey, 2)
    post.refuses.add(wrong.email)
    deliver(survey)
    wrong.refresh_from_db()

    assert (wrong.state, wrong.bounce_reason, addressees(post)) == (
        "bounced",
        "550 no such box",
        [right.email],
    )


def test_a_server_that_refuses_everybody_bounces_nobody(cluster, post):
    survey = running(cluster)
    people = asked(survey, 12)
    post.refuses.update(each.email for each in people)
    with pytest.raises(ListeningError, match=r"survey\.mail_refused"):
        deliver(survey)

    assert {each.state for each in Invitee.objects.all()} == {"waiting"}


def test_an_interrupted_run_goes_on_and_sends_nothing_twice(cluster, post, monkeypatch):
    survey = running(cluster)
    people = asked(survey, 4)
    take, seen = post.handle_DATA, []

    async def break_down(server, session, envelope):
        seen.append(envelope.rcpt_tos)
        return "421 closing" if len(seen) == 3 else await take(server, session, envelope)

    monkeypatch.setattr(post, "handle_DATA", break_down)
    with pytest.raises(OSError, match="421"):
        deliver(survey)
    between = Invitee.objects.filter(state="sent").count()
    deliver(survey)

    assert (between, addressees(post)) == (2, sorted(each.email for each in people))


def test_a_server_that_is_down_loses_nothing_and_the_job_is_tried_again(cluster, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    survey = running(cluster)
    asked(survey, 2)
    surveys.start_sending(survey=survey, what=INVITATIONS)
    run_waiting()

    job = Job.objects.get()
    assert (job.state, job.tries, Invitee.objects.filter(state="waiting").count()) == ("waiting", 1, 2)


def test_two_presses_start_one_job(cluster):
    survey = running(cluster)
    first, second = (surveys.start_sending(survey=survey, what=INVITATIONS) for _ in range(2))

    assert first.pk == second.pk


def test_nobody_is_written_to_who_has_withdrawn_the_consent(cluster, post):
    survey = running(cluster)
    gone, here = asked(survey, 2)
    Person.objects.filter(pk=gone.person_id).update(consent_withdrawn_on=date(2026, 2, 2))
    deliver(survey)

    assert addressees(post) == [here.email]


def reminded(cluster, post):
    """Return the addresses that a reminder reaches among people in every state."""
    survey = running(cluster)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    for state, answered in (("sent", False), ("sent", True), ("declined", False), ("bounced", False)):
        InviteeFactory(survey=survey, state=state, is_answered=answered, sent_at=an_hour_ago)
    Person.objects.update(consent_on=date(2026, 1, 5))
    return survey


def test_reminders_go_only_to_those_who_have_not_answered_declined_or_bounced(cluster, post):
    survey = reminded(cluster, post)
    deliver(survey, REMINDERS)
    silent = Invitee.objects.get(state="sent", is_answered=False)

    assert (addressees(post), silent.reminders) == ([silent.email], 1)


def test_a_reminder_job_called_again_reminds_nobody_twice(cluster, post):
    survey, since = reminded(cluster, post), timezone.now()
    for _ in range(2):
        deliver(survey, REMINDERS, since)

    assert len(post.mails) == 1


def test_a_reminder_carries_the_link_of_the_invitation(cluster, post):
    [invitee] = asked(running(cluster))
    deliver(invitee.survey)
    first = post.last_link(invitee.email)
    deliver(invitee.survey, REMINDERS)

    assert post.last_link(invitee.email) == first


def test_an_anonymous_reminder_carries_a_further_link_that_works(client, cluster, post):
    [invitee] = asked(running(cluster, is_anonymous=True))
    deliver(invitee.survey)
    first = post.last_link(invitee.email)
    deliver(invitee.survey, REMINDERS)
    second = post.last_link(invitee.email)

    assert (first != second, client.get(first).status_code, client.get(second).status_code) == (
        True,
        200,
        200,
    )


def test_a_colleague_of_one_who_answered_is_not_reminded(client, cluster, post):
    survey = reminded(cluster, post)
    silent = Invitee.objects.get(state="sent", is_answered=False)
    client.post(
        link_of(InviteeFactory(survey=survey, organisation=silent.organisation)), {"send": 1, **TICKED}
    )
    with pytest.raises(ListeningError, match=r"survey\.nobody_to_remind"):
        surveys.remind(survey=survey, now=timezone.now())


def test_a_scheduled_reminder_goes_out_once(cluster, post):
    survey = reminded(cluster, post)
    Survey.objects.update(remind_at=timezone.now() - timedelta(minutes=1))
    for _ in range(2):
        surveys.tend_surveys(now=timezone.now())
        run_waiting()

    assert (len(post.mails), Survey.objects.get(pk=survey.pk).remind_at) == (1, None)


def test_a_survey_closes_by_itself_as_of_its_date(cluster):
    survey = running(cluster)
    with time_machine.travel(survey.closes_at + timedelta(hours=5), tick=False):
        surveys.tend_surveys(now=timezone.now())
        surveys.tend_surveys(now=timezone.now())
    survey.refresh_from_db()

    assert (survey.state, survey.closed_at, survey.version) == ("closed", survey.closes_at, 2)


def test_another_contact_gets_a_link_and_the_first_opens_nothing(client, cluster):
    [invitee] = asked(running(cluster))
    first = link_of(invitee)
    other = agreed(invitee.organisation)
    surveys.change_contact(invitee=invitee, person=other)
    invitee.refresh_from_db()

    assert (client.get(first).status_code, client.get(link_of(invitee)).status_code, invitee.email) == (
        404,
        200,
        other.email,
    )


def test_the_text_of_the_cluster_is_filled_for_the_reader(cluster, post):
    survey = running(cluster)
    survey.message = {"en": "To {organisation}: {link} {{odd}}"}
    survey.subject = {"en": "{name}\r\nBcc: x@example.org"}
    survey.save()
    survey.refresh_from_db()
    [invitee] = asked(survey)
    deliver(survey)
    mail = post.mails[0]

    assert (
        f"To {invitee.organisation.name}: http" in mail.get_content(),
        mail["Subject"],
        mail["Bcc"],
    ) == (True, f"{invitee.person} Bcc: x@example.org", None)


def test_a_lost_connection_is_no_refusal():
    assert not hasattr(SMTPServerDisconnected("away"), "code")


def test_every_mail_offers_to_decline(cluster, post):
    [invitee] = asked(running(cluster))
    deliver(invitee.survey)

    assert len(re.findall(r"/decline/", post.last_text(invitee.email))) == 1
