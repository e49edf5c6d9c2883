"""One interview: the guide with notes that save themselves, and that the talk was held."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening import sample_words
from kontor.listening.interview_forms import HeldForm
from kontor.listening.models import Interview
from kontor.listening.problems import ListeningError
from kontor.listening.queries import interviews as queries
from kontor.listening.sample import SEPARATOR, said, sample_in
from kontor.listening.services import interviews as services
from kontor.listening.views.interviews_plan import refused
from kontor.needs.models import Need
from kontor.questionnaires.answers import Fields, fields_in
from kontor.questionnaires.showing import Showing, Shown, shown
from kontor.questionnaires.vocabulary import vocabulary_of
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

MAY = "listening.change_interview"
_EARLIER = 5


@cluster_view(may=MAY)
def talk(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Show the talk: appointment, guide with notes, and what is known of the member."""
    interview = found(request, interview_id)
    return _page(request, interview, {})


@require_POST
@cluster_view(may=MAY)
def notes(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Keep the notes to the guide: as JSON for the page that saves itself, as a page for a plain form."""
    interview = found(request, interview_id)
    is_script = "application/json" in request.headers.get("Accept", "")
    guide = interview.study.guide
    fields = fields_in(guide.asked, request.POST) if guide else {}
    try:
        edition = services.save_notes(
            interview=interview,
            fields=fields,
            edition=number_in(request.POST.get("edition", "")),
            takes_needs=not is_script,
        )
    except ListeningError as problem:
        if is_script:
            return JsonResponse({"problem": explain(problem)}, status=409)
        return _page(request, interview, {"problem": explain(problem), "typed": fields}, 409)
    if is_script:
        saved = _("Saved at %(time)s") % {"time": timezone.localtime().strftime("%H:%M")}
        return JsonResponse({"edition": edition, "saved": saved})
    notify(request, _("The notes have been saved."))
    return redirect("listening:interview", request.cluster.slug, interview.pk)


@require_POST
@cluster_view(may=MAY)
def held(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Note that the talk was held."""
    interview = found(request, interview_id)
    form = HeldForm(request.POST)
    version = number_in(request.POST.get("version", ""))
    more: dict[str, Any] = {"held_form": form}
    if not form.is_valid():
        return _page(request, interview, more, 422)
    try:
        services.hold(interview=interview, expected_version=version, **form.cleaned_data)
    except EditConflict as conflict:
        return _page(request, found(request, interview_id), more | {"problem": explain(conflict)}, 409)
    except (ListeningError, ValidationError) as problem:
        form.add_error(None, refused(problem))
        is_faulty = getattr(problem, "code", "") == "interview.notes_faulty"
        return _page(request, interview, more | {"tells_faults": is_faulty}, 422)
    notify(request, _("The talk is on record. The member counts as heard."))
    return redirect("listening:interview-transcript", request.cluster.slug, interview.pk)


@require_POST
@cluster_view(may=MAY)
def not_held(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Note that the talk was not held after all."""
    interview = found(request, interview_id)
    version = number_in(request.POST.get("version", ""))
    try:
        services.take_back_held(interview=interview, expected_version=version)
    except (EditConflict, ListeningError) as problem:
        return _page(request, found(request, interview_id), {"problem": explain(problem)}, 409)
    notify(request, _("The talk counts as not held."))
    return redirect("listening:interview", request.cluster.slug, interview.pk)


def found(request: ClusterRequest, interview_id: int) -> Interview:
    """Return an interview of this cluster."""
    return get_object_or_404(queries.interviews(request.cluster), pk=interview_id)


def about(interview: Interview) -> dict[str, Any]:
    """Return what every page of an interview shows on top."""
    account = interview.study.drawn
    reason = ""
    if account:
        strata = {SEPARATOR.join(each.groups): each for each in sample_in(account).strata}
        stratum = strata.get(interview.stratum)
        numbers = (stratum.population, stratum.allotted) if stratum else (0, 0)
        reason = sample_words.why(interview.rank, *numbers)
    return {
        "interview": interview,
        "group": said(interview.stratum, account.get("dimensions", ())) if account else "",
        "why": reason,
    }


def _page(
    request: ClusterRequest, interview: Interview, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    day = interview.held_on or timezone.localdate()
    form = more.get("held_form") or HeldForm(initial={"held_on": day, "notes": interview.notes})
    needs = Need.objects.filter(cluster=request.cluster, organisation=interview.organisation)
    context = {
        **about(interview),
        "stand_in": Interview.objects.filter(replaces=interview).select_related("organisation").first(),
        "held_form": form,
        "shown": _guide(interview, more.get("typed"), tells_faults=more.get("tells_faults", False)),
        "earlier": needs.select_related("topic").order_by("-recorded_on", "-pk")[:_EARLIER],
        **more,
    }
    return render(request, "listening/interviews/talk.html", context, status=status)


def _guide(interview: Interview, typed: Fields | None, *, tells_faults: bool) -> Shown | None:
    guide = interview.study.guide
    if guide is None:
        return None
    asked, language = guide.asked, (get_language() or "en")[:2]
    how = Showing(
        language=language,
        fields=interview.fields if typed is None else typed,
        reading=services.reading_of(interview, typed),
        vocabulary=vocabulary_of(interview.cluster, language, asked),
        other_label=_("Other"),
        tells_faults=tells_faults,
    )
    return shown(asked, how)
