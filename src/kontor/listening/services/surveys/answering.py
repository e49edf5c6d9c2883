"""What somebody types, kept at every pause, and what is sent in the end; nothing is lost or written twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from kontor.listening.models import AnswerDraft, Invitee, Survey, SurveyResponse
from kontor.listening.problems import ListeningError
from kontor.listening.services.surveys.links import draft_key
from kontor.listening.services.surveys.sealing import sealed, unsealed
from kontor.listening.services.surveys.storing import slot_of, store_anonymous, store_named


class DraftConflict(ListeningError):  # noqa: N818 - it is an answer, not a fault
    """Another tab or device has saved meanwhile; `edition` is what it has saved."""

    def __init__(self, edition: int) -> None:
        super().__init__("survey.saved_elsewhere")
        self.edition = edition


@dataclass(frozen=True)
class Typed:
    """What a page sends. fields: as typed; edition: the one it was opened with, 0 for a fresh one.

    tab, turn: random name of the page and number of its save, "" and 0 without a script.
    begun:     when the page was opened, as it can prove; it may be sent in the grace time.
    """

    fields: dict[str, list[str]]
    edition: int = 0
    tab: str = ""
    turn: int = 0
    begun: datetime | None = None


def is_open(survey: Survey, now: datetime, begun: datetime | None) -> bool:
    """True where an answer is taken: before the closing date, or begun before it and in the grace time."""
    if survey.state == Survey.State.DRAFT:
        return False
    ended = ended_at(survey)
    if ended is None or now < ended:
        return True
    return begun is not None and begun <= ended and (now - ended).total_seconds() <= 60 * survey.grace_minutes


def ended_at(survey: Survey) -> datetime | None:
    """Return when the survey closed or will close."""
    return survey.closed_at if survey.state == Survey.State.CLOSED else survey.closes_at


def find_draft(invitee: Invitee, token: str) -> AnswerDraft | None:
    """Return the draft that a link leads to. One query."""
    key = draft_key(invitee, token, is_anonymous=invitee.survey.is_anonymous)
    return AnswerDraft.objects.filter(survey=invitee.survey_id, key=key).first()


def typed_so_far(draft: AnswerDraft, token: str) -> dict[str, list[str]]:
    """Return the fields of a draft."""
    return unsealed(draft.sealed, token) if draft.sealed else dict(draft.fields)


@transaction.atomic
def save_draft(*, invitee: Invitee, token: str, typed: Typed, now: datetime) -> int:
    """Keep what was typed and return its edition.

    Raises DraftConflict where another page was faster, ListeningError "survey.closed" or "survey.answered".
    """
    draft = _locked_draft(invitee, token)
    _require_open(invitee, draft, typed, now)
    if invitee.survey.is_anonymous and Invitee.objects.filter(pk=invitee.pk, is_answered=True).exists():
        raise ListeningError("survey.answered")
    if draft is None:
        return _begin_draft(invitee, token, typed)
    if _is_late(draft, typed) or _is_same(draft, token, typed):
        return draft.edition
    _require_latest(draft, typed)
    draft.edition += 1
    return _keep(draft, token, typed, is_anonymous=invitee.survey.is_anonymous)


@dataclass(frozen=True)
class Answer:
    """An answer to be stored. answers: as questionnaires.answers reads them; language: it was given in."""

    typed: Typed
    answers: dict[str, Any]
    language: str
    now: datetime


@transaction.atomic
def submit_answer(*, invitee: Invitee, token: str, answer: Answer) -> None:
    """Store the answer; sending the same one twice stores it once.

    Raises DraftConflict, or ListeningError "survey.closed" or "survey.answered_by_colleague".
    """
    survey = invitee.survey
    colleagues = Invitee.objects.filter(survey=survey, organisation=invitee.organisation_id)
    # Two answers for one organisation wait for each other here, whoever sends them.
    locked = list(colleagues.select_for_update().order_by("pk"))
    has_answered = any(each.is_answered for each in locked if each.pk == invitee.pk)
    if survey.is_anonymous and has_answered:
        return
    draft = _locked_draft(invitee, token)
    _require_open(invitee, draft, answer.typed, answer.now)
    is_one = survey.one_per == Survey.OnePer.ORGANISATION
    if is_one and not has_answered and any(each.is_answered for each in locked):
        raise ListeningError("survey.answered_by_colleague")
    if draft is not None and not _is_double_click(draft, invitee, answer):
        _require_latest(draft, answer.typed)
    if survey.is_anonymous:
        store_anonymous(invitee, answer.answers)
        if draft is not None:
            draft.delete()
        return
    store_named(invitee, answer.answers, language=answer.language, now=answer.now)
    _clear_draft(draft or AnswerDraft(cluster_id=invitee.cluster_id), invitee, token)


@transaction.atomic
def decline(*, invitee: Invitee) -> None:
    """Note that somebody does not want to answer; no reminder follows. An answer that is there stays."""
    mine = Invitee.objects.filter(pk=invitee.pk, is_answered=False)
    mine.exclude(state=Invitee.State.BOUNCED).update(state=Invitee.State.DECLINED)


def _locked_draft(invitee: Invitee, token: str) -> AnswerDraft | None:
    key = draft_key(invitee, token, is_anonymous=invitee.survey.is_anonymous)
    return AnswerDraft.objects.select_for_update().filter(survey=invitee.survey_id, key=key).first()


def _require_open(invitee: Invitee, draft: AnswerDraft | None, typed: Typed, now: datetime) -> None:
    known = [moment for moment in (typed.begun, draft.begun_at if draft else None) if moment]
    if not is_open(invitee.survey, now, min(known, default=None)):
        raise ListeningError("survey.closed")


def _begin_draft(invitee: Invitee, token: str, typed: Typed) -> int:
    is_anonymous = invitee.survey.is_anonymous
    key = draft_key(invitee, token, is_anonymous=is_anonymous)
    draft = AnswerDraft(cluster_id=invitee.cluster_id, survey_id=invitee.survey_id, key=key)
    try:
        with transaction.atomic():
            return _keep(draft, token, typed, is_anonymous=is_anonymous)
    except IntegrityError:  # two pages began in the same moment
        first = AnswerDraft.objects.get(key=key)
        if _is_same(first, token, typed) or (typed.tab and first.tab == typed.tab):
            return first.edition
        raise DraftConflict(first.edition) from None


def _keep(draft: AnswerDraft, token: str, typed: Typed, *, is_anonymous: bool) -> int:
    draft.fields = {} if is_anonymous else typed.fields
    draft.sealed = sealed(typed.fields, token) if is_anonymous else ""
    draft.tab, draft.turn = typed.tab, typed.turn
    draft.save()
    return draft.edition


def _is_late(draft: AnswerDraft, typed: Typed) -> bool:
    """True for a save of the page that saved last which arrives after a later one of the same page."""
    return bool(typed.tab) and draft.tab == typed.tab and typed.turn <= draft.turn


def _is_same(draft: AnswerDraft, token: str, typed: Typed) -> bool:
    return typed_so_far(draft, token) == typed.fields and bool(typed.fields)


def _require_latest(draft: AnswerDraft, typed: Typed) -> None:
    is_mine = bool(typed.tab) and draft.tab == typed.tab
    if not is_mine and draft.edition != typed.edition:
        raise DraftConflict(draft.edition)


def _is_double_click(draft: AnswerDraft, invitee: Invitee, answer: Answer) -> bool:
    """True where the same answer is in already and nothing has been typed since."""
    if draft.fields or draft.sealed or draft.edition == answer.typed.edition:
        return False
    stored = SurveyResponse.objects.filter(survey=invitee.survey_id, slot=slot_of(invitee)).first()
    return stored is not None and stored.answers == answer.answers


def _clear_draft(draft: AnswerDraft, invitee: Invitee, token: str) -> None:
    """Empty the draft of a named answer that is in; the row stays, so that an older page is told."""
    draft.survey_id = invitee.survey_id
    draft.key = draft_key(invitee, token, is_anonymous=False)
    draft.fields, draft.tab, draft.turn = {}, "", 0
    draft.edition += 1
    draft.save()
