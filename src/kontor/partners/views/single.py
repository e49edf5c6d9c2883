"""One partner cluster: read, add, change, delete."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import history_of
from kontor.actors.views.conflict import conflict_shown
from kontor.imports.duplicates import NameEntry
from kontor.partners import queries, services
from kontor.partners.forms.profile import ProfileForm, StageForm, stored
from kontor.partners.models import Partner, Stage, SwotKind
from kontor.partners.problems import PartnerError
from kontor.partners.queries.duplicates import told_name
from kontor.partners.queries.profile import Profile
from kontor.partners.views.shared import found, in_form, refused, told, ways
from kontor.partners.wording import language_names, region_text
from kontor.ui.components import NextStep
from kontor.ui.errors import explain_code
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@cluster_view(may="partners.view_partner")
def detail(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Show a profile: how far we are, what is known, whom to talk to."""
    partner = found(request, partner_id)
    if partner.pk != partner_id:
        return redirect("partners:detail", request.cluster.slug, partner.pk)
    return profile_page(request, partner)


def profile_page(request: ClusterRequest, partner: Partner, form: StageForm | None = None) -> HttpResponse:
    """Show the profile; with `form`, a step between lists that could not be made."""
    may_change = request.access.may("partners.change_partner")
    sees_contacts = request.access.may("partners.view_contact")
    shown = queries.profile(partner, timezone.localdate(), with_contacts=sees_contacts)
    rows = [partner, *shown.competences, *shown.needs, *shown.swot, *shown.contacts]
    context = {
        "partner": partner,
        "profile": shown,
        "languages": language_names(partner.languages),
        "region": region_text(partner.region),
        "may_change": may_change,
        "sees_contacts": sees_contacts,
        "step": _next_step(request, shown) if may_change else None,
        "stage_form": form or StageForm(initial={"stage": partner.stage}),
        "swot_counts": [
            (label, sum(row.kind == kind for row in shown.swot)) for kind, label in SwotKind.choices
        ],
        "history": history_of(rows) if may_change else [],
        "merged": list(partner.merged.all()),
    }
    return render(request, "partners/detail.html", context, status=422 if form else 200)


@cluster_view(may="partners.change_partner")
def create(request: ClusterRequest) -> HttpResponse:
    """Add a partner cluster; what looks like one that is there is shown before anything is saved."""
    form = ProfileForm(request.POST or None, cluster=request.cluster, initial={"country": _country(request)})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        alike = _alike(request, form)
        if not alike or "is_new" in request.POST:
            partner = _added(request, form, [each["partner"] for each in alike])
            if partner is not None:
                return redirect("partners:detail", request.cluster.slug, partner.pk)
        else:
            context["alike"] = alike
    return render(request, "partners/form.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="partners.change_partner")
def edit(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Change the head of a profile; who comes second is shown both versions."""
    partner = found(request, partner_id)
    form = ProfileForm(request.POST or None, cluster=request.cluster, initial=stored(partner))
    context: dict[str, Any] = {"form": form, "partner": partner, "version": partner.version}
    if request.method != "POST":
        return render(request, "partners/form.html", context)
    status, more = _save(request, partner, form)
    if status != 200:
        return render(request, "partners/form.html", context | more, status=status)
    notify(request, _("The profile has been saved."))
    return redirect("partners:detail", request.cluster.slug, partner.pk)


@require_POST
@cluster_view(may="partners.change_partner")
def delete(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Delete a profile; the message on the next page brings it back with all that was known."""
    partner = found(request, partner_id)
    try:
        remains = services.delete_partner(partner=partner)
    except PartnerError as problem:
        return refused(request, problem, status=409)
    told(request, _("“%(name)s” has been deleted.") % {"name": partner.name}, remains)
    return redirect("partners:overview", request.cluster.slug)


@cluster_view(may="partners.view_partner")
def own(request: ClusterRequest) -> HttpResponse:
    """Lead to the profile of our own cluster, or begin it."""
    partner = queries.own_partner(request.cluster)
    if partner is None and request.method == "POST" and request.access.may("partners.change_partner"):
        partner = services.own_profile(cluster=request.cluster)
    if partner is not None:
        return redirect("partners:detail", request.cluster.slug, partner.pk)
    known = queries.own_facts(request.cluster, timezone.localdate())
    context = {
        "known": list(known.values()),
        "may_change": request.access.may("partners.change_partner"),
        "ways": ways(request, "own"),
    }
    return render(request, "partners/own.html", context)


def _country(request: ClusterRequest) -> str:
    return request.GET.get("country", "")[:2].upper()


def _alike(request: ClusterRequest, form: ProfileForm) -> list[dict[str, Any]]:
    """Return the profiles that may be what is being added, with the reasons in words."""
    data = form.cleaned_data
    entry = NameEntry(
        "new", told_name(data["name"]), data["short_name"], data["country"], data["website"], data["city"]
    )
    return [
        {"partner": partner, "reasons": [explain_code(code, {}) for code in proposal.reasons]}
        for partner, proposal in queries.look_alikes(request.cluster, entry)
    ]


def _added(request: ClusterRequest, form: ProfileForm, others: list[Partner]) -> Partner | None:
    """Add the partner cluster, told apart from those that looked alike; None where the service refuses."""
    try:
        partner = services.add_partner(cluster=request.cluster, by=request.user, **form.values())
    except (PartnerError, ValidationError) as problem:
        form.add_error(None, in_form(problem))
        return None
    for other in others:
        services.keep_apart(partners=[partner, other])
    notify(request, _("“%(name)s” is on record. Now add what you know of it.") % {"name": partner.name})
    return partner


def _save(request: ClusterRequest, partner: Partner, form: ProfileForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_partner(partner=partner, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        current = conflict.current
        assert isinstance(current, Partner)
        return 409, conflict_shown(form, current, stored(current))
    except (PartnerError, ValidationError) as problem:
        form.add_error(None, in_form(problem))
        return 422, {"version": version}
    return 200, {}


def _next_step(request: ClusterRequest, shown: Profile) -> NextStep | None:
    """Return what helps most for this profile."""
    slug, partner, state = request.cluster.slug, shown.partner, shown.completeness
    record = reverse("partners:record", args=[slug, partner.pk])
    if partner.stage == Stage.SET_ASIDE:
        return None
    if state.stale:
        names = ", ".join(each.field.name for each in state.stale[:3])
        group = state.stale[0].field.group
        text = _("Out of date: %(names)s. Look them up again, or confirm that they still hold.")
        return NextStep(text % {"names": names}, _("Refresh"), f"{record}?group={group}")
    if state.missing:
        names = ", ".join(field.name for field in state.missing[:3])
        text = _("Not known yet: %(names)s.") % {"names": names}
        return NextStep(text, _("Fill in"), f"{record}?group={state.missing[0].group}")
    if not shown.competences and not partner.is_own:
        text = _("Without competences nobody can say whether this cluster complements ours.")
        return NextStep(text, _("Add competences"), reverse("partners:competences", args=[slug, partner.pk]))
    if len({row.kind for row in shown.swot}) < 4:
        url = reverse("partners:swot", args=[slug, partner.pk])
        return NextStep(_("The SWOT is not complete yet."), _("Complete the SWOT"), url)
    return None
