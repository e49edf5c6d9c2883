"""Votes for tests: one that is prepared, and one under way with its key and its links."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.urls import reverse
from django.utils import timezone
from factory.django import DjangoModelFactory
from i18nfield.strings import LazyI18nString

from kontor.votes import services
from kontor.votes.choices import Choice
from kontor.votes.models import BallotKey, Elector, Vote, VoteOption
from kontor.votes.sealing import new_half
from kontor.votes.services.casting import ballot_paper
from kontor.votes.services.links import links_for
from tests.factories import ClusterFactory, OrganisationFactory


class VoteFactory(DjangoModelFactory):
    class Meta:
        model = Vote

    cluster = factory.SubFactory(ClusterFactory)
    question = factory.Sequence(
        lambda n: LazyI18nString({"de": f"Welcher Partnercluster {n}?", "en": f"Which partner cluster {n}?"})
    )
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class VoteOptionFactory(DjangoModelFactory):
    class Meta:
        model = VoteOption

    vote = factory.SubFactory(VoteFactory)
    cluster = factory.SelfAttribute("vote.cluster")
    label = factory.Sequence(lambda n: LazyI18nString({"de": f"Bewerber {n}", "en": f"Candidate {n}"}))
    reference = factory.Sequence(lambda n: f"candidate:{n}")
    position = factory.Sequence(lambda n: n)


class ElectorFactory(DjangoModelFactory):
    class Meta:
        model = Elector

    vote = factory.SubFactory(VoteFactory)
    cluster = factory.SelfAttribute("vote.cluster")
    organisation = factory.SubFactory(OrganisationFactory, cluster=factory.SelfAttribute("..vote.cluster"))
    organisation_name = factory.SelfAttribute("organisation.name")
    name = factory.Sequence(lambda n: f"Jördis Größmann {n}")
    email = factory.Sequence(lambda n: f"elector{n}@example.org")
    language = "en"
    is_typed = True
    mail = Elector.Mail.SENT
    invited_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))


def running(cluster=None, *, options: int = 3, electors: int = 0, state: str = "open", **fields) -> Vote:
    """Return a vote under way since an hour ago, with its key."""
    given = {"cluster": cluster} if cluster else {}
    opened = timezone.now() - timedelta(hours=1)
    vote: Vote = VoteFactory(state=state, opened_at=opened, **given, **fields)
    BallotKey.objects.create(vote=vote, half=new_half())
    VoteOptionFactory.create_batch(options, vote=vote)
    ElectorFactory.create_batch(electors, vote=vote)
    return vote


def link_of(elector: Elector) -> str:
    """Return the address at which an organisation votes; a new link at every call."""
    token = links_for(elector.vote, [elector])[elector.pk]
    return reverse("votes:cast", args=[elector.cluster.slug, token])


def paper(vote: Vote, *ranks: int, abstains: bool = False) -> Choice:
    """Return a choice that gives the options of a vote these places in their order, 0 for none."""
    chosen = {option: rank for option, rank in zip(ballot_paper(vote), ranks, strict=False) if rank}
    return Choice(chosen, abstains)


def cast(elector: Elector, *ranks: int, abstains: bool = False) -> None:
    """Cast the vote of an organisation."""
    services.cast(elector=elector, choice=paper(elector.vote, *ranks, abstains=abstains), now=timezone.now())


def voted(vote: Vote, *papers: tuple[int, ...]) -> None:
    """Let a new organisation vote for each paper; an empty one abstains."""
    for ranks in papers:
        cast(ElectorFactory(vote=vote), *ranks, abstains=not ranks)
