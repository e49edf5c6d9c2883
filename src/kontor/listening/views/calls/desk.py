"""The call page: what is being typed about one member, and how the call ends."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.call_forms import CallForm
from kontor.listening.models import CallTarget
from kontor.listening.problems import ListeningError
from kontor.listening.services import calls
from kontor.listening.services.calls.finishing import UNREACHED
from kontor.listening.views.calls.found import target_or_404
from kontor.listening.views.calls.handing import to_next
from kontor.listening.views.calls.record import lost, record
from kontor.listening.views.calls.sheet import Desk, language_of, page, reading_of, typed_in
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

Outcome, State = CallTarget.Outcome, CallTarget.State
# The buttons that save and read the questions out in another language: "read-en".
READ_IN = "read-"


@cluster_view(may="listening.make_calls")
def call(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Show the call page to who holds the member, to others what came of it; take the posted form."""
    if request.method == "POST":
        return _posted(request, target_id)
    target = target_or_404(request, target_id)
    is_mine = target.state == State.RESERVED and target.reserved_by_id == request.user.pk
    is_correction = target.state == State.DONE and "correct" in request.GET
    if not (is_mine or is_correction):
        return record(request, target)
    typed = calls.Typed(target.fields, target.notes, target.person)
    form = CallForm(organisation=target.organisation)
    language = language_of(target, request.GET.get("language", ""))
    return page(request, Desk(target, form, typed, target.edition, language, is_correction=is_correction))


@require_POST
@cluster_view(may="listening.make_calls")
def save(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Keep what stands in the form: the answer that answer.js waits for."""
    target = target_or_404(request, target_id)
    try:
        edition = calls.keep(
            target=target,
            caller=request.user,
            edition=number_in(request.POST.get("edition", "")),
            typed=typed_in(request, target, CallForm(request.POST, organisation=target.organisation)),
        )
    except ListeningError as problem:
        return JsonResponse({"problem": explain(problem)}, status=409)
    now = formats.time_format(timezone.localtime(), "H:i")
    return JsonResponse({"edition": edition, "saved": _("Saved at %(time)s") % {"time": now}})


def _posted(request: ClusterRequest, target_id: int) -> HttpResponse:
    """Keep the form, finish the call or correct the talk, as the pressed button says."""
    target = CallTarget.objects.filter(pk=target_id, cluster=request.cluster).first()
    if target is None:
        return lost(request, None, calls.Typed(notes=request.POST.get("notes", "")), 404)
    target = target_or_404(request, target_id)
    form = CallForm(request.POST, organisation=target.organisation)
    desk = Desk(
        target=target,
        form=form,
        typed=typed_in(request, target, form),
        edition=number_in(request.POST.get("edition", "")),
        language=language_of(target, request.POST.get("language", "")),
        is_correction=target.state == State.DONE and request.POST.get("act") == "correct",
    )
    act = request.POST.get("act", "keep")
    try:
        if desk.is_correction:
            return _correct(request, desk)
        if act == "keep" or act.startswith(READ_IN):
            return _keep(request, desk, language=act.removeprefix(READ_IN) if act != "keep" else "")
        return _finish(request, desk, goes_on=act == "next")
    except ListeningError as problem:
        return _refused(request, desk, problem)


def _keep(request: ClusterRequest, desk: Desk, *, language: str) -> HttpResponse:
    """Save in between and show the page again, its questions in another language where that is asked for."""
    calls.keep(target=desk.target, caller=request.user, edition=desk.edition, typed=desk.typed)
    url = reverse("listening:call", args=[request.cluster.slug, desk.target.pk])
    if language:
        return redirect(f"{url}?{urlencode({'language': language})}")
    notify(request, _("Saved. The call goes on."))
    return redirect(url)


def _correct(request: ClusterRequest, desk: Desk) -> HttpResponse:
    calls.correct_call(
        target=desk.target,
        caller=request.user,
        edition=desk.edition,
        typed=desk.typed,
        language=desk.language,
    )
    notify(request, _("The talk has been corrected."))
    return redirect("listening:call", request.cluster.slug, desk.target.pk)


def _finish(request: ClusterRequest, desk: Desk, *, goes_on: bool) -> HttpResponse:
    """End the call, unless the form must be looked at once more; nothing typed is lost by that."""
    if not desk.form.is_valid():
        return _look_again(request, desk)
    outcome = desk.form.cleaned_data["outcome"]
    is_first_try = outcome == Outcome.TALKED and "as_it_is" not in request.POST
    if is_first_try and reading_of(desk, is_final=True).faults:
        desk.tells_faults = True
        return _look_again(request, desk)
    back = desk.form.cleaned_data["call_back_at"] if outcome in (Outcome.CALL_BACK, *UNREACHED) else None
    try:
        row = calls.finish_call(
            target=desk.target,
            caller=request.user,
            edition=desk.edition,
            typed=desk.typed,
            outcome=outcome,
            language=desk.language,
            call_back_at=back,
            gives_up=desk.form.cleaned_data["gives_up"] and outcome in UNREACHED,
        )
    except ListeningError as problem:
        if not problem.code.startswith("call.call_back"):
            raise
        desk.form.add_error("call_back_at", explain(problem))
        return _look_again(request, desk)
    notify(request, _done(row))
    if goes_on:
        return to_next(request, row.campaign)
    return redirect("listening:call", request.cluster.slug, row.pk)


def _look_again(request: ClusterRequest, desk: Desk) -> HttpResponse:
    """Show the form with what is missing; what was typed is kept on the server meanwhile."""
    desk.edition = calls.keep(target=desk.target, caller=request.user, edition=desk.edition, typed=desk.typed)
    desk.status = 422
    return page(request, desk)


def _refused(request: ClusterRequest, desk: Desk, problem: ListeningError) -> HttpResponse:
    """Tell why it was refused, beside all that was typed."""
    desk.target = target_or_404(request, desk.target.pk)
    desk.problem, desk.status = explain(problem), 409
    is_mine = desk.target.reserved_by_id == request.user.pk
    if problem.code == "call.other_tab" and (is_mine or desk.is_correction):
        # Sending it once more means it: the second time this form is the newest.
        desk.edition = desk.target.edition
        return page(request, desk)
    return lost(request, desk.target, desk.typed, 409, desk.problem)


def _done(row: CallTarget) -> str:
    """Say what was noted."""
    name = row.organisation.name
    if row.state == State.DONE:
        return _("The talk with %(name)s has been stored.") % {"name": name}
    if row.state == State.ENDED or row.call_back_at is None:
        return _("%(name)s will not be called again in this campaign.") % {"name": name}
    when = formats.date_format(timezone.localtime(row.call_back_at), "SHORT_DATETIME_FORMAT")
    return _("%(name)s comes back on the list on %(when)s.") % {"name": name, "when": when}
