"""Many at the same moment, in real threads on a real database: each organisation counts once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.votes import services
from kontor.votes.choices import Choice
from kontor.votes.models import Ballot, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.queries import result
from kontor.votes.services.casting import ballot_paper
from tests.votes.factories import ElectorFactory, cast, link_of, running

pytestmark = pytest.mark.django_db(transaction=True)


def pressing(link: str, option: int):
    """Return what somebody does who presses "cast", and tells the status of the answer."""
    return lambda: Client().post(link, {"approve": option, "cast": 1}).status_code


@pytest.fixture
def elector() -> Elector:
    """Return an organisation that may vote."""
    return ElectorFactory(vote=running())


def test_a_double_click_counts_once(elector, at_once):
    link, option = link_of(elector), ballot_paper(elector.vote)[0]
    statuses = at_once(*[pressing(link, option)] * 6)
    [(ballots, voted)] = at_once(lambda: (Ballot.objects.count(), Elector.objects.get().has_voted))

    assert (Counter(statuses), ballots, voted) == ({302: 1, 409: 5}, 1, True)


def test_two_links_of_one_organisation_count_once(elector, at_once):
    links, options = [link_of(elector) for _ in range(3)], ballot_paper(elector.vote)
    statuses = at_once(*[pressing(link, option) for link, option in zip(links, options, strict=True)])
    [ballots] = at_once(Ballot.objects.count)

    assert (sorted(statuses), ballots) == ([302, 409, 409], 1)


def test_thirty_organisations_at_once_are_all_counted(at_once):
    vote = running()
    electors = ElectorFactory.create_batch(30, vote=vote)
    option = ballot_paper(vote)[0]
    links = [link_of(each) for each in electors]
    statuses = at_once(*[pressing(link, option) for link in links])
    at_once(lambda: services.close_vote(vote=vote, now=timezone.now()))
    [found] = at_once(lambda: result(Vote.objects.get()))

    assert (Counter(statuses), found.voted, found.options[0].votes) == ({302: 30}, 30, 30)


def test_who_votes_while_the_vote_is_closed_is_counted_or_told(at_once):
    """However close it is, each organisation told that it has voted is in the count, and nobody else."""
    vote = running(closes_at=timezone.now() + timedelta(minutes=1))
    before, late = ElectorFactory.create_batch(3, vote=vote), ElectorFactory.create_batch(10, vote=vote)
    for each in before:
        cast(each, 1)
    choice = Choice({ballot_paper(vote)[0]: 1})

    def vote_now(each: Elector) -> str:
        try:
            services.cast(elector=each, choice=choice, now=timezone.now())
        except VoteError as problem:
            return problem.code
        return "counted"

    works = [lambda each=each: vote_now(each) for each in late]
    works.insert(5, lambda: services.close_vote(vote=vote, now=timezone.now()) and "closed")
    told = Counter(at_once(*works))
    [found] = at_once(lambda: result(Vote.objects.get()))
    [marked] = at_once(Elector.objects.filter(has_voted=True).count)

    assert (found.voted, marked) == (3 + told["counted"], 3 + told["counted"])
    assert (told["closed"], told["counted"] + told["vote.not_open"]) == (1, 10)


def test_two_who_close_at_once_count_once(at_once):
    vote = running(electors=3)
    outcomes = at_once(*[lambda: services.close_vote(vote=vote, now=timezone.now()).voted] * 4)

    assert sorted(str(each) for each in outcomes) == ["0", "vote.not_open", "vote.not_open", "vote.not_open"]


def test_two_who_open_at_once_open_once(at_once):
    vote = running(electors=3, state="draft")
    outcomes = at_once(*[lambda: bool(services.open_vote(vote=vote, now=timezone.now()))] * 3)

    assert sorted(str(each) for each in outcomes) == [
        "True",
        "vote.not_in_preparation",
        "vote.not_in_preparation",
    ]


def test_a_contact_exchanged_while_the_old_one_votes_leaves_one_vote(elector, at_once):
    """The old contact was in time and stays, or the new one has the vote and the old links are gone."""
    link, option = link_of(elector), ballot_paper(elector.vote)[0]

    def exchange():
        services.change_contact(elector=elector, email="new@example.org")
        return "exchanged"

    outcomes = [str(each) for each in at_once(pressing(link, option), exchange)]
    [(ballots, links)] = at_once(lambda: (Ballot.objects.count(), TaskLink.objects.count()))

    assert (outcomes, ballots, links) in (
        (["302", "vote.has_voted"], 1, 1),
        (["410", "exchanged"], 0, 0),
        (["404", "exchanged"], 0, 0),
    )
