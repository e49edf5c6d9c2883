"""A vote ends: by hand, by its date, or cancelled; and what the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.accounts.services import EditConflict
from kontor.jobs.models import Job
from kontor.jobs.periodic import tend_rooms
from kontor.votes import queries, services
from kontor.votes.models import Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.services.links import DAYS_AFTER_CLOSING, links_for
from kontor.votes.services.tending import tend_votes
from tests.factories import PersonFactory
from tests.votes.factories import ElectorFactory, running, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(cluster) -> Vote:
    """Return a vote under way."""
    return running(cluster)


def ended(vote, **ago) -> Vote:
    """Let the closing date of a vote lie so far back."""
    vote.closes_at = timezone.now() - timedelta(**ago)
    vote.save(update_fields=["closes_at"])
    return vote


def code(call, **arguments) -> str:
    with pytest.raises(VoteError) as caught:
        call(**arguments)
    return caught.value.code


def test_closing_by_hand_counts_and_says_that_it_was_early(vote):
    voted(vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    now = timezone.now()
    found = services.close_vote(vote=vote, now=now)
    vote.refresh_from_db()

    assert (vote.state, vote.closed_at, found.voted, found.closed_at < found.announced) == (
        "closed",
        now,
        3,
        True,
    )


def test_the_clock_closes_a_vote_as_of_its_date(vote):
    voted(vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    ended(vote, minutes=5)
    tend_rooms()
    vote.refresh_from_db()

    assert (vote.state, vote.closed_at) == ("closed", vote.closes_at)


def test_a_page_closes_a_vote_whose_date_has_passed(manager_client, vote):
    ended(vote, minutes=5)
    manager_client.get(f"/nord/votes/{vote.pk}/")
    vote.refresh_from_db()

    assert vote.state == "closed"


def test_a_vote_is_not_closed_before_its_date(vote):
    tend_votes(now=vote.closes_at - timedelta(seconds=1))
    vote.refresh_from_db()

    assert vote.state == "open"


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled"])
def test_only_an_open_vote_is_closed_extended_or_cancelled(vote, state):
    Vote.objects.update(state=state)
    now = timezone.now()
    later = vote.closes_at + timedelta(days=1)

    assert [
        code(services.close_vote, vote=vote, now=now),
        code(services.extend_vote, vote=vote, expected_version=1, closes_at=later, now=now),
        code(services.cancel_vote, vote=vote, reason="Why", now=now),
    ] == ["vote.not_open"] * 3


def test_a_closed_vote_keeps_its_result(vote):
    voted(vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    first = services.close_vote(vote=vote, now=timezone.now())
    code(services.close_vote, vote=vote, now=timezone.now())
    tend_votes(now=timezone.now() + timedelta(days=90))

    assert queries.result(Vote.objects.get()) == first


def test_extending_moves_the_date_and_the_links(vote):
    elector = ElectorFactory(vote=vote)
    links_for(vote, [elector])
    later = vote.closes_at + timedelta(days=9)
    services.extend_vote(vote=vote, expected_version=vote.version, closes_at=later, now=timezone.now())

    assert Vote.objects.get().closes_at == later
    assert TaskLink.objects.get().expires_at == later + timedelta(days=DAYS_AFTER_CLOSING)


def test_a_vote_is_never_shortened(vote):
    sooner = vote.closes_at - timedelta(seconds=1)
    problem = code(
        services.extend_vote, vote=vote, expected_version=vote.version, closes_at=sooner, now=timezone.now()
    )

    assert problem == "vote.only_later"


def test_the_second_who_extends_is_told(vote):
    now = timezone.now()
    day = timedelta(days=1)
    services.extend_vote(vote=vote, expected_version=1, closes_at=vote.closes_at + day, now=now)
    with pytest.raises(EditConflict):
        services.extend_vote(vote=vote, expected_version=1, closes_at=vote.closes_at + 2 * day, now=now)

    assert Vote.objects.get().closes_at == vote.closes_at + day


def test_a_vote_past_its_date_is_not_extended(vote):
    ended(vote, seconds=1)
    later = timezone.now() + timedelta(days=1)

    assert (
        code(services.extend_vote, vote=vote, expected_version=1, closes_at=later, now=timezone.now())
        == "vote.not_open"
    )


def test_cancelling_needs_a_reason(vote):
    assert code(services.cancel_vote, vote=vote, reason=" ", now=timezone.now()) == "vote.reason_needed"


def test_a_vote_is_held_again_with_the_same_options_and_roll(vote):
    voted(vote, (1, 0, 0), (0, 1, 0), (0, 0, 1))
    services.close_vote(vote=vote, now=timezone.now())
    vote.refresh_from_db()
    again = services.repeat_vote(vote=vote, closes_at=timezone.now() + timedelta(days=7))

    assert [each.reference for each in again.options.all()] == [e.reference for e in vote.options.all()]
    assert (again.state, again.electors.count(), again.electors.filter(has_voted=True).count()) == (
        "draft",
        3,
        0,
    )


def test_a_run_off_is_between_those_on_the_first_place(vote):
    voted(vote, (1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1))
    services.close_vote(vote=vote, now=timezone.now())
    vote.refresh_from_db()
    again = services.repeat_vote(vote=vote, closes_at=timezone.now() + timedelta(days=7), only_first=True)

    assert [e.reference for e in again.options.all()] == [e.reference for e in vote.options.all()][:2]


def test_an_open_vote_is_not_held_again(vote):
    assert code(services.repeat_vote, vote=vote, closes_at=vote.closes_at) == "vote.not_over"


def test_the_clock_tries_mails_again_that_were_left(vote):
    ElectorFactory(vote=vote, mail="waiting", invited_at=None)
    tend_votes(now=timezone.now())
    tend_votes(now=timezone.now())

    assert Job.objects.count() == 1


def test_a_server_that_refuses_the_mail_itself_is_not_asked_again(vote):
    ElectorFactory(vote=vote, mail="waiting", invited_at=None)
    tend_votes(now=timezone.now())
    Job.objects.update(state="failed", error_code="vote.mail_refused")
    tend_votes(now=timezone.now() + timedelta(hours=1))

    assert Job.objects.count() == 1


def test_a_person_taken_out_of_the_directory_is_forgotten(vote):
    person = PersonFactory(organisation__cluster=vote.cluster)
    row = ElectorFactory(vote=vote, organisation=person.organisation, person=person, is_typed=False)
    links_for(vote, [row])
    person.delete()
    tend_votes(now=timezone.now())
    row.refresh_from_db()

    assert (row.name, row.email, row.organisation_name, TaskLink.objects.count()) == (
        "",
        "",
        person.organisation.name,
        0,
    )


def test_names_and_addresses_are_forgotten_when_the_links_are_over(vote):
    voted(vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    services.close_vote(vote=vote, now=timezone.now())
    days = timedelta(days=DAYS_AFTER_CLOSING)
    tend_votes(now=vote.closes_at + days - timedelta(seconds=1))
    before = Elector.objects.exclude(email="").count()
    tend_votes(now=vote.closes_at + days)

    assert (before, Elector.objects.exclude(email="").count(), Elector.objects.count()) == (3, 0, 3)
