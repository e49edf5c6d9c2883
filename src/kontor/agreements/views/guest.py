"""What a guest does with a signed link: read the paper, answer each clause, take the final version along.

The link opens one agreement for one person. Everything is found through that agreement, so that no other
address leads anywhere; internal notes of the other side are never read here.
"""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kontor.accounts.views.limits import too_fast
from kontor.accounts.views.wall import LinkRequest, link_view
from kontor.agreements import services
from kontor.agreements.catalogue import kinds
from kontor.agreements.forms.clauses import OwnClauseForm
from kontor.agreements.models import Agreement, Negotiator, Side
from kontor.agreements.papers import FORMATS, as_file, draft_name, draft_report, version_name, version_report
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.sheet import sheet_of
from kontor.agreements.services.links import PURPOSE
from kontor.agreements.services.seen import note_look
from kontor.agreements.speaker import guest_speaker
from kontor.agreements.views.clause_acts import Act, carry_out
from kontor.agreements.views.clause_page import clause_context, ordered_languages
from kontor.agreements.views.finding import clause_or_404, version_or_404
from kontor.agreements.views.single import accepted_sentence
from kontor.agreements.views.versions import version_context
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@link_view(PURPOSE)
@require_safe
def overview(request: LinkRequest) -> HttpResponse:
    """Show the paper with what waits for the guest, or what became of it."""
    guest = guest_or_404(request)
    note_look([guest])
    agreement = guest.agreement
    versions = list(agreement.versions.select_related("signing").defer("content", "reports"))
    sheet = sheet_of(agreement, side=Side.THEM)
    context = {
        **_frame(request, guest),
        "sheet": sheet,
        "progress": sheet.progress,
        "first": next((each for each in sheet.clauses if each.state == "waiting_us"), None),
        "versions": versions,
        "formats": FORMATS,
    }
    if agreement.state in (Agreement.State.AGREED, Agreement.State.CANCELLED):
        return render(request, "agreements/guest/done.html", context)
    return render(request, "agreements/guest/overview.html", context)


@link_view(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: LinkRequest, clause_id: int) -> HttpResponse:
    """Show a clause with its history; accept, propose, leave out and comment by POST."""
    guest = guest_or_404(request)
    found = clause_or_404(guest.agreement, clause_id)
    frame = _frame(request, guest)
    if request.method == "POST":
        if limited := _too_fast(request, guest):
            return limited
        outcome = carry_out(Act(request, found, guest_speaker(guest)))
        if outcome.message:
            notify(request, outcome.message)
            return redirect("agreements:guest-clause", guest.agreement.cluster.slug, frame["token"], found.pk)
        found.refresh_from_db()
        context = {**clause_context(guest.agreement, found, Side.THEM, outcome.shown), **frame}
        return render(request, "agreements/guest/clause.html", context, status=outcome.status)
    note_look([guest])
    context = {**clause_context(guest.agreement, found, Side.THEM), **frame}
    return render(request, "agreements/guest/clause.html", context)


@link_view(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_ticked(request: LinkRequest) -> HttpResponse:
    """Accept all clauses that were ticked; whoever only comes by, such as with a new link, gets the paper."""
    guest = guest_or_404(request)
    if request.method != "POST":
        return redirect("agreements:guest", guest.agreement.cluster.slug, token_in(request))
    if limited := _too_fast(request, guest):
        return limited
    keys = [number_in(each) for each in request.POST.getlist("wordings")]
    try:
        done, left = services.accept_ticked(
            agreement=guest.agreement, wordings=keys, speaker=guest_speaker(guest)
        )
    except AgreementError as problem:
        messages.warning(request, explain(problem))
    else:
        notify(request, accepted_sentence(done, left))
    return redirect("agreements:guest", guest.agreement.cluster.slug, token_in(request))


@link_view(PURPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: LinkRequest) -> HttpResponse:
    """Propose a clause of one's own."""
    guest = guest_or_404(request)
    agreement, frame = guest.agreement, _frame(request, guest)
    if agreement.state != Agreement.State.NEGOTIATING:
        return redirect("agreements:guest", agreement.cluster.slug, frame["token"])
    form = OwnClauseForm(request.POST or None, kind=kinds()[agreement.kind], languages=agreement.languages)
    if request.method == "POST" and form.is_valid():
        if limited := _too_fast(request, guest):
            return limited
        try:
            made = services.add_clause(agreement=agreement, speaker=guest_speaker(guest), **form.values())
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("Your clause is on the table."))
            return redirect("agreements:guest-clause", agreement.cluster.slug, frame["token"], made.pk)
    status = 422 if form.errors else 200
    return render(request, "agreements/guest/add.html", {**frame, "form": form}, status=status)


@link_view(PURPOSE)
@require_safe
def draft_download(request: LinkRequest, language: str, form: str) -> HttpResponse:
    """Send the paper as it stands now, marked as a draft."""
    guest = guest_or_404(request)
    if guest.agreement.state != Agreement.State.NEGOTIATING:
        raise Http404
    sheet = sheet_of(guest.agreement, side=Side.THEM)
    return as_file(draft_report(sheet, language), form, draft_name(sheet, language))


@link_view(PURPOSE)
@require_safe
def version(request: LinkRequest, number: int) -> HttpResponse:
    """Show a version as it was frozen."""
    guest = guest_or_404(request)
    found = version_or_404(guest.agreement, number)
    context = {**version_context(request, guest.agreement, found), **_frame(request, guest)}
    return render(request, "agreements/guest/version.html", context)


@link_view(PURPOSE)
@require_safe
def version_download(request: LinkRequest, number: int, language: str, form: str) -> HttpResponse:
    """Send a version as a file."""
    guest = guest_or_404(request)
    found = version_or_404(guest.agreement, number)
    return as_file(version_report(found, language), form, version_name(found, language))


def guest_or_404(request: LinkRequest) -> Negotiator:
    """Return whom the link belongs to, with the agreement; links of another address lead nowhere."""
    rows = Negotiator.objects.select_related("agreement__cluster")
    found = rows.filter(
        pk=request.link.target,
        cluster=request.link.cluster_id,
        side=Side.THEM,
        revoked_at=None,
        email__iexact=request.link.email,
    ).first()
    if found is None or found.agreement.state == Agreement.State.DRAFT:
        raise Http404
    return found


def token_in(request: LinkRequest) -> str:
    """Return the token in the address; the wall has proved it."""
    assert request.resolver_match is not None
    return cast("str", request.resolver_match.kwargs["token"])


def _frame(request: LinkRequest, guest: Negotiator) -> dict[str, object]:
    """Return what every page of a guest shows."""
    languages = ordered_languages(guest.agreement)
    return {
        "guest": guest,
        "agreement": guest.agreement,
        "token": token_in(request),
        "slug": guest.agreement.cluster.slug,
        "side": Side.THEM,
        "languages": languages,
        "leading": languages[0],
        "is_wide": True,
        "is_open": guest.agreement.state == Agreement.State.NEGOTIATING,
    }


def _too_fast(request: LinkRequest, guest: Negotiator) -> HttpResponse | None:
    return too_fast(request, "survey_answer", f"agreements:{guest.pk}")
