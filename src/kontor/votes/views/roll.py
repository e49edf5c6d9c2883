"""The roll of a vote: who may vote, and who casts the vote."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify
from kontor.votes import exports, services
from kontor.votes.forms import ContactForm, ElectorForm, TypedContactForm
from kontor.votes.models import Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.queries import roll as queries
from kontor.votes.services.sending import INVITATIONS
from kontor.votes.views.access import HOLD, refused, requester, vote_or_404

PAGE = 50
OPEN_TO_CHANGE = (Vote.State.DRAFT, Vote.State.OPEN)


@require_safe
@cluster_view(may=HOLD)
def roll(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """List the organisations that may vote; the address holds filter, words and page."""
    vote = vote_or_404(request, vote_id)
    words, standing = _asked(request)
    page = Paginator(queries.roll(vote, words, standing), PAGE).get_page(request.GET.get("page"))
    context = {
        "vote": vote,
        "page": page,
        "rows": [(each, queries.standing_of(each)) for each in page.object_list],
        "words": words,
        "standing": standing,
        "groups": [{"label": _("State"), "choices": _chips(vote, standing)}],
        "may_grow": vote.state in OPEN_TO_CHANGE,
        "labels": queries.LABELS,
    }
    return render(request, "votes/roll.html", context)


@require_safe
@cluster_view(may=HOLD)
def export(request: ClusterRequest, vote_id: int, file_format: str) -> HttpResponse:
    """Download the roll as the list shows it, all pages."""
    vote = vote_or_404(request, vote_id)
    return exports.roll_file(vote, queries.roll(vote, *_asked(request)), file_format)


@cluster_view(may=HOLD)
def add(request: ClusterRequest, vote_id: int) -> HttpResponse:
    """Put members on the roll, all or those ticked, or one organisation with a typed contact."""
    vote = vote_or_404(request, vote_id)
    if vote.state not in OPEN_TO_CHANGE:
        return refused(request, vote, VoteError("vote.over"))
    is_typed = request.method == "POST" and "typed" in request.POST
    form = ElectorForm(request.POST if is_typed else None, vote=vote)
    if is_typed and form.is_valid():
        try:
            services.add_elector(vote=vote, **form.cleaned_data)
        except (VoteError, ValidationError) as problem:
            form.add_error(None, explain(problem))
        else:
            return _grown(request, vote, 1)
    elif request.method == "POST" and not is_typed:
        ticked = {number_in(each) for each in request.POST.getlist("organisations")}
        wanted = None if "all" in request.POST else ticked
        on = timezone.localdate()
        return _grown(request, vote, services.add_members(vote=vote, on=on, organisation_ids=wanted))
    return _add_page(request, vote, form)


@cluster_view(may=HOLD)
def elector(request: ClusterRequest, vote_id: int, elector_id: int) -> HttpResponse:
    """Choose another contact, from the directory or typed."""
    vote = vote_or_404(request, vote_id)
    row = get_object_or_404(Elector, pk=elector_id, vote=vote)
    is_typed = "typed" in request.POST
    chosen = ContactForm(request.POST if "person" in request.POST else None, elector=row)
    typed = TypedContactForm(
        request.POST if is_typed else None, initial={"language": row.language}, prefix="typed_contact"
    )
    sent = typed if is_typed else chosen
    if request.method == "POST" and sent.is_valid():
        try:
            services.change_contact(elector=row, **sent.cleaned_data)
        except (VoteError, ValidationError) as problem:
            sent.add_error(None, explain(problem))
        else:
            return _exchanged(request, vote)
    context = {"vote": vote, "elector": row, "chosen": chosen, "typed": typed}
    context |= {"standing": queries.standing_of(row), "labels": queries.LABELS}
    context["may_change"] = vote.state in OPEN_TO_CHANGE and not row.has_voted
    return render(request, "votes/elector.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@cluster_view(may=HOLD)
def remove(request: ClusterRequest, vote_id: int, elector_id: int) -> HttpResponse:
    """Take an organisation off the roll of a vote in preparation."""
    vote = vote_or_404(request, vote_id)
    row = get_object_or_404(Elector, pk=elector_id, vote=vote)
    try:
        services.remove_elector(elector=row)
    except VoteError as problem:
        return refused(request, vote, problem)
    notify(request, _("%(name)s is off the roll.") % {"name": row.organisation_name})
    return redirect("votes:roll", request.cluster.slug, vote.pk)


def _grown(request: ClusterRequest, vote: Vote, new: int) -> HttpResponse:
    """Tell how many are new, and write to them at once where the vote is open."""
    text = ngettext(
        "%(count)s organisation is new on the roll.", "%(count)s organisations are new on the roll.", new
    )
    notify(request, text % {"count": new})
    _write_to_new(request, vote)
    return redirect("votes:roll", request.cluster.slug, vote.pk)


def _exchanged(request: ClusterRequest, vote: Vote) -> HttpResponse:
    notify(request, _("The vote is cast by the other contact now; earlier links open nothing any more."))
    _write_to_new(request, vote)
    return redirect("votes:roll", request.cluster.slug, vote.pk)


def _write_to_new(request: ClusterRequest, vote: Vote) -> None:
    if vote.state == Vote.State.OPEN:
        now, by = timezone.now(), requester(request)
        services.start_sending(vote=vote, what=INVITATIONS, since=now, requested_by=by)


def _add_page(request: ClusterRequest, vote: Vote, form: ElectorForm) -> HttpResponse:
    on, known = timezone.localdate(), queries.contacts(vote.cluster)
    found = list(queries.members_without(vote, on))
    context = {
        "vote": vote,
        "form": form,
        "addable": [(each, known[each.pk][0]) for each in found if each.pk in known],
        "unreachable": [each for each in found if each.pk not in known],
    }
    return render(request, "votes/roll_add.html", context, status=422 if form.is_bound else 200)


def _asked(request: ClusterRequest) -> tuple[str, str]:
    standing = request.GET.get("standing", "")
    words = request.GET.get("q", "").strip()[:100]
    return words, standing if standing in queries.STANDINGS else ""


def _chips(vote: Vote, standing: str) -> list[dict[str, Any]]:
    return [
        {
            "label": queries.LABELS[key],
            "count": count,
            "url": "?" if key == standing else f"?standing={key}",
            "is_on": key == standing,
        }
        for key, count in queries.roll_counts(vote).items()
        if count or key == standing
    ]
