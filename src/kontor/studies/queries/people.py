"""The assessors of a study, how far each is, and who else may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from kontor.accounts.models import User
from kontor.accounts.rules import MANAGEMENT
from kontor.actors.models import Person
from kontor.actors.queries.members import member_ids
from kontor.actors.queries.people import may_be_written_to
from kontor.studies.models import Assessor, Study


@dataclass(frozen=True)
class PersonRow:
    """One assessor. scores: cells said something about; weights_at, scores_at: handed in, None before."""

    assessor: Assessor
    scores: int
    has_begun_weights: bool
    weights_at: datetime | None
    scores_at: datetime | None

    @property
    def is_done(self) -> bool:
        """True where nothing is missing from this person."""
        weighed = not self.assessor.weighs or self.weights_at is not None
        return weighed and (not self.assessor.scores_candidates or self.scores_at is not None)

    @property
    def mail_state(self) -> str:
        """Return what became of the mail: failed, reminded, sent or waiting."""
        if self.assessor.mail_problem:
            return "failed"
        if self.assessor.reminded_at:
            return "reminded"
        return "sent" if self.assessor.invited_at else "waiting"


def people_rows(study: Study) -> list[PersonRow]:
    """Return the assessors by name. One query. What they weigh and score stays with them."""
    rows = study.assessors.select_related("weight_statement").defer(
        "weight_statement__weights", "weight_statement__answers", "weight_statement__findings"
    )
    return [_row(each) for each in rows.annotate(number=Count("scores")).order_by("name", "pk")]


def assessor_of(study: Study, user: User) -> Assessor | None:
    """Return the user's own task in a study: linked to the account, or by the same address. One query."""
    mine = Q(user=user) | Q(user=None, email__iexact=user.email)
    return study.assessors.filter(mine).select_related("study__cluster").order_by("pk").first()


def people_to_ask(study: Study, on: date, words: str = "") -> QuerySet[Person]:
    """Return members' people who may be written to and are not in the study, by organisation. One query."""
    taken = study.assessors.annotate(address=Lower("email")).values("address")
    rows = Person.objects.filter(may_be_written_to(), cluster=study.cluster_id)
    rows = rows.filter(organisation__in=member_ids(study.cluster, on)).select_related("organisation")
    rows = rows.alias(address=Lower("email")).exclude(address__in=taken)
    for word in words.split():
        named = Q(given_name__icontains=word) | Q(family_name__icontains=word)
        rows = rows.filter(named | Q(organisation__name__icontains=word) | Q(email__icontains=word))
    return rows.order_by("organisation__name", "pk")


def team_to_ask(study: Study) -> QuerySet[User]:
    """Return the people of the cluster office who are not in the study. One query."""
    taken = study.assessors.annotate(address=Lower("email")).values("address")
    team = User.objects.filter(roles__cluster=study.cluster_id, roles__kind__in=MANAGEMENT)
    return team.alias(address=Lower("email")).exclude(address__in=taken).distinct().order_by("name", "email")


def _row(assessor: Assessor) -> PersonRow:
    statement = getattr(assessor, "weight_statement", None)
    return PersonRow(
        assessor=assessor,
        scores=assessor.number,  # type: ignore[attr-defined]
        has_begun_weights=statement is not None,
        weights_at=statement.submitted_at if statement else None,
        scores_at=assessor.submitted_scores_at,
    )
