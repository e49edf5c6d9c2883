"""Casting a vote: once for each organisation, whatever is pressed twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kontor.votes import services
from kontor.votes.choices import Choice
from kontor.votes.models import Ballot, BallotKey, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.sealing import unsealed
from kontor.votes.services.casting import ballot_paper
from tests.votes.factories import ElectorFactory, cast, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(cluster) -> Vote:
    """Return a vote under way, by ticks."""
    return running(cluster)


@pytest.fixture
def elector(vote) -> Elector:
    """Return an organisation that has not voted."""
    return ElectorFactory(vote=vote)


def refusal(elector, *ranks, abstains=False) -> str:
    with pytest.raises(VoteError) as caught:
        cast(elector, *ranks, abstains=abstains)
    return caught.value.code


def in_the_box(vote) -> list[object]:
    """Return what the ballots say: places in the order of the options, or "abstains"."""
    options, key = ballot_paper(vote), BallotKey.objects.get(vote=vote)
    found = [unsealed(each.sealed, options, key) for each in Ballot.objects.filter(vote=vote)]
    return ["abstains" if choice.abstains else [choice.ranks.get(o, 0) for o in options] for choice in found]


def test_a_vote_puts_a_ballot_into_the_box_and_marks_the_organisation(vote, elector):
    cast(elector, 1, 0, 1)
    elector.refresh_from_db()

    assert (in_the_box(vote), elector.has_voted) == ([[1, 0, 1]], True)


def test_a_second_vote_of_the_organisation_is_told_and_changes_nothing(vote, elector):
    cast(elector, 1, 0, 0)

    assert (refusal(elector, 0, 1, 0), in_the_box(vote)) == ("vote.cast_already", [[1, 0, 0]])


def test_an_abstention_is_a_vote(vote, elector):
    cast(elector, abstains=True)

    assert in_the_box(vote) == ["abstains"]


def test_approving_of_nothing_is_a_vote(vote, elector):
    cast(elector)

    assert in_the_box(vote) == [[0, 0, 0]]


def test_places_close_up_and_ties_and_unranked_stay(vote, elector):
    Vote.objects.update(method="ranked")
    cast(elector, 3, 0, 3)

    assert in_the_box(vote) == [[1, 0, 1]]


@pytest.mark.parametrize(
    ("ranks", "abstains", "code"),
    [((0, 0, 0), False, "vote.nothing_ranked"), ((1,), True, "vote.abstains_and_chooses")],
)
def test_a_ranking_that_says_nothing_or_two_things_is_refused(vote, elector, ranks, abstains, code):
    Vote.objects.update(method="ranked")

    assert (refusal(elector, *ranks, abstains=abstains), in_the_box(vote)) == (code, [])


@pytest.mark.parametrize("rank", [-1, 0])
def test_a_place_that_is_none_is_refused(vote, elector, rank):
    choice = Choice({ballot_paper(vote)[0]: rank})
    with pytest.raises(VoteError, match=r"vote\.option_unknown"):
        services.cast(elector=elector, choice=choice, now=timezone.now())


def test_an_option_of_another_vote_is_refused_and_the_organisation_may_still_vote(vote, elector):
    foreign = ballot_paper(running())[0]
    with pytest.raises(VoteError, match=r"vote\.option_unknown"):
        services.cast(elector=elector, choice=Choice({foreign: 1}), now=timezone.now())
    cast(elector, 1)

    assert in_the_box(vote) == [[1, 0, 0]]


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_a_vote_that_is_not_open_takes_no_ballot(vote, elector, state):
    Vote.objects.update(state=state)

    assert (refusal(elector, 1), Ballot.objects.count()) == ("vote.not_open", 0)


def test_from_its_closing_moment_on_a_vote_takes_no_ballot(vote, elector):
    choice = Choice(abstains=True)
    with pytest.raises(VoteError, match=r"vote\.not_open"):
        services.cast(elector=elector, choice=choice, now=vote.closes_at)
    services.cast(elector=elector, choice=choice, now=vote.closes_at - timedelta(microseconds=1))

    assert in_the_box(vote) == ["abstains"]


def test_a_contact_who_was_exchanged_meanwhile_cannot_vote(vote, elector):
    Elector.objects.update(email="other@example.org")

    assert (refusal(elector, 1), Elector.objects.get().has_voted) == ("vote.link_withdrawn", False)


def test_without_the_key_nobody_is_marked_as_having_voted(vote, elector):
    BallotKey.objects.all().delete()

    assert (refusal(elector, 1), Elector.objects.get().has_voted) == ("vote.key_lost", False)
