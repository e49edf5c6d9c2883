"""What the pages of results share: the survey, what its reader may see, how it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from kontor.accounts.views.wall import ClusterRequest
from kontor.listening.confidentiality import Guard, guard_of
from kontor.listening.models import Survey
from kontor.listening.queries.encoded import Encoded, encoded
from kontor.listening.queries.looking import Look, Offer, look_in, offer_of
from kontor.listening.queries.viewing import Reading
from kontor.listening.queries.weighing import Weighing, population_of, weighing_of
from kontor.listening.queries.wording import wording_of


@dataclass(frozen=True)
class Opened:
    """A survey as its reader sees it. offer: what else may be asked for."""

    survey: Survey
    reading: Reading
    offer: Offer
    weighing: Weighing | None
    as_of: date

    @property
    def guard(self) -> Guard:
        """Return what holds for the reader."""
        return self.reading.guard

    @property
    def data(self) -> Encoded:
        """Return the answers."""
        return self.reading.data

    @property
    def look(self) -> Look:
        """Return how the answers are looked at."""
        return self.reading.look


def survey_of(request: ClusterRequest, survey_id: int) -> Survey:
    """Return a survey of this cluster that was put to somebody."""
    surveys = Survey.objects.select_related("version_asked", "questionnaire", "cluster")
    return get_object_or_404(surveys, pk=survey_id, cluster=request.cluster)


def opened(request: ClusterRequest, survey: Survey) -> Opened:
    """Return the answers to a survey as the address asks for them, and as the reader may see them."""
    guard, data = guard_of(survey, request.access), encoded(survey)
    offer = offer_of(data, guard)
    look = look_in(request.GET, offer, guard)
    # Members' own words are read by those who may read answers, also where nobody is named.
    may_quote = request.access.may("listening.view_answers")
    language = get_language() or "en"
    wording = wording_of(request.cluster, data.definition, language, may_quote=may_quote)
    weighing = None
    today = timezone.localdate()
    if look.weights:
        weighing = weighing_of(data, look, guard, population_of(survey, _day_of(survey, today)))
    weights = weighing.weights.weights if weighing else None
    return Opened(survey, Reading(data, look, guard, wording, weights), offer, weighing, today)


def named_survey(request: ClusterRequest, survey_id: int) -> Survey:
    """Return a survey whose answers may be read one by one; for anonymous ones there is no such page."""
    survey = survey_of(request, survey_id)
    if survey.is_anonymous:
        raise Http404
    if not guard_of(survey, request.access).may_name:
        raise PermissionDenied
    return survey


def query_of(look: Look, **more: Any) -> str:
    """Return the look as the end of an address."""
    pairs = [("by", str(look.by))] if look.by else []
    pairs += [("only", f"{dimension}:{group}") for dimension, group in look.only]
    pairs += [("weight", str(each)) for each in look.weights]
    return urlencode([*pairs, *((key, value) for key, value in more.items() if value)])


def _day_of(survey: Survey, today: date) -> date:
    """Return the day of whose members the answers are to speak."""
    moment = survey.closed_at or survey.closes_at
    return min(today, timezone.localdate(moment)) if moment else today
