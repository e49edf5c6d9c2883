"""Who has a key to the cluster, and who is invited to get one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.forms.people import InviteForm, RoleForm
from kontor.accounts.models import Invitation, Role, RoleKind
from kontor.accounts.queries import people_with_keys, waiting_invitations
from kontor.accounts.services import Refused
from kontor.accounts.services.invitations import Sent, invite, resend_invitation, withdraw_invitation
from kontor.accounts.services.roles import change_role, withdraw_role
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName
from kontor.ui.notices import notify


@cluster_view(may="accounts.change_roles")
def people(request: ClusterRequest) -> HttpResponse:
    """List keys and open invitations."""
    context = {
        "roles": people_with_keys(request.cluster),
        "invitations": waiting_invitations(request.cluster),
    }
    return render(request, "accounts/people.html", context)


@cluster_view(may="accounts.change_roles")
def role_change(request: ClusterRequest, role_id: int) -> HttpResponse:
    """Give somebody another role."""
    role = _role(request, role_id)
    form = RoleForm(request.POST or None, initial={"kind": role.kind})
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_role(role=role, kind=RoleKind(form.cleaned_data["kind"]))
        except Refused as error:
            problem = explain(error)
        else:
            text = _("%(person)s is now: %(role)s.")
            notify(request, text % {"person": changed.user, "role": changed.get_kind_display()})
            return redirect("accounts:people", request.cluster.slug)
    context = {"role": role, "form": form, "problem": problem}
    return render(
        request, "accounts/role_change.html", context, status=422 if problem or form.errors else 200
    )


@cluster_view(may="accounts.change_roles")
def role_withdraw(request: ClusterRequest, role_id: int) -> HttpResponse:
    """Take somebody's key away, after the name has been typed."""
    role = _role(request, role_id)
    form = ConfirmByName(request.POST or None, name=str(role.user))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_role(role=role)
        except Refused as error:
            problem = explain(error)
        else:
            notify(request, _("%(person)s has no key to this cluster any more.") % {"person": role.user})
            is_own = role.user_id == request.user.pk
            return (
                redirect("accounts:clusters") if is_own else redirect("accounts:people", request.cluster.slug)
            )
    context = {"role": role, "form": form, "problem": problem}
    return render(
        request, "accounts/role_withdraw.html", context, status=422 if problem or form.errors else 200
    )


@cluster_view(may="accounts.change_roles")
def people_invite(request: ClusterRequest) -> HttpResponse:
    """Invite several people to one role."""
    form = InviteForm(
        request.POST or None, initial={"kind": RoleKind.TEAM, "language": request.user.language}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        outcome = invite(
            cluster=request.cluster,
            emails=said["emails"],
            kind=RoleKind(said["kind"]),
            language=said["language"],
            note=said["note"],
            invited_by=request.user,
        )
        _tell(request, outcome)
        return redirect("accounts:people", request.cluster.slug)
    return render(request, "accounts/people_invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@cluster_view(may="accounts.change_roles")
def invitation_resend(request: ClusterRequest, invitation_id: int) -> HttpResponse:
    """Send a fresh link."""
    invitation = get_object_or_404(Invitation, pk=invitation_id, cluster=request.cluster)
    try:
        resend_invitation(invitation=invitation)
    except Refused as error:
        messages.error(request, explain(error))
    else:
        notify(request, _("A new link is on its way to %(email)s.") % {"email": invitation.email})
    return redirect("accounts:people", request.cluster.slug)


@require_POST
@cluster_view(may="accounts.change_roles")
def invitation_withdraw(request: ClusterRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    waiting = Invitation.objects.filter(accepted_at=None)
    invitation = get_object_or_404(waiting, pk=invitation_id, cluster=request.cluster)
    withdraw_invitation(invitation=invitation)
    notify(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("accounts:people", request.cluster.slug)


def _role(request: ClusterRequest, role_id: int) -> Role:
    return get_object_or_404(people_with_keys(request.cluster), pk=role_id)


def _tell(request: ClusterRequest, outcome: Sent) -> None:
    """Say what became of each address."""
    if outcome.sent:
        text = ngettext(
            "One invitation is on its way.", "%(count)d invitations are on their way.", len(outcome.sent)
        )
        notify(request, text % {"count": len(outcome.sent)})
    if outcome.here_already:
        text = _("These have a key already: %(emails)s")
        messages.info(request, text % {"emails": ", ".join(outcome.here_already)})
    if outcome.failed:
        text = _("The mail could not be sent to: %(emails)s. Please try again later.")
        messages.error(request, text % {"emails": ", ".join(outcome.failed)})
