"""A cluster with one object of everything that an address can name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.config.archive.rows import row_lines
from kontor.strategy.services import begin_concept, freeze_version
from tests.factories import (
    AnswerDraftFactory,
    BoardGroupFactory,
    BoardParticipantFactory,
    BoardPointFactory,
    CallAttemptFactory,
    CompetenceFactory,
    ExpectationFactory,
    GoalFactory,
    HearingFactory,
    IdeaFactory,
    ImportBatchFactory,
    InvitationFactory,
    InviteeFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationCompetenceFactory,
    OrganisationFactory,
    ParticipationFactory,
    PassageFactory,
    PersonFactory,
    RoleFactory,
    SiteFactory,
    SurveyResponseFactory,
    TieFactory,
)

# Rooms that furnish themselves, in tests/<room>/furnish.py; a parameter is then looked up as "<room>.<name>".
ROOMS = ("countries", "criteria", "agreements", "votes", "partners", "studies", "cooperation")

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {
    "area": "partners",
    "code": "vision",
    "file_format": "xlsx",
    "form": "xlsx",
    "key": "nothing",
    "kind": "xlsx",
    "language": "en",
    "number": 1,
    "place": 1,
    "question": "words",
    "slug": "people",
}

# What "pk" means, by the beginning of the route's name; the longest beginning counts.
PK_OF_ROUTE = {
    "actors:organisation": "organisation",
    "actors:membership-new": "organisation",
    "actors:membership": "membership",
    "actors:size": "organisation",
    "actors:start-up": "organisation",
    "actors:site-new": "organisation",
    "actors:site": "site",
    "actors:level": "organisation",
    "actors:level-end": "level",
    "actors:tie-new": "organisation",
    "actors:tie": "tie",
    "actors:person-new": "organisation",
    "actors:person": "person",
    "actors:consent": "person",
    "actors:competence": "competence",
    "actors:project": "project",
    "actors:participation-new": "project",
    "actors:participation": "participation",
    "actors:import": "batch",
}


@dataclass(frozen=True)
class Furnished:
    """A cluster and the primary keys of its objects, by kind."""

    cluster: Cluster
    keys: dict[str, int]

    def arguments(self, route: str, parameters: list[str]) -> list[object]:
        """Return what stands in the address of `route` after the cluster."""
        return [self._argument(route, parameter) for parameter in parameters if parameter != "cluster"]

    def _argument(self, route: str, parameter: str) -> object:
        if route == "journey:answer":
            return 2  # a point that no chapter computes
        room, name = route.split(":")[0], parameter.removesuffix("_id")
        if f"{room}.{parameter}" in FIXED:
            return FIXED[f"{room}.{parameter}"]
        if f"{room}.{name}" in self.keys:
            return self.keys[f"{room}.{name}"]
        if parameter in FIXED:
            return FIXED[parameter]
        if parameter == "pk":
            beginning = max((name for name in PK_OF_ROUTE if route.startswith(name)), key=len)
            return self.keys[PK_OF_ROUTE[beginning]]
        return self.keys[name]

    @staticmethod
    def fingerprint() -> list[str]:
        """Return every row of every room, to see whether anything has changed."""
        models = [model for model in apps.get_models() if model.__module__.startswith("kontor.")]
        return [line for model in models for line in row_lines(model._base_manager.all())]


def furnish(cluster: Cluster) -> Furnished:
    """Fill `cluster` with one object of everything."""
    # Numbers that never meet those of another cluster, so that a foreign number is seen as foreign.
    organisation = OrganisationFactory(cluster=cluster)
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster))
    participation = ParticipationFactory(organisation=organisation, project__cluster=cluster)
    topic = NeedTopicFactory(cluster=cluster)
    need = NeedFactory(organisation=organisation, topic=topic)
    goal = GoalFactory(cluster=cluster)
    goal.needs.add(need)
    freeze_version(concept=begin_concept(cluster=cluster), label="", note="", user=None)
    objects = {
        "organisation": organisation,
        "membership": MembershipFactory(organisation=organisation),
        "site": SiteFactory(organisation=organisation),
        "level": OrganisationCompetenceFactory(organisation=organisation),
        "tie": TieFactory(organisation=organisation),
        "person": PersonFactory(organisation=organisation),
        "competence": CompetenceFactory(cluster=cluster),
        "project": participation.project,
        "participation": participation,
        "batch": ImportBatchFactory(cluster=cluster),
        "topic": topic,
        "need": need,
        "goal": goal,
        "role": RoleFactory(cluster=cluster, kind="team"),
        "invitation": InvitationFactory(cluster=cluster),
        **listening(organisation),
    }
    for room in ROOMS:
        module = import_module(f"tests.{room}.furnish")
        FIXED.update({f"{room}.{name}": value for name, value in module.FIXED.items()})
        objects |= {f"{room}.{name}": row for name, row in module.furnish(organisation).items()}
    return Furnished(cluster, {name: row.pk for name, row in objects.items()})


def listening(organisation: Organisation) -> dict[str, Model]:
    """Return one of everything by which `organisation` can be heard, all in its cluster."""
    cluster = organisation.cluster
    invitee = InviteeFactory(survey__cluster=cluster, organisation=organisation)
    attempt = CallAttemptFactory(
        target__campaign__cluster=cluster,
        target__organisation=organisation,
        target__state="later",
        target__call_back_at=timezone.now() + timedelta(hours=1),
    )
    passage = PassageFactory(interview__study__cluster=cluster, interview__organisation=organisation)
    idea = IdeaFactory(board__cluster=cluster)
    HearingFactory(organisation=organisation)
    ExpectationFactory(organisation=organisation)
    return {
        "questionnaire": invitee.survey.questionnaire,
        "questionnaire_version": invitee.survey.version_asked,
        "survey": invitee.survey,
        "invitee": invitee,
        "response": SurveyResponseFactory(
            survey=invitee.survey, organisation=organisation, answers={"words": "A partner in Denmark"}
        ),
        "draft": AnswerDraftFactory(survey=invitee.survey),
        "campaign": attempt.target.campaign,
        "target": attempt.target,
        "attempt": attempt,
        "study": passage.interview.study,
        "interview": passage.interview,
        "passage": passage,
        "board": idea.board,
        "idea": idea,
        "participant": BoardParticipantFactory(board=idea.board),
        "group": BoardGroupFactory(board=idea.board),
        "point": BoardPointFactory(board=idea.board),
    }
