"""The links go out over a real mail server: each once, in the language of the reader, interrupted or not."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.utils import timezone

from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.jobs.worker import run_waiting
from kontor.votes import services
from kontor.votes.models import Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.services.sending import INVITATIONS, REMINDERS
from tests.votes.factories import ElectorFactory, VoteFactory, VoteOptionFactory, cast, running

pytestmark = pytest.mark.django_db


def asked(vote, number=1, **fields):
    """Return organisations that have not been written to."""
    return ElectorFactory.create_batch(number, vote=vote, mail="waiting", invited_at=None, **fields)


def deliver(vote, what=INVITATIONS, since=None):
    return services.send_mails(
        vote=vote, what=what, since=since or timezone.now(), progress=Progress.silent()
    )


def addressees(mailbox):
    return sorted(str(mail["To"]) for mail in mailbox.mails)


def test_opening_mails_a_link_to_each_and_marks_it(cluster, post):
    vote = VoteFactory(cluster=cluster)
    VoteOptionFactory.create_batch(2, vote=vote)
    electors = asked(vote, 3)
    services.open_vote(vote=vote, now=timezone.now())
    run_waiting()

    assert addressees(post) == sorted(each.email for each in electors)
    assert set(Elector.objects.values_list("mail", flat=True)) == {"sent"}
    assert (Job.objects.get().state, Job.objects.get().result) == ("done", {"accepted": 3, "refused": 0})


def test_the_link_in_the_mail_opens_the_ballot(client, cluster, post):
    [elector] = asked(running(cluster))
    deliver(elector.vote)

    assert client.get(post.last_link(elector.email)).status_code == 200


@pytest.mark.parametrize(
    ("language", "subject"),
    [("de", "Ihre Organisation hat eine Stimme:"), ("en", "Your organisation has a vote:")],
)
def test_each_reads_the_mail_in_the_own_language(cluster, post, language, subject):
    [elector] = asked(running(cluster), language=language)
    deliver(elector.vote)
    mail = post.to(elector.email)[0]
    question = elector.vote.question.data[language]

    assert mail["Subject"] == f"{subject} {question}"
    assert (question in mail.get_content(), elector.organisation_name in mail.get_content()) == (True, True)


def test_a_mail_takes_names_as_they_are(cluster, post):
    """A mail is no page: nothing in it is escaped."""
    [elector] = asked(running(cluster), name="Æsa Ð & Søn", organisation_name="Müller <&> Co.")
    deliver(elector.vote)
    text = post.to(elector.email)[0].get_content()

    assert ("Good day Æsa Ð & Søn," in text, "Müller <&> Co." in text, "&amp;" in text) == (True, True, False)


def test_nobody_gets_a_mail_twice(cluster, post):
    vote = running(cluster)
    asked(vote, 2)
    deliver(vote)
    deliver(vote)

    assert len(post.mails) == 2


def test_a_refused_address_is_noted_and_the_others_get_their_links(cluster, post):
    vote = running(cluster)
    bad, good = asked(vote, 2)
    post.refuses.add(bad.email)
    found = deliver(vote)
    bad.refresh_from_db()

    assert (found, addressees(post)) == ({"accepted": 1, "refused": 1}, [good.email])
    assert (bad.mail, bad.mail_problem) == ("failed", "550 no such box")


def test_a_server_that_is_away_leaves_all_as_it_is(cluster, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    [elector] = asked(running(cluster))
    with pytest.raises((OSError, SMTPServerDisconnected)):
        deliver(elector.vote)
    elector.refresh_from_db()

    assert (elector.mail, elector.mail_problem) == ("waiting", "")


def test_a_reminder_goes_to_those_only_who_have_not_voted(cluster, post):
    vote = running(cluster)
    done, silent, unwritten = *ElectorFactory.create_batch(2, vote=vote), *asked(vote)
    cast(done, 1)
    services.remind(vote=vote, now=timezone.now())
    run_waiting()

    assert addressees(post) == [silent.email]
    assert post.mails[0]["Subject"].startswith("The vote of your organisation is still missing:")
    assert Elector.objects.get(pk=unwritten.pk).mail == "waiting"


def test_a_reminder_carries_a_link_that_works_and_the_first_one_still_does(client, cluster, post):
    [elector] = asked(running(cluster))
    deliver(elector.vote)
    first = post.last_link(elector.email)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        deliver(elector.vote, REMINDERS)
    second = post.last_link(elector.email)

    assert first != second
    assert [client.get(link).status_code for link in (first, second)] == [200, 200]


def test_who_votes_while_reminders_go_out_gets_none(cluster, post):
    vote = running(cluster)
    first, _second = ElectorFactory.create_batch(2, vote=vote)
    since = timezone.now()
    cast(first, 1)
    deliver(vote, REMINDERS, since)

    assert len(post.mails) == 1


def test_one_reminder_is_sent_once_however_often_it_is_tried(cluster, post):
    vote = running(cluster, electors=2)
    since = timezone.now()
    deliver(vote, REMINDERS, since)
    deliver(vote, REMINDERS, since)

    assert len(post.mails) == 2


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_a_vote_that_is_over_writes_to_nobody(cluster, post, state):
    vote = running(cluster)
    asked(vote)
    services.start_sending(vote=vote, what=INVITATIONS, since=timezone.now())
    Vote.objects.update(state=state)
    run_waiting()

    assert (post.mails, Job.objects.get().state) == ([], "done")


def test_there_may_be_nobody_to_remind(cluster):
    vote = running(cluster)
    cast(ElectorFactory(vote=vote), 1)
    with pytest.raises(VoteError, match=r"vote\.nobody_to_remind"):
        services.remind(vote=vote, now=timezone.now())


def test_reminders_wait_until_the_links_are_out(cluster):
    vote = running(cluster, electors=1)
    services.start_sending(vote=vote, what=INVITATIONS, since=timezone.now())
    with pytest.raises(VoteError, match=r"vote\.still_sending"):
        services.remind(vote=vote, now=timezone.now())


def test_a_vote_past_its_date_reminds_nobody(cluster):
    vote = running(cluster, electors=1)
    with pytest.raises(VoteError, match=r"vote\.not_open"):
        services.remind(vote=vote, now=vote.closes_at)


def test_no_link_stands_in_the_database(cluster, post):
    """Only its hash does, so nobody who reads the database can vote for somebody."""
    [elector] = asked(running(cluster))
    deliver(elector.vote)
    token = re.search(r"cast/([^/]+)/", post.last_link(elector.email))[1]
    from kontor.accounts.models import TaskLink

    assert [token in str(row) for row in TaskLink.objects.values()] == [False]
