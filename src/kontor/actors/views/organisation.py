"""The profile of an organisation, and its life: created, changed, deleted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.forms.base import language
from kontor.actors.forms.organisation import OrganisationForm, OwnOrganisationForm
from kontor.actors.models import Organisation
from kontor.actors.queries.deletion import hanging_on
from kontor.actors.queries.history import history
from kontor.actors.queries.members import own_organisation_ids
from kontor.actors.queries.people import consent_of
from kontor.actors.queries.profile import Profile, profile
from kontor.actors.services import organisation as organisations
from kontor.actors.services import period as periods
from kontor.actors.views.access import day_asked, may_edit, organisation_or_404, owned, tabs
from kontor.actors.views.editing import FormPage, answer, answer_deletion, expected_version, posted
from kontor.ui.components import Text
from kontor.ui.vocabulary import nace_title, region_name

SHOWN_PARTNERS = 8


def overview_crumb(request: ClusterRequest) -> list[tuple[Text, str]]:
    """Return the way from the area to its directory."""
    slug = request.cluster.slug
    return [
        (_("Members"), reverse("actors:overview", args=[slug])),
        (_("Directory"), reverse("actors:directory", args=[slug])),
    ]


def profile_url(organisation: Organisation, request: ClusterRequest) -> str:
    """Return the address of the profile."""
    return reverse("actors:organisation", args=[request.cluster.slug, organisation.pk])


@cluster_view(may="actors.view_directory")
def show(request: ClusterRequest, pk: int) -> HttpResponse:
    """Show the profile; competitors see what the directory shows."""
    organisation = organisation_or_404(request, pk)
    is_editor = may_edit(request, organisation.pk)
    is_full = is_editor or request.access.may("actors.view_details")
    shown = profile(request.cluster, organisation, day_asked(request), is_full=is_full)
    context = {
        **_facts(shown),
        "organisation": organisation,
        "profile": shown,
        "may_edit": is_editor,
        "may_manage": request.access.may("actors.change_organisation"),
        "is_full": is_full,
        "people": [(person, consent_of(person)) for person in shown.people] if is_editor else [],
        "events": history(shown) if is_editor else [],
        "crumbs": overview_crumb(request),
        **tabs(request),
        "as_of": shown.on,
    }
    return render(request, "actors/organisation.html", context)


def _facts(shown: Profile) -> dict[str, Any]:
    organisation = shown.organisation
    return {
        "region": region_name(organisation.region),
        "sector": nace_title(organisation.sector, language()),
        "circles": [(circle, circle.partners[:SHOWN_PARTNERS]) for circle in shown.circles],
        "is_member": shown.membership is not None,
        "description": str(organisation.description or ""),
    }


@cluster_view(may="actors.change_organisation")
def create(request: ClusterRequest) -> HttpResponse:
    """Add an organisation; a member unless `?member=no`."""
    is_member = request.GET.get("member") != "no"
    form = OrganisationForm(posted(request), cluster=request.cluster)
    page = FormPage(
        title=_("New member") if is_member else _("New organisation"),
        lead=_("Only name, kind and country are needed now; the rest can follow."),
        back=reverse("actors:directory" if is_member else "actors:partners", args=[request.cluster.slug]),
        crumbs=overview_crumb(request),
        done=_("Added."),
        is_draft=True,
    )

    def save() -> None:
        made = organisations.create_organisation(cluster=request.cluster, **form.values())
        if is_member:
            periods.set_membership(organisation=made, valid_from=timezone.localdate())

    return answer(request, form, page, save)


@cluster_view(may="actors.change_own_organisation")
def edit(request: ClusterRequest, pk: int) -> HttpResponse:
    """Change the facts that have no period."""
    organisation = owned(request, pk)
    is_management = request.access.may("actors.change_organisation")
    form_class = OrganisationForm if is_management else OwnOrganisationForm
    form = form_class(posted(request), cluster=request.cluster, row=organisation)
    page = FormPage(
        title=_("Edit %(name)s") % {"name": organisation.name},
        lead=_("Membership, size class, competences and people are changed on the profile itself."),
        back=profile_url(organisation, request),
        crumbs=[*overview_crumb(request), (organisation.name, profile_url(organisation, request))],
        done=_("Saved."),
        is_draft=True,
    )

    def save() -> None:
        organisations.update_organisation(
            organisation=organisation, expected_version=expected_version(request), **form.values()
        )

    return answer(request, form, page, save, row=organisation)


@cluster_view(may="actors.change_organisation")
def delete(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete an organisation that should never have been here; asks by name and says what goes with it."""
    organisation = organisation_or_404(request, pk)
    page = FormPage(
        title=_("Delete %(name)s") % {"name": organisation.name},
        lead=_("Has the organisation only left? Then end its membership instead; its history stays."),
        back=reverse("actors:directory", args=[request.cluster.slug]),
        crumbs=[*overview_crumb(request), (organisation.name, profile_url(organisation, request))],
        submit=_("Delete for good"),
        done=_("%(name)s has been deleted.") % {"name": organisation.name},
        extra={"cancel_url": profile_url(organisation, request)},
    )
    return answer_deletion(
        request,
        page,
        lambda: organisations.delete_organisation(organisation=organisation),
        name=organisation.name,
        sentence=_deletion_sentence(organisation),
    )


def _deletion_sentence(organisation: Organisation) -> str:
    going = hanging_on(organisation)
    if not going:
        return _("Nothing else hangs on this organisation.")
    listed = ", ".join(f"{number} {kind}" for kind, number in going)
    total = sum(number for _kind, number in going)
    sentence = ngettext(
        "With it goes %(total)s other entry, and it cannot be brought back: %(listed)s.",
        "With it go %(total)s other entries, and they cannot be brought back: %(listed)s.",
        total,
    )
    return sentence % {"total": total, "listed": listed}


@cluster_view(may="actors.view_directory")
def own(request: ClusterRequest) -> HttpResponse:
    """Lead members to the profile of their own organisation."""
    mine = sorted(own_organisation_ids(request.user, request.cluster))
    if not mine:
        return redirect("actors:directory", request.cluster.slug)
    return redirect("actors:organisation", request.cluster.slug, mine[0])
