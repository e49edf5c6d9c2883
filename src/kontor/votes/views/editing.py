"""Prepare a vote, change it, throw it away, hold it again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify
from kontor.votes import services
from kontor.votes.choices import MOST_OPTIONS
from kontor.votes.forms import ROWS_AT_FIRST, ROWS_MORE, VoteForm, stored
from kontor.votes.models import Vote
from kontor.votes.problems import VoteError
from kontor.votes.views.access import HOLD, refused, to_vote, vote_or_404

WEEKS_OPEN = timedelta(weeks=2)


@cluster_view(may=HOLD)
def create(request: ClusterRequest) -> HttpResponse:
    """Prepare a vote of the cluster's own."""
    form = _form(request, {"closes_at": _evening(timezone.localtime() + WEEKS_OPEN)}, ROWS_AT_FIRST)
    if _is_sent(request) and form.is_valid():
        try:
            vote = services.create_vote(cluster=request.cluster, **form.values())
        except (VoteError, ValidationError) as problem:
            form.add_error(None, _said(problem))
        else:
            notify(request, _("The vote is prepared. Put the organisations on the roll that may vote."))
            return redirect("votes:roll-add", request.cluster.slug, vote.pk)
    return _page(request, form, {})


@cluster_view(may=HOLD)
def edit(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Change a vote in preparation."""
    vote = vote_or_404(request, vote_id)
    if vote.state != Vote.State.DRAFT:
        return to_vote(request, vote)
    options = list(vote.options.all())
    form = _form(request, stored(vote, options), max(len(options) + 1, ROWS_AT_FIRST))
    context: dict[str, Any] = {"vote": vote, "version": request.POST.get("version") or vote.version}
    if not (_is_sent(request) and form.is_valid()):
        return _page(request, form, context)
    try:
        version = number_in(request.POST.get("version", ""))
        services.update_vote(vote=vote, expected_version=version, **form.values())
    except EditConflict as conflict:
        now = Vote.objects.select_related("cluster").get(pk=vote.pk)
        shown = conflict_shown(form, conflict.current, stored(now, list(now.options.all())))
        return _page(request, form, context | shown, 409)
    except (VoteError, ValidationError) as problem:
        form.add_error(None, _said(problem))
        return _page(request, form, context)
    notify(request, _("The vote has been saved."))
    return to_vote(request, vote)


@require_POST
@cluster_view(may=HOLD)
def delete(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Throw away a vote that was never open."""
    vote = vote_or_404(request, vote_id)
    try:
        services.delete_vote(vote=vote)
    except VoteError as problem:
        return refused(request, vote, problem)
    notify(request, _("The vote has been deleted."))
    return redirect("votes:overview", request.cluster.slug)


@require_POST
@cluster_view(may=HOLD)
def repeat(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Prepare the same vote once more, or a run-off between those on the first place."""
    vote = vote_or_404(request, vote_id)
    closes_at = _evening(timezone.localtime() + WEEKS_OPEN)
    try:
        again = services.repeat_vote(vote=vote, closes_at=closes_at, only_first="first" in request.POST)
    except VoteError as problem:
        return refused(request, vote, problem)
    notify(request, _("A new vote is prepared with the same roll. Look at it, then open it."))
    return to_vote(request, again)


def _form(request: ClusterRequest, initial: dict[str, Any], rows: int) -> VoteForm:
    """Return the form with as many rows as the page had, and some more where they are asked for."""
    if request.method == "POST":
        rows = min(number_in(request.POST.get("rows", "")) or rows, MOST_OPTIONS)
        rows += ROWS_MORE if "more" in request.POST else 0
    if "more" in request.POST:
        kept = {name: str(request.POST[name]) for name in request.POST}
        return VoteForm(cluster=request.cluster, rows=rows, initial=kept)
    return VoteForm(request.POST or None, cluster=request.cluster, rows=rows, initial=initial)


def _is_sent(request: ClusterRequest) -> bool:
    return request.method == "POST" and "more" not in request.POST


def _page(request: ClusterRequest, form: VoteForm, context: dict[str, Any], status: int = 0) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    return render(request, "votes/form.html", {"form": form, **context}, status=status)


def _evening(day: datetime) -> datetime:
    return day.replace(hour=18, minute=0, second=0, microsecond=0)


def _said(problem: VoteError | ValidationError) -> str:
    return " ".join(problem.messages) if isinstance(problem, ValidationError) else explain(problem)
