"""Who takes part: invite, change, withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.agreements import services
from kontor.agreements.forms.people import ColleagueForm, GuestForm, InvitationForm, guest_fields
from kontor.agreements.models import Agreement, Negotiator, Side
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.sheet import sheet_of
from kontor.agreements.services.mails import address_of, send_invitation
from kontor.agreements.speaker import our_speaker
from kontor.agreements.views.finding import agreement_or_404, negotiator_or_404, refused
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def people(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Show who takes part on either side; add a colleague by POST."""
    agreement = agreement_or_404(request, agreement_id)
    form = ColleagueForm(request.POST or None, cluster=request.cluster, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_colleague(agreement=agreement, user=form.cleaned_data["user"])
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("Your colleague takes part and hears of news by mail."))
            return redirect("agreements:people", request.cluster.slug, agreement.pk)
    found = list(agreement.negotiators.select_related("user"))
    context = {
        "agreement": agreement,
        "ours": [each for each in found if each.side == Side.US and each.is_active],
        "theirs": [each for each in found if each.side == Side.THEM and each.is_active],
        "gone": [each for each in found if not each.is_active],
        "form": form,
        "may_add": form.fields["user"].queryset.exists(),  # type: ignore[attr-defined]
        "may_invite": agreement.state != Agreement.State.CANCELLED,
    }
    return render(request, "agreements/people.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def invite(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Invite somebody of the other side; a draft becomes open thereby."""
    agreement = agreement_or_404(request, agreement_id)
    first = {"language": agreement.languages[-1], "organisation": agreement.counterpart}
    form = InvitationForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            guest = services.invite_negotiator(
                agreement=agreement, speaker=our_speaker(request.user), **form.values()
            )
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            _send(request, guest, form.cleaned_data["note"])
            return redirect("agreements:people", request.cluster.slug, agreement.pk)
    sheet = sheet_of(agreement)
    context = {"agreement": agreement, "form": form, "sheet": sheet}
    context["is_draft"] = agreement.state == Agreement.State.DRAFT
    return render(request, "agreements/invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def edit(request: ClusterRequest, agreement_id: int, negotiator_id: int) -> HttpResponse:
    """Change a guest; another address gets another link by a new mail."""
    agreement = agreement_or_404(request, agreement_id)
    guest = negotiator_or_404(agreement, negotiator_id)
    form = GuestForm(request.POST or None, initial=guest_fields(guest))
    context: dict[str, Any] = {"agreement": agreement, "guest": guest, "form": form}
    context["version"] = guest.version
    if request.method != "POST":
        return render(request, "agreements/guest_edit.html", context)
    status, more, changed = _save(request, guest, form)
    if changed is None:
        return render(request, "agreements/guest_edit.html", context | more, status=status)
    if changed.invited_at is None:
        _send(request, changed, "")
    else:
        notify(request, _("Saved."))
    return redirect("agreements:people", request.cluster.slug, agreement.pk)


@require_POST
@cluster_view(may="agreements.change_agreement")
def act(request: ClusterRequest, agreement_id: int, negotiator_id: int) -> HttpResponse:
    """Send the link again, replace it by a new one, or withdraw it."""
    agreement = agreement_or_404(request, agreement_id)
    person = negotiator_or_404(agreement, negotiator_id)
    to = request.POST.get("to", "")
    try:
        if to == "renew":
            person = services.renew_negotiator(negotiator=person)
        if to in ("again", "renew") and person.is_active and person.side == Side.THEM:
            _send(request, person, "")
        elif to == "withdraw":
            services.revoke_negotiator(negotiator=person)
            notify(request, _("%(name)s no longer takes part.") % {"name": person.name})
    except AgreementError as problem:
        return refused(request, agreement, problem)
    return redirect("agreements:people", request.cluster.slug, agreement.pk)


@require_safe
@cluster_view(may="agreements.change_agreement")
def link(request: ClusterRequest, agreement_id: int, negotiator_id: int) -> HttpResponse:
    """Show a guest's link, to hand it over by another way than mail."""
    agreement = agreement_or_404(request, agreement_id)
    guest = negotiator_or_404(agreement, negotiator_id)
    if guest.side != Side.THEM or not guest.is_active:
        return redirect("agreements:people", request.cluster.slug, agreement.pk)
    context = {"agreement": agreement, "guest": guest, "address": address_of(guest)}
    return render(request, "agreements/link.html", context)


def _send(request: ClusterRequest, guest: Negotiator, note: str) -> None:
    """Mail the link and say what became of it; the guest is stored in either case."""
    found = negotiator_or_404(guest.agreement, guest.pk)
    try:
        send_invitation(negotiator=found, sender=request.user, note=note)
    except AgreementError as problem:
        messages.warning(request, explain(problem))
    else:
        notify(request, _("The invitation to %(name)s is on its way.") % {"name": found.name})


def _save(
    request: ClusterRequest, guest: Negotiator, form: GuestForm
) -> tuple[int, dict[str, Any], Negotiator | None]:
    """Store the form; return the status of the answer, what its page must show, and the guest as stored."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}, None
    try:
        changed = services.update_negotiator(
            negotiator=guest, expected_version=number_in(version), **form.values()
        )
    except EditConflict as conflict:
        current = conflict.current
        assert isinstance(current, Negotiator)  # claim_edit returns the kind of row that it was given
        return 409, conflict_shown(form, current, guest_fields(current)), None
    except AgreementError as problem:
        form.add_error(None, explain(problem))
        return 422, {"version": version}, None
    return 200, {}, changed
