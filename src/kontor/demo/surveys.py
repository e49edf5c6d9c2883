"""The demo's surveys: the needs of spring 2026 are in, the one about expectations is running."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.demo.actors import Known
from kontor.demo.chance import chance, some
from kontor.demo.reading import Entry, entries
from kontor.listening.models import Invitee, Survey, SurveyResponse
from kontor.listening.services.reading import make_need
from kontor.listening.services.surveys.closing import close_survey, settle
from kontor.listening.services.surveys.inviting import mark_invitee
from kontor.listening.services.surveys.opening import open_survey
from kontor.listening.services.surveys.setting_up import create_survey
from kontor.listening.services.surveys.storing import store_named
from kontor.needs.models import Need, NeedTopic
from kontor.questionnaires.ready import ready_made_of
from kontor.questionnaires.services import create_questionnaire

BEGUN, ENDED = date(2026, 2, 23), date(2026, 3, 20)
SOME_DAY = 1
_COLUMN = {2: "soon", 3: "now"}
_MANAGEMENT = ("contacts", "market_knowledge", "delegations", "projects", "grants", "training")
# So many answer who voice their needs elsewhere.
_OTHERS = 16


def said_in_the_survey() -> tuple[Entry, ...]:
    """Return the needs that were voiced in the survey of spring."""
    return tuple(each for each in entries("needs", "need") if each["source"] == "survey")


def ask_for_needs(cluster: Cluster, known: Known, user: User, on_each: Callable[[], None]) -> list[Entry]:
    """Hold the survey of spring from invitation to closing; return the needs that nobody could answer for."""
    survey = _survey(cluster, "needs", "Bedarfsumfrage 2026", _at(ENDED, 23))
    open_survey(survey=survey, user=user, now=_at(BEGUN, 9))
    survey.refresh_from_db()
    survey.invitees.update(state=Invitee.State.SENT, sent_at=_at(BEGUN, 10))
    invited = {
        each.organisation_id: each for each in survey.invitees.select_related("survey", "organisation")
    }
    left: list[Entry] = []
    for name, said in _by_member().items():
        invitee = invited.pop(known[name].pk, None)
        left += said if invitee is None else _answer(survey, invitee, said, user)
        for _entry in said:
            on_each()
    _answers_without_needs(survey, list(invited.values()))
    _mails_that_came_back(survey)
    silent = survey.invitees.filter(is_answered=False, state=Invitee.State.SENT)
    silent.update(reminders=1, reminded_at=_at(date(2026, 3, 11), 9))
    close_survey(survey=survey, now=_at(ENDED, 23))
    survey.refresh_from_db()
    settle(survey, _at(ENDED, 23) + timedelta(hours=3))
    Survey.objects.filter(pk=survey.pk).update(created_at=_at(date(2026, 2, 16), 9))
    return left


def ask_for_expectations(cluster: Cluster, user: User) -> None:
    """Let the second survey be running, with a third of the answers in."""
    ends = _at(timezone.localdate() + timedelta(days=10), 23)
    survey = _survey(cluster, "expectations", "Erwartungen an den Cluster", ends)
    opened = timezone.now() - timedelta(days=12)
    open_survey(survey=survey, user=user, now=opened)
    survey.refresh_from_db()
    survey.invitees.update(state=Invitee.State.SENT, sent_at=opened + timedelta(minutes=20))
    heard = set(Need.objects.filter(cluster=cluster).values_list("organisation_id", flat=True))
    for invitee in survey.invitees.select_related("survey", "organisation").order_by("pk"):
        share = 45 if invitee.organisation_id in heard else 6
        if chance(invitee.email, "answers") < share:
            later = timedelta(hours=2 + chance(invitee.email, "hours") * 2)
            _store(invitee, _expectations(invitee.email), opened + later)


def _survey(cluster: Cluster, code: str, name: str, closes_at: datetime) -> Survey:
    ready = ready_made_of(code)
    questionnaire = create_questionnaire(
        cluster=cluster, definition=ready.definition, purpose=ready.purpose, name=name, origin=ready.code
    )
    return create_survey(cluster=cluster, name=name, questionnaire=questionnaire, closes_at=closes_at)


def _by_member() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in said_in_the_survey():
        found.setdefault(entry["organisation"], []).append(entry)
    return found


def _answer(survey: Survey, invitee: Invitee, said: list[Entry], user: User) -> list[Entry]:
    """Answer with one need by the list and one in own words; return what found no room."""
    definition = survey.version_asked.asked if survey.version_asked else None
    question = definition.question("urgency") if definition else None
    listed = {row.code for row in question.rows} if question else set()
    by_list = next((each for each in said if each["topic"] in listed and each["urgency"] > SOME_DAY), None)
    rest = [each for each in said if each is not by_list]
    answers = _standing(invitee.email) | (_listed(by_list) if by_list else {})
    if rest:
        answers["overlooked"] = rest[0]["statement"]
    _store(invitee, answers, _at(date.fromisoformat(said[0]["date"]), 8 + chance(invitee.email, "hour") % 9))
    if rest:
        _read(survey, invitee, rest[0], user)
    return rest[1:]


def _listed(entry: Entry) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "urgency": {entry["topic"]: _COLUMN[entry["urgency"]]},
        "in_your_words": entry["statement"],
    }
    return answers | ({"countries": [entry["country"]]} if entry["country"] else {})


def _read(survey: Survey, invitee: Invitee, entry: Entry, user: User) -> None:
    """Make a need of what stood in the member's own words."""
    make_need(
        response=SurveyResponse.objects.get(survey=survey, organisation=invitee.organisation_id),
        name="overlooked",
        text=entry["statement"],
        user=user,
        topic=NeedTopic.objects.get(cluster=survey.cluster_id, code=entry["topic"]),
        statement=entry["statement"],
        kind=entry["kind"],
        country=entry["country"],
        urgency=entry["urgency"],
    )


