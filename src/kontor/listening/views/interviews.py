"""Series of interviews: all of them, one with its list, how the sample came about, and the files of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening import interview_exports as exports
from kontor.listening import sample_words
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.queries import interviews as queries
from kontor.listening.sample import SEPARATOR, drawn_again, said, sample_in
from kontor.listening.views.interviews_plan import planned
from kontor.ui.components import NextStep

PAGE = 50
MAY = "listening.change_interview"
_LANGUAGES = ("de", "en")
State = Interview.State


@cluster_view(may=MAY)
def overview(request: ClusterRequest) -> HttpResponse:
    """List the series of interviews, and who has held how many talks."""
    page = Paginator(queries.studies(request.cluster), PAGE).get_page(request.GET.get("page"))
    talks = queries.talks_held(request.cluster, timezone.localdate())
    context = {"page": page, "talks": talks, "held": sum(each.held for each in talks)}
    return render(request, "listening/interviews/overview.html", context)


@cluster_view(may=MAY)
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the list of series."""
    return exports.studies_file(queries.studies(request.cluster), form, cluster=request.cluster)


@cluster_view(may=MAY)
def study(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show a series: the plan of the draw before it, the list with what comes next afterwards."""
    found = get_object_or_404(queries.studies(request.cluster), pk=study_id)
    if not found.drawn:
        return render(request, "listening/interviews/plan.html", planned(found))
    listed: list[Any] = list(queries.interviews_of(found))
    chosen = request.GET.get("state", "")
    shown = [each for each in listed if (each.state == chosen if chosen else each.state != State.UNUSED)]
    page = Paginator(_rows(found, shown), PAGE).get_page(request.GET.get("page"))
    standing = [each for each in listed if each.state not in (State.UNUSED, State.DECLINED)]
    context = {
        "study": found,
        "page": page,
        "chosen": chosen,
        "groups": [{"label": _("State"), "choices": _chips(listed, chosen)}],
        "wanted": len(sample_in(found.drawn).drawn),
        "standing": len(standing),
        "held": sum(each.state == State.HELD for each in listed),
        "appointed": sum(each.state == State.APPOINTED for each in listed),
        "needs": sum(each.told for each in listed),
        "may_undo": all(each.state in (State.OPEN, State.UNUSED) and each.version == 1 for each in listed),
        "step": _next_step(request, found, listed),
    }
    return render(request, "listening/interviews/study.html", context)


@cluster_view(may=MAY)
def method(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Tell how the sample came about, in the language asked for, ready to be printed."""
    found = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    if not found.drawn:
        return redirect("listening:interview-study", request.cluster.slug, found.pk)
    language = request.GET.get("language", "")
    language = language if language in _LANGUAGES else (translation.get_language() or "en")[:2]
    sample = sample_in(found.drawn)
    with translation.override(language):
        context = {
            "study": found,
            "paragraphs": sample_words.method(found, list(queries.interviews_of(found))),
            "strata": exports.strata_rows(found),
            "language": language,
            "languages": _LANGUAGES,
            "drawn": len(sample.drawn),
            "is_repeatable": drawn_again(found.drawn) == sample,
        }
        return render(request, "listening/interviews/method.html", context)


@cluster_view(may=MAY)
def list_export(request: ClusterRequest, study_id: int, form: str) -> HttpResponse:
    """Download everybody on the list, with group, place in the draw, chance and weight."""
    found = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    return exports.interviews_file(found, queries.interviews_of(found), form, cluster=request.cluster)


@cluster_view(may=MAY)
def account_export(request: ClusterRequest, study_id: int, form: str) -> HttpResponse:
    """Download the account of the draw, group by group."""
    found = get_object_or_404(InterviewStudy, pk=study_id, cluster=request.cluster)
    return exports.account_file(found, form, cluster=request.cluster)


def _rows(found: InterviewStudy, listed: Sequence[Interview]) -> list[dict[str, Any]]:
    """Return each interview with its group and the reason why it is on the list, in words."""
    strata = {SEPARATOR.join(each.groups): each for each in sample_in(found.drawn).strata}
    rows = []
    for each in listed:
        stratum = strata.get(each.stratum)
        numbers = (stratum.population, stratum.allotted) if stratum else (0, 0)
        rows.append(
            {
                "interview": each,
                "group": said(each.stratum, found.drawn["dimensions"]) or _("all members"),
                "why": sample_words.why(each.rank, *numbers),
            }
        )
    return rows


def _chips(listed: Sequence[Interview], chosen: str) -> list[dict[str, Any]]:
    labels = dict(State.choices) | {str(State.UNUSED): _("In reserve")}
    counts = {value: sum(each.state == value for each in listed) for value in State.values}
    return [
        {
            "label": labels[value],
            "count": counts[value],
            "url": "?" if value == chosen else f"?state={value}",
            "is_on": value == chosen,
        }
        for value in State.values
        if counts[value]
    ]


def _next_step(request: ClusterRequest, found: InterviewStudy, listed: Sequence[Any]) -> NextStep | None:
    """Return what helps most: fill a free place, then make appointments, then transcripts."""
    if found.state == InterviewStudy.State.CLOSED:
        return None
    filled = {each.replaces_id for each in listed}
    free = [each for each in listed if each.state == State.DECLINED and each.pk not in filled]
    if free:
        sentence = _("%(name)s declined, and nobody stands in yet.") % {"name": free[0].organisation.name}
        return NextStep(sentence, _("Fill the place"), _url(request, "interview-decline", free[0]))
    still = [each for each in listed if each.state == State.OPEN]
    if still:
        sentence = ngettext(
            "%(count)s member has no appointment yet.",
            "%(count)s members have no appointment yet.",
            len(still),
        ) % {"count": len(still)}
        return NextStep(sentence, _("Make an appointment"), _url(request, "interview-appointment", still[0]))
    unread = [each for each in listed if each.state == State.HELD and not each.marked]
    if unread:
        sentence = ngettext(
            "In %(count)s talk no passage is marked yet.",
            "In %(count)s talks no passage is marked yet.",
            len(unread),
        ) % {"count": len(unread)}
        return NextStep(sentence, _("Read the transcript"), _url(request, "interview-transcript", unread[0]))
    return None


def _url(request: ClusterRequest, name: str, interview: Interview) -> str:
    return reverse(f"listening:{name}", args=[request.cluster.slug, interview.pk])
