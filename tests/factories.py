"""Factories of the house: complete, valid objects with as few words as a test needs."""

from __future__ import annotations

import uuid
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
from kontor.listening.models import (
    AnswerDraft,
    Board,
    BoardGroup,
    BoardParticipant,
    BoardPoint,
    CallAttempt,
    CallCampaign,
    CallTarget,
    Idea,
    Interview,
    InterviewStudy,
    Invitee,
    Passage,
    Survey,
    SurveyResponse,
)
from kontor.needs.models import Expectation, Hearing, Need, NeedKind, NeedTopic
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Section
from kontor.questionnaires.models import Questionnaire, QuestionnaireVersion
from kontor.questionnaires.stored import fingerprint, from_json, to_json
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


def small_definition() -> Definition:
    """Return a sound questionnaire of two questions in two languages."""
    options = (
        Option("market_access", {"de": "Märkte", "en": "Markets"}),
        Option("skilled_staff", {"de": "Fachkräfte", "en": "Staff"}),
        Option("none", {"de": "Nichts davon", "en": "None of these"}, is_exclusive=True),
    )
    topics = Question(
        "topics",
        Kind.MULTIPLE,
        {"de": "Was brauchen Sie im Ausland?", "en": "What do you need abroad?"},
        is_required=True,
        options=options,
        meaning={"need": "topic"},
    )
    words = Question("words", Kind.TEXT, {"de": "In Ihren Worten", "en": "In your words"}, is_long=True)
    return Definition(
        title={"de": "Bedarf im Ausland", "en": "Needs abroad"},
        languages=("de", "en"),
        sections=(Section("needs", {"de": "Bedarf", "en": "Needs"}, (topics, words)),),
    )


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = Questionnaire

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Questionnaire {n}")
    draft = factory.LazyFunction(lambda: to_json(small_definition()))


class QuestionnaireVersionFactory(DjangoModelFactory):
    class Meta:
        model = QuestionnaireVersion

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    cluster = factory.SelfAttribute("questionnaire.cluster")
    number = factory.Sequence(lambda n: n + 1)
    definition = factory.SelfAttribute("questionnaire.draft")
    digest = factory.LazyAttribute(lambda o: fingerprint(from_json(o.definition)))


class SurveyFactory(DjangoModelFactory):
    """A running survey that closes in two weeks."""

    class Meta:
        model = Survey

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Survey {n}")
    questionnaire = factory.SubFactory(QuestionnaireFactory, cluster=factory.SelfAttribute("..cluster"))
    version_asked = factory.SubFactory(
        QuestionnaireVersionFactory, questionnaire=factory.SelfAttribute("..questionnaire")
    )
    state = Survey.State.RUNNING
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class InviteeFactory(DjangoModelFactory):
    class Meta:
        model = Invitee

    survey = factory.SubFactory(SurveyFactory)
    cluster = factory.SelfAttribute("survey.cluster")
    organisation = factory.SubFactory(OrganisationFactory, cluster=factory.SelfAttribute("..survey.cluster"))
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    email = factory.Sequence(lambda n: f"invitee{n}@example.org")
    language = "en"
    state = Invitee.State.SENT


class AnswerDraftFactory(DjangoModelFactory):
    class Meta:
        model = AnswerDraft

    survey = factory.SubFactory(SurveyFactory)
    cluster = factory.SelfAttribute("survey.cluster")
    key = factory.Sequence(lambda n: f"{n:064d}")
    fields = factory.LazyFunction(lambda: {"q-topics": ["market_access"]})


class SurveyResponseFactory(DjangoModelFactory):
    class Meta:
        model = SurveyResponse

    survey = factory.SubFactory(SurveyFactory)
    cluster = factory.SelfAttribute("survey.cluster")
    organisation = factory.SubFactory(OrganisationFactory, cluster=factory.SelfAttribute("..survey.cluster"))
    slot = factory.LazyAttribute(lambda o: f"o:{o.organisation.pk}" if o.organisation else uuid.uuid4().hex)
    answers = factory.LazyFunction(lambda: {"topics": ["market_access"]})
    language = "en"
    submitted_at = factory.LazyFunction(timezone.now)


class CallCampaignFactory(DjangoModelFactory):
    """A running campaign with questions."""

    class Meta:
        model = CallCampaign

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Campaign {n}")
    version_asked = factory.SubFactory(
        QuestionnaireVersionFactory, questionnaire__cluster=factory.SelfAttribute("...cluster")
    )
    state = CallCampaign.State.RUNNING


