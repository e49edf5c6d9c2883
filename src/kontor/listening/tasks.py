"""Long work of this room: what the queue calls by name (see jobs.running)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from kontor.jobs.progress import Progress
from kontor.listening.models import Survey
from kontor.listening.services import surveys


def send_survey_mails(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Send the invitations or reminders of a survey that are due."""
    survey = Survey.objects.select_related("cluster").filter(pk=int(str(argument["survey"]))).first()
    if survey is None or survey.state != Survey.State.RUNNING:
        return {}
    since = datetime.fromisoformat(str(argument["since"]))
    return surveys.send_mails(survey=survey, what=str(argument["what"]), since=since, progress=progress)


def every_minute() -> None:
    """Close, remind and settle what is due (see jobs.periodic)."""
    surveys.tend_surveys(now=timezone.now())
