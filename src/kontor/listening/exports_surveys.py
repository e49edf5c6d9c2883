"""Surveys and their invitees as Excel and CSV files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.listening.models import Invitee, Survey
from kontor.listening.queries.surveys.lists import LABELS, standing_of
from kontor.reports.model import Column


def surveys_file(surveys: Iterable[Survey], file_format: str, *, cluster: Cluster) -> HttpResponse:
    """Return the surveys; they carry `invited` and `answered`."""
    texts = (_("Name"), _("State"), _("Questionnaire"), _("Anonymous"), _("Opened"), _("Closes"))
    heads = [Column(title) for title in texts]
    heads += [Column(_("Invited"), "count"), Column(_("Answered"), "count")]
    rows = [
        (
            *(survey.name, survey.get_state_display(), survey.questionnaire.name),
            _("yes") if survey.is_anonymous else _("no"),
            *(_day(survey.opened_at), _day(survey.closes_at)),
            *(getattr(survey, name) for name in ("invited", "answered")),
        )
        for survey in surveys
    ]
    return list_file(_("Member surveys"), heads, rows, file_format, cluster=cluster)


def invitees_file(survey: Survey, invitees: Iterable[Invitee], file_format: str) -> HttpResponse:
    """Return who was invited and what became of it; of anonymous surveys not who has answered."""
    titles = [_("Organisation"), _("Person"), _("E-mail address"), _("Language"), _("State"), _("Sent")]
    titles.append(_("Why it came back"))
    if not survey.is_anonymous:
        titles += [_("Reminders"), _("Answered")]
    rows = []
    for each in invitees:
        state = LABELS[standing_of(each, is_anonymous=survey.is_anonymous)]
        row: list[Any] = [
            each.organisation.name,
            str(each.person or ""),
            each.email,
            each.get_language_display(),
        ]
        row += [str(state), _day(each.sent_at), each.bounce_reason]
        rows.append((*row, *(() if survey.is_anonymous else (each.reminders, _day(each.answered_at)))))
    return list_file(
        _("Invited people"), [Column(t) for t in titles], rows, file_format, cluster=survey.cluster
    )


def _day(moment: datetime | None) -> date | str:
    return timezone.localdate(moment) if moment else ""
