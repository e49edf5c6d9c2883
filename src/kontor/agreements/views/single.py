"""One agreement: how far it is, what comes next, and its stages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.agreements import exports, services
from kontor.agreements.forms.people import AmendForm
from kontor.agreements.models import Agreement, Side
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.sheet import sheet_of
from kontor.agreements.queries.timeline import latest_events
from kontor.agreements.services.seen import note_look
from kontor.agreements.speaker import our_speaker
from kontor.agreements.steps import next_step
from kontor.agreements.views.clause_page import ordered_languages
from kontor.agreements.views.finding import agreement_or_404, refused
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@require_safe
@cluster_view(may="agreements.change_agreement")
def detail(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Show the clauses with whose turn it is, the people and the versions."""
    agreement = agreement_or_404(request, agreement_id)
    sheet = sheet_of(agreement)
    people = [each for each in agreement.negotiators.select_related("user") if each.is_active]
    versions = list(agreement.versions.select_related("signing").defer("content", "reports"))
    note_look(people, user=request.user)
    languages = ordered_languages(agreement)
    context = {
        "agreement": agreement,
        "sheet": sheet,
        "side": Side.US,
        "progress": sheet.progress,
        "step": next_step(sheet, people, versions),
        "people": people,
        "versions": versions,
        "events": latest_events(agreement, Side.US),
        "languages": languages,
        "leading": languages[0],
        "is_draft": agreement.state == Agreement.State.DRAFT,
        "is_open": agreement.state == Agreement.State.NEGOTIATING,
        "may_edit": agreement.state in (Agreement.State.DRAFT, Agreement.State.NEGOTIATING),
    }
    return render(request, "agreements/detail.html", context)


@require_safe
@cluster_view(may="agreements.change_agreement")
def export(request: ClusterRequest, agreement_id: int, form: str) -> HttpResponse:
    """Download the clauses as they stand."""
    return exports.clauses_file(sheet_of(agreement_or_404(request, agreement_id)), form)


@require_POST
@cluster_view(may="agreements.change_agreement")
def accept_ticked(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Accept all clauses that were ticked."""
    agreement = agreement_or_404(request, agreement_id)
    try:
        told = accept_posted(request, agreement)
    except AgreementError as problem:
        return refused(request, agreement, problem)
    notify(request, told)
    return redirect("agreements:detail", request.cluster.slug, agreement.pk)


def accept_posted(request: ClusterRequest, agreement: Agreement) -> str:
    """Accept for our side what was ticked and return what to say."""
    keys = [number_in(each) for each in request.POST.getlist("wordings")]
    speaker = our_speaker(request.user)
    done, left = services.accept_ticked(agreement=agreement, wordings=keys, speaker=speaker)
    return accepted_sentence(done, left)


def accepted_sentence(done: int, left: list[str]) -> str:
    """Return what became of the clauses that were ticked."""
    if not done and not left:
        return _("No clause was ticked.")
    said = ngettext("%(number)s clause accepted.", "%(number)s clauses accepted.", done) % {"number": done}
    if not left:
        return said
    more = _("These have changed meanwhile, please read them again: %(clauses)s.")
    return f"{said} {more % {'clauses': ', '.join(left)}}"


@require_POST
@cluster_view(may="agreements.change_agreement")
def change_stage(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Give up, take up again, or give up the amendment."""
    agreement = agreement_or_404(request, agreement_id)
    found = _STAGES.get(request.POST.get("to", ""))
    if found is None:
        raise Http404
    act, told = found
    try:
        act(agreement)
    except AgreementError as problem:
        return refused(request, agreement, problem)
    notify(request, told())
    return redirect("agreements:detail", request.cluster.slug, agreement.pk)


_STAGES: dict[str, tuple[Callable[[Agreement], object], Callable[[], str]]] = {
    "cancelled": (
        lambda agreement: services.cancel_agreement(agreement=agreement),
        lambda: _("The agreement is given up. You can take it up again at any time."),
    ),
    "resumed": (
        lambda agreement: services.resume_agreement(agreement=agreement),
        lambda: _("The agreement is taken up again."),
    ),
    "as_agreed": (
        lambda agreement: services.withdraw_amendment(agreement=agreement),
        lambda: _("The amendment is given up. What was agreed stays as it is."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def freeze(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Lay down the final version, after one look at it."""
    agreement = agreement_or_404(request, agreement_id)
    problem = ""
    if request.method == "POST":
        try:
            version = services.freeze(agreement=agreement, user=request.user)
        except AgreementError as error:
            problem = explain(error)
        else:
            notify(request, _("Version %(number)s is laid down.") % {"number": version.number})
            return redirect("agreements:version", request.cluster.slug, agreement.pk, version.number)
    sheet = sheet_of(agreement)
    context = {"agreement": agreement, "sheet": sheet, "progress": sheet.progress, "problem": problem}
    context["leading"] = ordered_languages(agreement)[0]
    context["is_open"] = agreement.state == Agreement.State.NEGOTIATING
    return render(request, "agreements/freeze.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def amend(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Begin a new round; what was agreed stays in force meanwhile."""
    agreement = agreement_or_404(request, agreement_id)
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.begin_amendment(agreement=agreement, reason=form.cleaned_data["reason"])
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The amendment is open. Both sides can propose wordings again."))
            return redirect("agreements:detail", request.cluster.slug, agreement.pk)
    context = {"agreement": agreement, "form": form}
    return render(request, "agreements/amend.html", context, status=422 if form.errors else 200)
