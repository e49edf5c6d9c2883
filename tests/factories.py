"""Factories of the house: complete, valid objects with as few words as a test needs."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kontor.accounts.models import Cluster, Invitation, Role, RoleKind, TaskLink, User
from kontor.actors.models import (
    Competence,
    ImportBatch,
    JointProject,
    Membership,
    Organisation,
    OrganisationCompetence,
    Participation,
    Person,
    Site,
    Tie,
)
from kontor.goals.models import Goal
from kontor.needs.models import Need, NeedKind, NeedTopic
from kontor.strategy.models import Concept, SectionText

PASSWORD = "ein langes Geheimwort"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"


class ClusterFactory(DjangoModelFactory):
    class Meta:
        model = Cluster

    slug = factory.Sequence(lambda n: f"cluster-{n}")
    name = factory.Sequence(lambda n: f"Cluster {n}")
    country = "DE"
    regions = ["DEF"]
    requires_second_factor = False


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    cluster = factory.SubFactory(ClusterFactory)
    user = factory.SubFactory(UserFactory)
    kind = RoleKind.MANAGER


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Sensorwerk {n} GmbH")
    kind = "sme"
    country = "DE"
    region = "DEF02"
    city = "Kiel"
    search_key = factory.LazyAttribute(lambda o: f"{o.name} {o.city}".casefold())


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    cluster = factory.SelfAttribute("organisation.cluster")
    valid_from = date(2022, 1, 1)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    organisation = factory.SubFactory(OrganisationFactory)
    cluster = factory.SelfAttribute("organisation.cluster")
    given_name = "Jördis"
    family_name = factory.Sequence(lambda n: f"Größmann {n}")
    email = factory.Sequence(lambda n: f"kontakt{n}@example.org")


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = Competence

    cluster = factory.SubFactory(ClusterFactory)
    code = factory.Sequence(lambda n: f"own.{n}")
    name = factory.Sequence(lambda n: f"Competence {n}")


class OrganisationCompetenceFactory(DjangoModelFactory):
    class Meta:
        model = OrganisationCompetence

    organisation = factory.SubFactory(OrganisationFactory)
    competence = factory.SubFactory(
        CompetenceFactory, cluster=factory.SelfAttribute("..organisation.cluster")
    )
    level = 3


class JointProjectFactory(DjangoModelFactory):
    class Meta:
        model = JointProject

    cluster = factory.SubFactory(ClusterFactory)
    acronym = factory.Sequence(lambda n: f"PROJECT{n}")
    start = date(2023, 1, 1)
    end = date(2025, 12, 31)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    project = factory.SubFactory(JointProjectFactory)
    cluster = factory.SelfAttribute("project.cluster")
    organisation = factory.SubFactory(OrganisationFactory, cluster=factory.SelfAttribute("..project.cluster"))


class TieFactory(DjangoModelFactory):
    class Meta:
        model = Tie

    organisation = factory.SubFactory(OrganisationFactory)
    cluster = factory.SelfAttribute("organisation.cluster")
    partner = factory.SubFactory(
        OrganisationFactory,
        cluster=factory.SelfAttribute("..organisation.cluster"),
        country="NL",
        region="NL41",
    )


class NeedTopicFactory(DjangoModelFactory):
    class Meta:
        model = NeedTopic

    cluster = factory.SubFactory(ClusterFactory)
    code = factory.Sequence(lambda n: f"topic-{n}")
    kind = NeedKind.MARKET
    name = factory.Sequence(lambda n: f"Topic {n}")


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = Need

    organisation = factory.SubFactory(OrganisationFactory)
    cluster = factory.SelfAttribute("organisation.cluster")
    topic = factory.SubFactory(NeedTopicFactory, cluster=factory.SelfAttribute("..cluster"))
    kind = factory.SelfAttribute("topic.kind")
    statement = factory.Sequence(lambda n: f"We look for a test field abroad, number {n}.")
    recorded_on = date(2026, 5, 4)


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    cluster = factory.SubFactory(ClusterFactory)
    family = "networking"
    title = factory.Sequence(lambda n: f"Goal {n}")


class ConceptFactory(DjangoModelFactory):
    class Meta:
        model = Concept

    cluster = factory.SubFactory(ClusterFactory)
    title = "Concept"


class SectionTextFactory(DjangoModelFactory):
    class Meta:
        model = SectionText

    concept = factory.SubFactory(ConceptFactory)
    cluster = factory.SelfAttribute("concept.cluster")
    section = "vision"
    language = "en"
    body = "We want to be heard."


class TaskLinkFactory(DjangoModelFactory):
    class Meta:
        model = TaskLink

    cluster = factory.SubFactory(ClusterFactory)
    purpose = "actors.confirm_profile"
    target = 1
    email = factory.Sequence(lambda n: f"link{n}@example.org")
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "sales"
    country = "NL"
    city = "Eindhoven"


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = ImportBatch

    cluster = factory.SubFactory(ClusterFactory)
    kind = "members"
    state = "done"
    file_name = "members.xlsx"


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    cluster = factory.SubFactory(ClusterFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    kind = "team"
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
