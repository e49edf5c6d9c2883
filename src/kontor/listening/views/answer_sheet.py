"""The sheet that a link leads to: questions, what is on it so far, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.listening.models import AnswerDraft, Invitee, Survey, SurveyResponse
from kontor.listening.services.surveys.answering import Typed, find_draft, typed_so_far
from kontor.listening.services.surveys.storing import slot_of
from kontor.questionnaires.answers import Vocabulary, fields_of, read
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.showing import Showing, shown
from kontor.questionnaires.vocabulary import vocabulary_of


@dataclass(frozen=True)
class Sheet:
    """What a link leads to. fields: as typed; edition: of the draft, 0 without one.

    is_done: the answer is in; is_colleagues: a colleague's answer stands for the organisation.
    """

    invitee: Invitee
    token: str
    definition: Definition
    draft: AnswerDraft | None
    fields: dict[str, list[str]] = field(default_factory=dict)
    edition: int = 0
    is_done: bool = False
    is_colleagues: bool = False

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return what countries and competences there are to choose from."""
        language = get_language() or self.invitee.language
        return vocabulary_of(self.invitee.survey.cluster, language, self.definition)

    def with_typed(self, typed: Typed, edition: int) -> Sheet:
        """Return the same sheet with what somebody has typed just now."""
        return replace(self, fields=typed.fields, edition=edition)


def open_sheet(invitee: Invitee, token: str, *, wants_change: bool) -> Sheet:
    """Return the sheet; what is typed and not sent yet goes before the answer that is in. Two queries."""
    survey = invitee.survey
    assert survey.version_asked is not None  # whoever is invited was asked a version
    definition = survey.version_asked.asked
    draft = find_draft(invitee, token)
    sheet = Sheet(invitee, token, definition, draft, edition=draft.edition if draft else 0)
    if not invitee.is_answered:
        fields = typed_so_far(draft, token) if draft else {}
        return replace(sheet, fields=fields, is_colleagues=_has_colleague(invitee))
    if survey.is_anonymous or not wants_change:
        return replace(sheet, is_done=True)
    typed = typed_so_far(draft, token) if draft else {}
    stored = SurveyResponse.objects.filter(survey=survey, slot=slot_of(invitee)).first()
    return replace(sheet, fields=typed or fields_of(definition, stored.answers if stored else {}))


def sheet_context(sheet: Sheet, *, tells_faults: bool) -> dict[str, Any]:
    """Return what the answer page shows."""
    language = (get_language() or sheet.invitee.language)[:2]
    showing = Showing(
        language=language,
        fields=sheet.fields,
        reading=read(sheet.definition, sheet.fields, sheet.vocabulary, is_final=tells_faults),
        vocabulary=sheet.vocabulary,
        other_label=_("Other"),
        tells_faults=tells_faults,
    )
    return {
        "survey": sheet.invitee.survey,
        "invitee": sheet.invitee,
        "token": sheet.token,
        "shown": shown(sheet.definition, showing),
        "edition": sheet.edition,
        "has_begun": bool(sheet.fields),
        "is_change": sheet.invitee.is_answered,
        "is_wide": True,
    }


def _has_colleague(invitee: Invitee) -> bool:
    if invitee.survey.one_per != Survey.OnePer.ORGANISATION:
        return False
    others = Invitee.objects.filter(survey=invitee.survey_id, organisation=invitee.organisation_id)
    return others.filter(is_answered=True).exclude(pk=invitee.pk).exists()
