"""The demo's interviews: twelve members drawn, five talks held, two appointments made, one refusal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.demo.reading import Entry, entries
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.passages import Span
from kontor.listening.services.interviews.appointing import appoint
from kontor.listening.services.interviews.drawing import draw_sample
from kontor.listening.services.interviews.holding import hold
from kontor.listening.services.interviews.marking import mark_need, mark_passage
from kontor.listening.services.interviews.planning import create_study
from kontor.listening.services.interviews.replacing import call_reserve, decline
from kontor.listening.services.interviews.transcribing import store_transcript
from kontor.needs.models import NeedTopic
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.ready import ready_made_of
from kontor.questionnaires.services import create_questionnaire, release

POPULATION = date(2026, 9, 1)
SEED = 2026
SIZE = 12


def hold_interviews(cluster: Cluster, user: User) -> InterviewStudy:
    """Draw the members of the series and let half of the talks have been held."""
    ready = ready_made_of("interview")
    guide = create_questionnaire(
        cluster=cluster,
        definition=ready.definition,
        purpose=Questionnaire.Purpose.INTERVIEW,
        name="Interviewleitfaden 2026",
        origin=ready.code,
    )
    study = create_study(
        cluster=cluster,
        name="Interviews Herbst 2026",
        guide=release(questionnaire=guide, user=user),
        size=SIZE,
        seed=SEED,
        dimensions=["kind", "degree"],
        population_on=POPULATION,
    )
    study = draw_sample(study=study, expected_version=study.version, on=POPULATION)
    drawn = {each.organisation.name: each for each in study.interviews.select_related("organisation")}
    topics = {topic.code: topic for topic in NeedTopic.objects.filter(cluster=cluster)}
    for entry in entries("talks", "talk"):
        _talk(drawn[entry["organisation"]], entry, topics, user)
    for entry in entries("talks", "appointment"):
        _appointment(drawn[entry["organisation"]], entry, user)
    for entry in entries("talks", "refusal"):
        refused = drawn[entry["organisation"]]
        refused = decline(interview=refused, expected_version=refused.version, reason=entry["reason"])
        call_reserve(interview=refused)
    then = timezone.make_aware(datetime.combine(POPULATION, time(9, 0)))
    InterviewStudy.objects.filter(pk=study.pk).update(created_at=then)
    return study


def _talk(interview: Interview, entry: Entry, topics: dict[str, NeedTopic], user: User) -> None:
    day = date.fromisoformat(entry["held_on"])
    interview = appoint(
        interview=interview,
        expected_version=interview.version,
        appointed_at=timezone.make_aware(datetime.combine(day, time(10, 0))),
        place=entry["place"],
        person=interview.person,
        interviewer=user,
    )
    interview = hold(interview=interview, expected_version=interview.version, held_on=day)
    text = entry["transcript"].strip()
    store_transcript(interview=interview, expected_version=interview.version, text=text)
    interview.refresh_from_db()
    for passage in entry["passages"]:
        start = interview.transcript.index(passage["words"])
        span = Span(start, start + len(passage["words"]))
        if passage.get("topic"):
            need = {
                "topic": topics[passage["topic"]],
                "statement": passage["words"],
                "country": passage["country"],
                "urgency": passage["urgency"],
            }
            mark_need(interview=interview, span=span, quote=passage["words"], need=need)
        else:
            mark_passage(interview=interview, span=span, quote=passage["words"], comment=passage["comment"])


def _appointment(interview: Interview, entry: Entry, user: User) -> None:
    day = timezone.localdate() + timedelta(days=entry["days_ahead"])
    appoint(
        interview=interview,
        expected_version=interview.version,
        appointed_at=timezone.make_aware(datetime.combine(day, time(entry["hour"], 0))),
        minutes=entry["minutes"],
        place=entry["place"],
        person=interview.person,
        interviewer=user,
    )
