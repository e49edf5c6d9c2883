"""The page on which an organisation votes, without an account: choose, look once more, cast."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from kontor.accounts.views.wall import LinkRequest, link_view
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.votes import services
from kontor.votes.choices import Choice, checked
from kontor.votes.models import Elector, Vote, VoteOption
from kontor.votes.problems import VoteError
from kontor.votes.queries import result, turnout
from kontor.votes.services.closing import close_due
from kontor.votes.services.links import PURPOSE
from kontor.votes.shown import shown_result
from kontor.votes.views.detail import reason_of

# What a refusal of the ballot box looks like: page and status.
_REFUSALS = {
    "vote.cast_already": ("already", 409),
    "vote.not_open": ("over", 410),
    "vote.key_lost": ("over", 410),
    "vote.link_withdrawn": ("withdrawn", 410),
}


@sensitive_post_parameters()
@link_view(PURPOSE, leaves_trace=False)
def cast(request: LinkRequest) -> HttpResponse:
    """Show the ballot; by POST show the choice once more, and cast it."""
    elector = _elector_or_404(request)
    if request.method == "POST":
        return _take(request, elector)
    if elector.vote.state != Vote.State.OPEN:
        return _told(request, elector, "over")
    if elector.has_voted:
        return _told(request, elector, "done")
    return _paper(request, elector, QueryDict())


def _take(request: LinkRequest, elector: Elector) -> HttpResponse:
    if "back" in request.POST:
        return _paper(request, elector, request.POST)
    options = list(elector.vote.options.all())
    try:
        choice = _choice_in(request.POST, elector.vote, options)
        if "cast" not in request.POST:
            return _look(request, elector, choice, options)
        services.cast(elector=elector, choice=choice, now=timezone.now())
    except VoteError as problem:
        page, status = _REFUSALS.get(problem.code, ("", 422))
        if page:
            return _told(request, _elector_or_404(request), page, status)
        return _paper(request, elector, request.POST, explain(problem))
    assert request.resolver_match is not None
    return redirect("votes:cast", request.cluster.slug, request.resolver_match.kwargs["token"])


def _elector_or_404(request: LinkRequest) -> Elector:
    """Return whom the link belongs to, with the vote; links of an earlier contact lead nowhere."""
    rows = Elector.objects.select_related("vote__cluster")
    found = rows.filter(
        pk=request.link.target, cluster=request.link.cluster_id, email__iexact=request.link.email
    )
    elector = found.first()
    if elector is None or elector.vote.state == Vote.State.DRAFT:
        raise Http404
    vote, now = elector.vote, timezone.now()
    if vote.state == Vote.State.OPEN and vote.closes_at <= now:
        close_due(now=now, vote=vote)
        vote.refresh_from_db()
    return elector


def _choice_in(post: QueryDict, vote: Vote, options: list[VoteOption]) -> Choice:
    """Return what the page says; raises VoteError where it says nothing or two things."""
    abstains = "abstain" in post
    if vote.method == Vote.Method.APPROVAL:
        ranks = {number_in(each): 1 for each in post.getlist("approve")}
        if "none" in post and (ranks or abstains):
            raise VoteError("vote.abstains_and_chooses")
        if not (ranks or abstains or "none" in post):
            raise VoteError("vote.nothing_chosen")
    else:
        given = {each.pk: number_in(post.get(f"rank_{each.pk}", "")) for each in options}
        ranks = {option: rank for option, rank in given.items() if rank}
    return checked(Choice(ranks, abstains), vote.method, [each.pk for each in options])


def _paper(request: LinkRequest, elector: Elector, typed: QueryDict, problem: str = "") -> HttpResponse:
    """Show the ballot with what was chosen so far."""
    ticked = set(typed.getlist("approve"))
    options = list(elector.vote.options.all())
    rows = [
        {
            "option": each,
            "is_ticked": str(each.pk) in ticked,
            "rank": number_in(typed.get(f"rank_{each.pk}", "")),
        }
        for each in options
    ]
    context = _context(elector) | {
        "rows": rows,
        "places": range(1, len(options) + 1),
        "is_none": "none" in typed,
        "abstains": "abstain" in typed,
        "problem": problem,
        "turnout": turnout(elector.vote),
    }
    return render(request, "votes/cast/ballot.html", context, status=422 if problem else 200)


def _look(request: LinkRequest, elector: Elector, choice: Choice, options: list[VoteOption]) -> HttpResponse:
    """Show once more what is about to be cast; nothing of it is stored."""
    by_place: dict[int, list[VoteOption]] = {}
    for each in options:
        if each.pk in choice.ranks:
            by_place.setdefault(choice.ranks[each.pk], []).append(each)
    context = _context(elector) | {
        "choice": choice,
        "places": sorted(by_place.items()),
        "unranked": [each for each in options if each.pk not in choice.ranks],
        "fields": [
            (name, value)
            for name in request.POST
            if name in ("approve", "none", "abstain") or name.startswith("rank_")
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "votes/cast/look.html", context)


def _told(request: LinkRequest, elector: Elector, page: str, status: int = 200) -> HttpResponse:
    found = result(elector.vote)
    context = _context(elector) | {
        "shown": shown_result(found) if found else None,
        "reason": reason_of(elector.vote),
        "turnout": turnout(elector.vote),
        "is_wide": page == "over",
    }
    return render(request, f"votes/cast/{page}.html", context, status=status)


def _context(elector: Elector) -> dict[str, Any]:
    vote = elector.vote
    return {"vote": vote, "elector": elector, "is_ranked": vote.method == Vote.Method.RANKED}
