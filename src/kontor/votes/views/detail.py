"""One vote: where it stands, and what came of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import history_of
from kontor.jobs.models import Job
from kontor.jobs.queries import standing
from kontor.ui.errors import explain_code
from kontor.votes import exports, queries
from kontor.votes.models import Vote
from kontor.votes.queries.roll import roll_counts, unreachable
from kontor.votes.services.closing import KEY_LOST
from kontor.votes.services.sending import to_remind
from kontor.votes.shown import shown_result
from kontor.votes.views.access import HOLD, SEE, latest_job, to_vote, vote_or_404


@require_safe
@cluster_view(may=SEE)
def detail(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Show where the vote stands: preparation, turnout, or result."""
    vote = vote_or_404(request, vote_id)
    may_change = request.access.may(HOLD)
    context = live_context(vote) | {
        "may_change": may_change,
        "options": list(vote.options.all()),
        "history": history_of([vote]) if may_change else [],
    }
    if vote.state == Vote.State.CANCELLED:
        context["reason"] = reason_of(vote)
    elif may_change and vote.state != Vote.State.CLOSED:
        context |= _for_management(request, vote)
    return render(request, f"votes/{vote.state}.html", context)


@require_safe
@cluster_view(may=SEE)
def live(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Return the turnout as it stands; htmx asks every few seconds."""
    vote = vote_or_404(request, vote_id)
    if not request.htmx:
        return to_vote(request, vote)
    if vote.state != Vote.State.OPEN:
        return HttpResponse(headers={"HX-Refresh": "true"})  # the page now shows the result
    return render(request, "votes/partials/turnout.html", live_context(vote))


@require_safe
@cluster_view(may=SEE)
def screen(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Show the vote to a hall, in large letters; htmx asks for the live part."""
    vote = vote_or_404(request, vote_id)
    if vote.state == Vote.State.DRAFT:
        return to_vote(request, vote)
    context = live_context(vote) | {"options": list(vote.options.all()), "reason": reason_of(vote)}
    template = "votes/partials/screen.html" if request.htmx else "votes/screen.html"
    return render(request, template, context)


@require_safe
@cluster_view(may=HOLD)
def progress(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Return how far the mails are; htmx asks each second."""
    vote = vote_or_404(request, vote_id)
    job = latest_job(vote)
    if job is None or not request.htmx:
        return redirect("votes:detail", request.cluster.slug, vote.pk)
    return render(request, "jobs/progress.html", progress_context(request, vote, job))


@require_safe
@cluster_view(may=SEE)
def export(request: ClusterRequest, vote_id: int, file_format: str) -> HttpResponse:
    """Download the result of a closed vote."""
    vote = vote_or_404(request, vote_id)
    found = queries.result(vote)
    if found is None:
        return to_vote(request, vote)  # there is none before it is closed
    return exports.result_file(found, file_format, cluster=request.cluster)


def live_context(vote: Vote) -> dict[str, Any]:
    """Return what every look at a vote shows."""
    found = queries.result(vote)
    return {
        "vote": vote,
        "turnout": queries.turnout(vote),
        "is_open": vote.state == Vote.State.OPEN,
        "shown": shown_result(found) if found else None,
    }


def reason_of(vote: Vote) -> str:
    """Return why a vote was cancelled, in the reader's language where the program did it."""
    return explain_code(KEY_LOST, {}) if vote.cancel_reason == KEY_LOST else vote.cancel_reason


def progress_context(request: ClusterRequest, vote: Vote, job: Job) -> dict[str, Any]:
    """Return what the progress of the mails shows."""
    return {
        "title": _("The mails are on their way"),
        "standing": standing(job),
        "poll_url": reverse("votes:progress", args=[request.cluster.slug, vote.pk]),
        "done_url": reverse("votes:detail", args=[request.cluster.slug, vote.pk]),
        "done_label": _("See how it stands"),
    }


def _for_management(request: ClusterRequest, vote: Vote) -> dict[str, Any]:
    job = latest_job(vote)
    return {
        "roll": roll_counts(vote),
        "unreachable": unreachable(vote, timezone.localdate()) if vote.state == Vote.State.DRAFT else [],
        "to_remind": to_remind(vote, timezone.now()).count() if vote.state == Vote.State.OPEN else 0,
        "job": job,
        "progress": progress_context(request, vote, job) if job else None,
    }