class CallTargetFactory(DjangoModelFactory):
    class Meta:
        model = CallTarget

    campaign = factory.SubFactory(CallCampaignFactory)
    cluster = factory.SelfAttribute("campaign.cluster")
    organisation = factory.SubFactory(
        OrganisationFactory, cluster=factory.SelfAttribute("..campaign.cluster")
    )
    place = factory.Sequence(lambda n: n)


class CallAttemptFactory(DjangoModelFactory):
    class Meta:
        model = CallAttempt

    target = factory.SubFactory(CallTargetFactory)
    cluster = factory.SelfAttribute("target.cluster")
    at = factory.LazyFunction(timezone.now)
    outcome = CallTarget.Outcome.NO_ANSWER


class InterviewStudyFactory(DjangoModelFactory):
    class Meta:
        model = InterviewStudy

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Interviews {n}")
    guide = factory.SubFactory(
        QuestionnaireVersionFactory, questionnaire__cluster=factory.SelfAttribute("...cluster")
    )
    state = InterviewStudy.State.RUNNING
    dimensions = factory.LazyFunction(lambda: ["kind"])


class InterviewFactory(DjangoModelFactory):
    class Meta:
        model = Interview

    study = factory.SubFactory(InterviewStudyFactory)
    cluster = factory.SelfAttribute("study.cluster")
    organisation = factory.SubFactory(OrganisationFactory, cluster=factory.SelfAttribute("..study.cluster"))
    stratum = "sme"


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = Passage

    interview = factory.SubFactory(InterviewFactory, transcript="We lack people who speak Dutch.")
    cluster = factory.SelfAttribute("interview.cluster")
    start = 8
    end = 14
    quote = "people"


class BoardFactory(DjangoModelFactory):
    """A board that collects ideas."""

    class Meta:
        model = Board

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Annual meeting {n}")
    question = "What do you need abroad?"
    code = factory.Sequence(lambda n: f"CODE{n:04d}")
    phase = Board.Phase.COLLECTING
    held_on = factory.LazyFunction(timezone.localdate)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class BoardParticipantFactory(DjangoModelFactory):
    class Meta:
        model = BoardParticipant

    board = factory.SubFactory(BoardFactory)
    cluster = factory.SelfAttribute("board.cluster")
    key = factory.Sequence(lambda n: f"{n:064d}")


class BoardGroupFactory(DjangoModelFactory):
    class Meta:
        model = BoardGroup

    board = factory.SubFactory(BoardFactory)
    cluster = factory.SelfAttribute("board.cluster")
    title = factory.Sequence(lambda n: f"Group {n}")


class IdeaFactory(DjangoModelFactory):
    class Meta:
        model = Idea

    board = factory.SubFactory(BoardFactory)
    cluster = factory.SelfAttribute("board.cluster")
    participant = factory.SubFactory(BoardParticipantFactory, board=factory.SelfAttribute("..board"))
    sent_as = factory.LazyFunction(uuid.uuid4)
    text = factory.Sequence(lambda n: f"A partner in Denmark, number {n}")


class BoardPointFactory(DjangoModelFactory):
    class Meta:
        model = BoardPoint

    board = factory.SubFactory(BoardFactory)
    cluster = factory.SelfAttribute("board.cluster")
    participant = factory.SubFactory(BoardParticipantFactory, board=factory.SelfAttribute("..board"))
    group = factory.SubFactory(BoardGroupFactory, board=factory.SelfAttribute("..board"))
    points = 2


class HearingFactory(DjangoModelFactory):
    class Meta:
        model = Hearing

    organisation = factory.SubFactory(OrganisationFactory)
    cluster = factory.SelfAttribute("organisation.cluster")
    source = Need.Source.CALL
    on = date(2026, 5, 4)
    reference = factory.Sequence(lambda n: f"call:1:{n}")


class ExpectationFactory(DjangoModelFactory):
    class Meta:
        model = Expectation

    organisation = factory.SubFactory(OrganisationFactory)
    cluster = factory.SelfAttribute("organisation.cluster")
    of = Expectation.Of.MANAGEMENT
    code = "find_partners"
    label = "Find partners"
    source = Need.Source.SURVEY
    on = date(2026, 5, 4)
    reference = factory.Sequence(lambda n: f"survey:1:{n}:role:find_partners")
