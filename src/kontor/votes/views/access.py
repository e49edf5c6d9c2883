"""What all pages of votes need: find one, say why something was refused."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kontor.accounts.views.wall import ClusterRequest
from kontor.jobs.models import Job
from kontor.ui.errors import explain
from kontor.votes.models import Vote
from kontor.votes.services.closing import close_due
from kontor.votes.services.sending import KIND

SEE = "votes.view_vote"
HOLD = "votes.change_vote"


def vote_or_404(request: ClusterRequest, vote_id: int) -> Vote:
    """Return a vote of this cluster; one whose date has passed is closed first."""
    rows = Vote.objects.select_related("cluster")
    vote = get_object_or_404(rows, pk=vote_id, cluster=request.cluster)
    now = timezone.now()
    if vote.state == Vote.State.OPEN and vote.closes_at <= now:
        close_due(now=now, vote=vote)
        vote = rows.get(pk=vote.pk)
    return vote


def latest_job(vote: Vote) -> Job | None:
    """Return the last job that mailed for a vote. One query."""
    jobs = Job.objects.filter(scope=f"cluster:{vote.cluster_id}", kind=KIND, key=f"vote:{vote.pk}")
    return jobs.order_by("-pk").first()


def refused(request: ClusterRequest, vote: Vote, problem: Exception) -> HttpResponse:
    """Say why something was not done; nothing has been changed."""
    context = {"vote": vote, "problem": explain(problem)}
    return render(request, "votes/refused.html", context, status=409)


def to_vote(request: ClusterRequest, vote: Vote) -> HttpResponse:
    """Go to the page of a vote."""
    return redirect("votes:detail", request.cluster.slug, vote.pk)


def requester(request: ClusterRequest) -> str:
    """Return how jobs name who asked for them."""
    return f"user:{request.user.pk}"
