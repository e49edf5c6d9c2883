"""Facts of an organisation that change: membership, size, start-up status, sites."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.forms.organisation import MembershipForm, SiteForm, SizeForm, StartUpForm
from kontor.actors.models import Membership, Organisation, Site
from kontor.actors.services import period as periods
from kontor.actors.services import site as sites
from kontor.actors.services.restoring import snapshot
from kontor.actors.views.access import organisation_or_404, owned, require_edit
from kontor.actors.views.editing import FormPage, answer, posted
from kontor.actors.views.organisation import overview_crumb, profile_url
from kontor.actors.views.undo import notify_deleted
from kontor.ui.components import Text


def page_for(request: ClusterRequest, organisation: Organisation, title: Text, lead: Text) -> FormPage:
    """Return the page of a form that belongs to an organisation's profile."""
    back = profile_url(organisation, request)
    crumbs = [*overview_crumb(request), (organisation.name, back)]
    return FormPage(title=title, lead=lead, back=back, crumbs=crumbs, done=_("Saved."))


@cluster_view(may="actors.change_organisation")
def add_membership(request: ClusterRequest, pk: int) -> HttpResponse:
    """Let a membership begin."""
    organisation = organisation_or_404(request, pk)
    form = MembershipForm(posted(request), initial={"valid_from": timezone.localdate()})
    lead = _("From which day is %(name)s a member?") % {"name": organisation.name}
    page = page_for(request, organisation, _("Begin a membership"), lead)

    def save() -> None:
        periods.set_membership(organisation=organisation, **form.cleaned_data)

    return answer(request, form, page, save)


@cluster_view(may="actors.change_organisation")
def edit_membership(request: ClusterRequest, pk: int) -> HttpResponse:
    """End a membership, or correct its days."""
    membership = get_object_or_404(
        Membership.objects.select_related("organisation"), pk=pk, cluster=request.cluster
    )
    days = {"valid_from": membership.valid_from, "valid_to": membership.valid_to}
    form = MembershipForm(posted(request), initial=days)
    lead = _("Enter the last day to end it. What was counted before stays true.")
    shown = page_for(request, membership.organisation, _("Change the membership"), lead)
    page = replace(shown, delete_url=reverse("actors:membership-delete", args=[request.cluster.slug, pk]))

    def save() -> None:
        periods.correct_membership(membership=membership, **form.cleaned_data)

    return answer(request, form, page, save)


@require_POST
@cluster_view(may="actors.change_organisation")
def delete_membership(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete a membership that was entered by mistake."""
    membership = get_object_or_404(Membership, pk=pk, cluster=request.cluster)
    organisation_pk = membership.organisation_id
    kept = snapshot(membership)
    periods.delete_membership(membership=membership)
    notify_deleted(request, _("The membership has been deleted."), kept)
    return redirect("actors:organisation", request.cluster.slug, organisation_pk)


@cluster_view(may="actors.change_own_organisation")
def set_size(request: ClusterRequest, pk: int) -> HttpResponse:
    """Say which size class holds from which day."""
    organisation = owned(request, pk)
    form = SizeForm(posted(request), initial={"valid_from": timezone.localdate()})
    lead = _("By the European recommendation 2003/361/EC: head count first.")
    page = page_for(request, organisation, _("Size class of %(name)s") % {"name": organisation.name}, lead)

    def save() -> None:
        periods.set_size(organisation=organisation, **form.cleaned_data)

    return answer(request, form, page, save)


@cluster_view(may="actors.change_own_organisation")
def set_start_up(request: ClusterRequest, pk: int) -> HttpResponse:
    """Say from when the organisation counts as a start-up, or no longer does."""
    organisation = owned(request, pk)
    form = StartUpForm(posted(request), initial={"valid_from": timezone.localdate()})
    lead = _("What is counted for a date uses the status that held on that date.")
    title = _("Start-up status of %(name)s") % {"name": organisation.name}
    page = page_for(request, organisation, title, lead)

    def save() -> None:
        periods.set_start_up(organisation=organisation, **form.cleaned_data)

    return answer(request, form, page, save)


@cluster_view(may="actors.change_own_organisation")
def add_site(request: ClusterRequest, pk: int) -> HttpResponse:
    """Add a branch in another place."""
    organisation = owned(request, pk)
    form = SiteForm(posted(request))
    lead = _("A branch in another place, often abroad.")
    page = page_for(request, organisation, _("New site of %(name)s") % {"name": organisation.name}, lead)

    def save() -> None:
        sites.add_site(organisation=organisation, **form.values())

    return answer(request, form, page, save)


@cluster_view(may="actors.change_own_organisation")
def edit_site(request: ClusterRequest, pk: int) -> HttpResponse:
    """Change a branch, or say when it closed."""
    site = _site(request, pk)
    form = SiteForm(posted(request), row=site)
    lead = _("Enter the last day if the site has closed.")
    page = page_for(request, site.organisation, _("Change the site"), lead)

    def save() -> None:
        sites.update_site(site=site, **form.values())

    return answer(request, form, page, save)


@require_POST
@cluster_view(may="actors.change_own_organisation")
def delete_site(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete a branch that was entered by mistake."""
    site = _site(request, pk)
    kept = snapshot(site)
    sites.delete_site(site=site)
    notify_deleted(request, _("The site has been deleted."), kept)
    return redirect("actors:organisation", request.cluster.slug, site.organisation_id)


def _site(request: ClusterRequest, pk: int) -> Site:
    rows = Site.objects.select_related("organisation")
    site = get_object_or_404(rows, pk=pk, organisation__cluster=request.cluster)
    require_edit(request, site.organisation_id)
    return site
