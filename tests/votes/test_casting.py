"""Casting a vote: once for each organisation, whatever is pressed twice."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kontor.votes import services
from kontor.votes.choices import Choice
from kontor.votes.models import Ballot, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.sealing import unsealed
from kontor.votes.services.casting import ballot_paper
from tests.votes.factories import ElectorFactory, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(cluster) -> Vote:
    return running(cluster)


@pytest.fixture
def elector(vote) -> Elector:
    return ElectorFactory(vote=vote)


def cast(elector, *ranks, abstains=False):
    """Cast a vote that gives the options these places, 0 for none."""
    options = ballot_paper(elector.vote)
    chosen = {option: rank for option, rank in zip(options, ranks, strict=False) if rank}
    services.cast(elector=elector, choice=Choice(chosen, abstains), now=timezone.now())


def refusal(*args, **kwargs) -> str:
    with pytest.raises(VoteError) as caught:
        cast(*args, **kwargs)
    return caught.value.code


def in_the_box(vote) -> list[list[int]]:
    options = ballot_paper(vote)
    found = [unsealed(each.sealed, options, vote.key) for each in Ballot.objects.filter(vote=vote)]
    return [[0 if choice.abstains else choice.ranks.get(each, 0) for each in options] for choice in found]


def test_a_vote_puts_a_ballot_into_the_box_and_marks_the_organisation(vote, elector):
    cast(elector, 1, 0, 1)
    elector.refresh_from_db()

    assert (in_the_box(vote), elector.has_voted) == ([[1, 0, 1]], True)


def test_a_second_vote_of_the_organisation_is_told_and_changes_nothing(vote, elector):
    cast(elector, 1, 0, 0)

    assert (refusal(elector, 0, 1, 0), in_the_box(vote)) == ("vote.cast_already", [[1, 0, 0]])
