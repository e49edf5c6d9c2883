"""What is done with a vote: open, send, remind, extend, close, cancel."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify
from kontor.votes import services
from kontor.votes.forms import CancelForm, ExtendForm
from kontor.votes.models import Vote
from kontor.votes.problems import VoteError
from kontor.votes.services.sending import INVITATIONS
from kontor.votes.views.access import HOLD, refused, requester, to_vote, vote_or_404


@require_POST
@cluster_view(may=HOLD)
def open_it(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Open the vote and begin to mail the links."""
    vote = vote_or_404(request, vote_id)
    try:
        services.open_vote(vote=vote, now=timezone.now(), user=request.user)
    except VoteError as problem:
        return refused(request, vote, problem)
    notify(request, _("The vote is open, and the links are on their way."))
    return to_vote(request, vote)


@require_POST
@cluster_view(may=HOLD)
def send(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Mail the links that have not gone out."""
    vote = vote_or_404(request, vote_id)
    if vote.state != Vote.State.OPEN:
        return refused(request, vote, VoteError("vote.not_open"))
    services.start_sending(vote=vote, what=INVITATIONS, since=timezone.now(), requested_by=requester(request))
    return to_vote(request, vote)


@require_POST
@cluster_view(may=HOLD)
def remind(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Write once more to those who have not voted."""
    vote = vote_or_404(request, vote_id)
    try:
        services.remind(vote=vote, now=timezone.now(), requested_by=requester(request))
    except VoteError as problem:
        return refused(request, vote, problem)
    notify(request, _("The reminders are on their way, to those only who have not voted."))
    return to_vote(request, vote)


@require_POST
@cluster_view(may=HOLD)
def close(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Close the vote now and count."""
    vote = vote_or_404(request, vote_id)
    try:
        services.close_vote(vote=vote, now=timezone.now())
    except VoteError as problem:
        return refused(request, vote, problem)
    notify(request, _("The vote is closed and counted."))
    return to_vote(request, vote)


@cluster_view(may=HOLD)
def extend(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Give an open vote more time."""
    vote = vote_or_404(request, vote_id)
    if vote.state != Vote.State.OPEN:
        return refused(request, vote, VoteError("vote.not_open"))
    form = ExtendForm(request.POST or None, initial={"closes_at": vote.closes_at})
    context = {"vote": vote, "form": form, "version": request.POST.get("version") or vote.version}
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.extend_vote(
                vote=vote,
                expected_version=number_in(request.POST.get("version", "")),
                closes_at=form.cleaned_data["closes_at"],
                now=timezone.now(),
            )
        except (EditConflict, VoteError) as problem:
            form.add_error(None, explain(problem))
            context["version"] = Vote.objects.get(pk=vote.pk).version
            status = 409
        else:
            notify(request, _("The vote is open until the new date."))
            return to_vote(request, vote)
    return render(request, "votes/extend.html", context, status=status)


@cluster_view(may=HOLD)
def cancel(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """End an open vote without a result, with a reason."""
    vote = vote_or_404(request, vote_id)
    if vote.state != Vote.State.OPEN:
        return refused(request, vote, VoteError("vote.not_open"))
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_vote(vote=vote, reason=form.cleaned_data["reason"], now=timezone.now())
        except VoteError as problem:
            return refused(request, vote, problem)
        notify(request, _("The vote is cancelled; its ballots were destroyed uncounted."))
        return to_vote(request, vote)
    status = 422 if form.is_bound else 200
    return render(request, "votes/cancel.html", {"vote": vote, "form": form}, status=status)
