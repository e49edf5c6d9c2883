"""Long work of this room: what the queue calls by name (see jobs.running)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from kontor.jobs.progress import Progress
from kontor.votes import services
from kontor.votes.models import Vote
from kontor.votes.services.tending import tend_votes


def send_vote_mails(argument: Mapping[str, object], progress: Progress) -> dict[str, object]:
    """Send the links or reminders of a vote that are due."""
    vote = Vote.objects.select_related("cluster").filter(pk=int(str(argument["vote"]))).first()
    if vote is None or vote.state != Vote.State.OPEN:
        return {}
    since = datetime.fromisoformat(str(argument["since"]))
    return services.send_mails(vote=vote, what=str(argument["what"]), since=since, progress=progress)


def every_minute() -> None:
    """Close what is due, send what is left, forget the gone (see jobs.periodic)."""
    tend_votes(now=timezone.now())