def _standing(email: str) -> dict[str, Any]:
    """Return how international a member says it is, and what it expects."""
    abroad = ("not_yet", "at_times", "some_countries", "core")[min(chance(email, "abroad") // 22, 3)]
    plans = ("more", "more", "same", "open")[chance(email, "plans") % 4]
    part = ("leading", "door_opener", "door_opener", "exchange")[chance(email, "part") % 4]
    return {
        "abroad_now": abroad,
        "plans": plans,
        "from_management": some(email, "management", _MANAGEMENT, 1 + chance(email, "many") % 3),
        "from_cluster": part,
        "may_call": "yes" if chance(email, "call") < 70 else "no",
    }


def _answers_without_needs(survey: Survey, others: list[Invitee]) -> None:
    """Let members who voiced their needs elsewhere say how they stand."""
    heard = set(Need.objects.filter(cluster=survey.cluster_id).values_list("organisation_id", flat=True))
    willing = [each for each in others if each.organisation_id in heard][:_OTHERS]
    for number, invitee in enumerate(willing):
        _store(invitee, _standing(invitee.email), _at(BEGUN + timedelta(days=1 + number), 11))


def _mails_that_came_back(survey: Survey) -> None:
    silent = survey.invitees.filter(is_answered=False).order_by("pk")
    for invitee in silent[:2]:
        mark_invitee(invitee=invitee, state=Invitee.State.BOUNCED, reason="550 5.1.1 Unbekannter Empfänger")
    for invitee in silent[4:5]:
        mark_invitee(invitee=invitee, state=Invitee.State.DECLINED)


def _expectations(email: str) -> dict[str, Any]:
    first = (
        "find_partners",
        "market_knowledge",
        "projects",
        "grants",
        "delegations",
        "training",
        "on_the_spot",
    )
    whole = ("visible", "partner_cluster", "joint_offer", "talent", "everyone", "lasting")
    has = ("written", "in_mind", "in_mind", "in_the_making", "none")[chance(email, "has") % 5]
    answers: dict[str, Any] = {"has_strategy": has}
    if has != "none":
        answers["part_of_cluster"] = some(email, "so far", ("door_opener", "partner", "learning", "name"), 2)
    answers["management_first"] = some(email, "first", first, 3)
    answers["cluster_as_a_whole"] = some(email, "whole", whole, 1 + chance(email, "wide") % 3)
    answers["supported"] = 2 + chance(email, "supported") % 4
    return answers


def _store(invitee: Invitee, answers: dict[str, Any], now: datetime) -> None:
    store_named(invitee, answers, language=invitee.language, now=now)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 0)))
