"""Factories of this room: agreements with clauses, and people who negotiate them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import factory
import pytest
from django.utils import timezone
from factory.django import DjangoModelFactory

from kontor.accounts.models import Cluster, User
from kontor.agreements import services
from kontor.agreements.models import (
    Acceptance,
    Agreement,
    Clause,
    ClauseComment,
    Negotiator,
    Side,
    Wording,
)
from kontor.agreements.problems import AgreementError
from kontor.agreements.services.links import lay_link
from kontor.agreements.speaker import Speaker, our_speaker
from tests.factories import ClusterFactory, RoleFactory

US = Speaker(Side.US, "Anna Brandt")
THEM = Speaker(Side.THEM, "Jan de Vries")
CODES = ("purpose", "own_costs", "rhythm")


class AgreementFactory(DjangoModelFactory):
    """An agreement that is being negotiated, without clauses."""

    class Meta:
        model = Agreement

    cluster = factory.SubFactory(ClusterFactory)
    kind = "cooperation_protocol"
    title = factory.Sequence(lambda n: f"Protocol {n}")
    our_name = "Nordlicht"
    counterpart = "Brainport"
    languages = factory.LazyFunction(lambda: ["de", "en"])
    state = Agreement.State.NEGOTIATING
    opened_at = factory.LazyFunction(timezone.now)


class ClauseFactory(DjangoModelFactory):
    """A clause without a wording; see WordingFactory."""

    class Meta:
        model = Clause

    agreement = factory.SubFactory(AgreementFactory)
    cluster = factory.SelfAttribute("agreement.cluster")
    position = factory.Sequence(lambda n: n + 1)
    group = "rules"
    heading = factory.Sequence(lambda n: f"Clause {n}")
    current_number = 1


class WordingFactory(DjangoModelFactory):
    """The wording that counts of a new clause."""

    class Meta:
        model = Wording

    clause = factory.SubFactory(ClauseFactory)
    number = 1
    side = Side.US
    author_name = US.name
    heading = factory.SelfAttribute("clause.heading")
    text = factory.LazyFunction(lambda: {"de": "Wir sprechen miteinander.", "en": "We talk to each other."})
    created_at = factory.LazyFunction(timezone.now)


class AcceptanceFactory(DjangoModelFactory):
    class Meta:
        model = Acceptance

    wording = factory.SubFactory(WordingFactory)
    side = Side.US
    name = US.name
    accepted_at = factory.LazyFunction(timezone.now)


class ClauseCommentFactory(DjangoModelFactory):
    class Meta:
        model = ClauseComment

    clause = factory.SubFactory(ClauseFactory)
    cluster = factory.SelfAttribute("clause.cluster")
    side = Side.US
    author_name = US.name
    text = "What do you think?"


class NegotiatorFactory(DjangoModelFactory):
    """A guest with a link; `guest_token` gives the token."""

    class Meta:
        model = Negotiator

    agreement = factory.SubFactory(AgreementFactory)
    cluster = factory.SelfAttribute("agreement.cluster")
    side = Side.THEM
    name = THEM.name
    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    language = "en"
    organisation = "Brainport"
    invited_at = factory.LazyFunction(timezone.now)


def guest_token(guest: Negotiator) -> str:
    """Return the token of a link that opens the guest's agreement."""
    return lay_link(guest)


def drafted(cluster: Cluster | None = None, user: User | None = None, **fields: object) -> Agreement:
    """Return a draft with three clauses of the catalogue and nothing left to fill in."""
    user = user or RoleFactory(**({"cluster": cluster} if cluster else {})).user
    words = {"field": {"de": "Sensorik", "en": "sensors"}, "interval": {"de": "monatlich", "en": "monthly"}}
    words["reply_time"] = {"de": "drei Tagen", "en": "three days"}
    asked = {
        "kind": "cooperation_protocol",
        "counterpart": "Brainport",
        "languages": ["de", "en"],
        "clause_codes": CODES,
        "filled_in": words,
    }
    return services.draft_agreement(
        cluster=cluster or user.roles.get().cluster, user=user, **{**asked, **fields}
    )


def negotiated(cluster: Cluster | None = None, user: User | None = None, **fields: object) -> Agreement:
    """Return an agreement of three clauses that waits for the other side."""
    agreement = drafted(cluster, user, **fields)
    speaker = our_speaker(agreement.negotiators.get().user)
    return services.open_negotiation(agreement=agreement, speaker=speaker)


def settled(cluster: Cluster | None = None, user: User | None = None, **fields: object) -> Agreement:
    """Return an agreement of three clauses that both sides have accepted."""
    agreement = negotiated(cluster, user, **fields)
    for clause in agreement.clauses.all():
        services.accept(wording=clause.wordings.get(), speaker=THEM)
    return agreement


def current(clause: Clause) -> Wording:
    """Return the wording of a clause that counts."""
    clause.refresh_from_db()
    return clause.wordings.get(number=clause.current_number)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect a refusal with this code."""
    with pytest.raises(AgreementError) as problem:
        yield
    assert problem.value.code == code
