"""The demo's phone campaign: half of the list has been called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.demo.actors import Known
from kontor.demo.reading import Entry, entries
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.services.calls.campaigns import start_campaign
from kontor.listening.services.calls.finishing import finish_call
from kontor.listening.services.calls.keeping import Typed
from kontor.listening.services.calls.reserving import take
from kontor.needs.models import Hearing, Need
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.ready import ready_made_of
from kontor.questionnaires.services import create_questionnaire

BEGUN = date(2026, 9, 7)
Outcome = CallTarget.Outcome
# What the office heard instead of an answer, in the order of the list.
_WITHOUT_A_TALK = (Outcome.NO_ANSWER, Outcome.MAILBOX, Outcome.BUSY, Outcome.NOT_IN, Outcome.REFUSED)
# Members who had been silent because they need nothing; they count as heard all the same.
NEED_NOTHING = 9
_NOTHING = {
    "q-abroad_now": ["not_yet"],
    "q-topics": ["none"],
    "q-from_management": ["nothing"],
    "q-next": ["nothing"],
}
LAST_ROUND = date(2026, 11, 16)
_URGENCY = {1: "later", 2: "this_year", 3: "now"}


def said_on_the_phone() -> tuple[Entry, ...]:
    """Return the needs that were voiced in the campaign."""
    voiced = entries("needs", "need")
    return tuple(each for each in voiced if each["source"] == "call" and each["date"] >= BEGUN.isoformat())


def begin_calls(cluster: Cluster, user: User) -> CallCampaign:
    """Draw the list of those who had not been heard by September, and begin."""
    script = ready_made_of("telephone")
    questionnaire = create_questionnaire(
        cluster=cluster,
        definition=script.definition,
        purpose=Questionnaire.Purpose.CALL,
        name="Leitfaden Telefon 2026",
        origin=script.code,
    )
    campaign = start_campaign(
        cluster=cluster,
        user=user,
        name="Telefonkampagne Herbst 2026",
        questionnaire=questionnaire,
        opening="Guten Tag, hier ist die Geschäftsstelle von Nordlicht Sensorik. Wir rufen alle Mitglieder "
        "an, von denen wir noch nicht wissen, was sie im Ausland brauchen. Haben Sie zehn Minuten?",
        chosen={"only_silent": True},
    )
    CallCampaign.objects.filter(pk=campaign.pk).update(created_at=_at(BEGUN, 9))
    return campaign


def call(
    campaign: CallCampaign, known: Known, on_each: Callable[[], None], voiced: Iterable[Entry]
) -> list[Entry]:
    """Talk to those who stand on the list; return what others said, for the office to write down."""
    caller = Role.objects.get(cluster=campaign.cluster, kind=RoleKind.TEAM).user
    targets = {target.organisation_id: target for target in campaign.targets.select_related("organisation")}
    left = []
    for entry in voiced:
        target = targets.pop(known[entry["organisation"]].pk, None)
        if target is None or not _can_be_ticked(campaign, entry):
            left.append(entry)
            continue
        _talk(target, caller, entry)
        on_each()
    return left


def leave_half_done(campaign: CallCampaign, caller: User) -> None:
    """Let some members need nothing, a few calls have been in vain, one be promised, and the rest wait."""
    for number, target in enumerate(_waiting(campaign)[:NEED_NOTHING]):
        row = _end(target, caller, Outcome.TALKED, Typed(fields=_NOTHING))
        _set_back(row, LAST_ROUND + timedelta(days=number % 4))
    for target, outcome in zip(_waiting(campaign)[: len(_WITHOUT_A_TALK)], _WITHOUT_A_TALK, strict=False):
        _end(target, caller, outcome, Typed())
    for promised in _waiting(campaign)[:1]:
        typed = Typed(
            notes="Frau am Empfang: bitte nachmittags noch einmal, der Geschäftsführer ist auf Reisen."
        )
        later = timezone.now() + timedelta(hours=3)
        _end(promised, caller, Outcome.CALL_BACK, typed, call_back_at=later)


def _waiting(campaign: CallCampaign) -> QuerySet[CallTarget]:
    waiting = campaign.targets.filter(state=CallTarget.State.OPEN).order_by("place")
    return waiting.select_related("organisation")


def _can_be_ticked(campaign: CallCampaign, entry: Entry) -> bool:
    question = campaign.version_asked.asked.question("topics") if campaign.version_asked else None
    return question is not None and entry["topic"] in question.codes


def _talk(target: CallTarget, caller: User, entry: Entry) -> None:
    fields = {
        "q-abroad_now": ["at_times"],
        "q-topics": [entry["topic"]],
        "q-words": [entry["statement"]],
        "q-how_soon": [_URGENCY[entry["urgency"]]],
        "q-countries": [entry["country"]] if entry["country"] else [],
        "q-from_management": ["contacts", "market_knowledge"] if entry["urgency"] > 1 else ["contacts"],
    }
    person = target.organisation.people.first()
    row = _end(target, caller, Outcome.TALKED, Typed(fields=fields, person=person))
    _set_back(row, date.fromisoformat(entry["date"]))
    said = f"call:{target.campaign_id}:{target.pk}:"
    Need.objects.filter(cluster=row.cluster, reference__startswith=said).update(kind=entry["kind"])


def _set_back(row: CallTarget, day: date) -> None:
    """Let a talk have been on its day."""
    then = _at(day, 10)
    CallAttempt.objects.filter(target=row).update(at=then)
    CallTarget.objects.filter(pk=row.pk).update(talked_at=then)
    said = f"call:{row.campaign_id}:{row.pk}"
    Hearing.objects.filter(cluster=row.cluster, reference=said).update(on=day)
    Need.objects.filter(cluster=row.cluster, reference__startswith=f"{said}:").update(recorded_on=day)


def _end(
    target: CallTarget, caller: User, outcome: str, typed: Typed, call_back_at: datetime | None = None
) -> CallTarget:
    held = take(target=target, caller=caller)
    return finish_call(
        target=held,
        caller=caller,
        edition=held.edition,
        typed=typed,
        outcome=outcome,
        call_back_at=call_back_at,
    )


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 0)))
