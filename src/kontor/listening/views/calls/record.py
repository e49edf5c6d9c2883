"""What came of a call, the appointment to call back, and words that could not be stored."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.call_appointments import appointment
from kontor.listening.call_words import told, typed_words
from kontor.listening.models import CallCampaign, CallTarget
from kontor.listening.queries.calls.progress import calls_of, progress
from kontor.listening.queries.calls.waiting import held_by
from kontor.listening.services import calls
from kontor.listening.views.calls.found import target_or_404
from kontor.needs.models import Need
from kontor.needs.said import SaidNeed, needs_said
from kontor.questionnaires.vocabulary import vocabulary_of


def record(request: ClusterRequest, target: CallTarget) -> HttpResponse:
    """Show what came of the calls to a member: needs, answers, notes, history, and what one may do now."""
    language = (get_language() or "en")[:2]
    version = target.campaign.version_asked
    base = f"call:{target.campaign_id}:{target.pk}:"
    needs = Need.objects.filter(cluster=request.cluster, reference__startswith=base)
    answered = []
    if version and target.answers:
        vocabulary = vocabulary_of(request.cluster, language, version.asked)
        answered = told(version.asked, target.answers, vocabulary, language)
    context = {
        "target": target,
        "campaign": target.campaign,
        "is_running": target.campaign.state == CallCampaign.State.RUNNING,
        "held": held_by(target.campaign, request.user),
        "needs": list(needs.select_related("topic").order_by("-urgency", "pk")),
        "undecided": _undecided(target, language),
        "answered": answered,
        "calls": calls_of(target),
        "progress": progress(target.campaign),
    }
    return render(request, "listening/calls/record.html", context)


def lost(
    request: ClusterRequest, target: CallTarget | None, typed: calls.Typed, status: int, problem: str = ""
) -> HttpResponse:
    """Show what was typed where it cannot be stored any more, so that nobody has to ask again.

    target: None where the member is not there (any more); the page then tells nothing about it.
    """
    version = target.campaign.version_asked if target else None
    language = (get_language() or "en")[:2]
    words = typed_words(version.asked, typed.fields, language) if version else []
    context = {"target": target, "typed": typed, "words": words, "problem": problem}
    return render(request, "listening/calls/lost.html", context, status=status)


@cluster_view(may="listening.make_calls")
def call_back(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Download the call-back as an appointment."""
    target = target_or_404(request, target_id)
    if target.call_back_at is None:
        raise Http404
    path = reverse("listening:call", args=[request.cluster.slug, target.pk])
    headers = {"Content-Disposition": f'attachment; filename="call-back-{target.pk}.ics"'}
    content = appointment(target, path)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _undecided(target: CallTarget, language: str) -> list[SaidNeed]:
    """Return the needs in the answers that have no topic: somebody must read them."""
    version = target.campaign.version_asked
    said = needs_said(version.asked, target.answers, language) if version else ()
    return [need for need in said if not need.topic]
