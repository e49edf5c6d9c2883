"""Needs, contacts, SWOT and competences of a profile: add, change, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.partners import services
from kontor.partners.forms.entries import CompetenceForm, ContactForm, NeedForm, SwotForm
from kontor.partners.models import (
    Partner,
    PartnerCompetence,
    PartnerContact,
    PartnerNeed,
    SwotEntry,
    SwotKind,
)
from kontor.partners.problems import PartnerError
from kontor.partners.views.shared import found, in_form, told
from kontor.ui.components import Text
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@dataclass(frozen=True)
class Sort:
    """One sort of entry. back: the page that shows it."""

    model: type[Any]
    form: type[Any]
    add: Callable[..., Any]
    new: Text
    change: Text
    back: str


NEED = Sort(
    PartnerNeed,
    NeedForm,
    services.add_need,
    gettext_lazy("What it looks for"),
    gettext_lazy("Change what it looks for"),
    "partners:detail",
)
CONTACT = Sort(
    PartnerContact,
    ContactForm,
    services.add_contact,
    gettext_lazy("New contact"),
    gettext_lazy("Change the contact"),
    "partners:detail",
)
SWOT = Sort(
    SwotEntry,
    SwotForm,
    services.add_swot,
    gettext_lazy("New entry in the SWOT"),
    gettext_lazy("Change the entry in the SWOT"),
    "partners:swot",
)


@cluster_view(may="partners.change_partner")
def need_new(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Add what the partner cluster looks for."""
    return _new(request, NEED, found(request, partner_id))


@cluster_view(may="partners.change_partner")
def need_edit(request: ClusterRequest, need_id: int) -> HttpResponse:
    """Change what the partner cluster looks for."""
    return _edit(request, NEED, need_id)


@require_POST
@cluster_view(may="partners.change_partner")
def need_delete(request: ClusterRequest, need_id: int) -> HttpResponse:
    """Delete what the partner cluster looks for."""
    return _delete(request, NEED, need_id)


@cluster_view(may="partners.change_partner")
def contact_new(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Add somebody to talk to."""
    return _new(request, CONTACT, found(request, partner_id))


@cluster_view(may="partners.change_partner")
def contact_edit(request: ClusterRequest, contact_id: int) -> HttpResponse:
    """Change somebody to talk to."""
    return _edit(request, CONTACT, contact_id)


@require_POST
@cluster_view(may="partners.change_partner")
def contact_delete(request: ClusterRequest, contact_id: int) -> HttpResponse:
    """Delete somebody to talk to."""
    return _delete(request, CONTACT, contact_id)


@cluster_view(may="partners.view_partner")
def swot(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Show the SWOT of a partner cluster, or of our own."""
    partner = found(request, partner_id)
    rows = list(partner.swot.all())
    context = {
        "partner": partner,
        "quarters": [
            (kind, label, [row for row in rows if row.kind == kind]) for kind, label in SwotKind.choices
        ],
        "has_entries": bool(rows),
        "may_change": request.access.may("partners.change_partner"),
    }
    return render(request, "partners/swot.html", context)


@cluster_view(may="partners.change_partner")
def swot_new(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Add an entry to the SWOT; `?kind=` chooses the quarter."""
    return _new(request, SWOT, found(request, partner_id), {"kind": request.GET.get("kind", "s")})


@cluster_view(may="partners.change_partner")
def swot_edit(request: ClusterRequest, entry_id: int) -> HttpResponse:
    """Change an entry of the SWOT."""
    return _edit(request, SWOT, entry_id)


@require_POST
@cluster_view(may="partners.change_partner")
def swot_delete(request: ClusterRequest, entry_id: int) -> HttpResponse:
    """Delete an entry of the SWOT."""
    return _delete(request, SWOT, entry_id)


@cluster_view(may="partners.change_partner")
def competences(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Show the competences of a partner cluster; add one, or change its level."""
    partner = found(request, partner_id)
    form = CompetenceForm(request.POST or None, cluster=request.cluster)
    if request.method == "POST" and form.is_valid():
        try:
            held = services.set_competence(partner=partner, **form.cleaned_data)
        except (PartnerError, ValidationError) as problem:
            form.add_error(None, in_form(problem))
        else:
            values = {"name": held.competence, "level": held.level}
            notify(request, _("“%(name)s” is on record at level %(level)s.") % values)
            return redirect("partners:competences", request.cluster.slug, partner.pk)
    context = {
        "partner": partner,
        "form": form,
        "held": list(partner.competences.select_related("competence")),
    }
    return render(request, "partners/competences.html", context, status=422 if form.is_bound else 200)


@require_POST
@cluster_view(may="partners.change_partner")
def competence_delete(request: ClusterRequest, held_id: int) -> HttpResponse:
    """Take a competence off a profile."""
    held = get_object_or_404(PartnerCompetence, pk=held_id, cluster=request.cluster)
    partner = held.partner_id
    told(request, _("The competence has been taken off."), services.delete_entry(entry=held))
    return redirect("partners:competences", request.cluster.slug, partner)


def _new(
    request: ClusterRequest, sort: Sort, partner: Partner, initial: dict[str, Any] | None = None
) -> HttpResponse:
    """Show and take the form of a new entry."""
    first = {"as_of": timezone.localdate()} | (initial or {})
    form = sort.form(request.POST or None, cluster=request.cluster, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            sort.add(partner=partner, **form.values())
        except (PartnerError, ValidationError) as problem:
            form.add_error(None, in_form(problem))
        else:
            notify(request, _("It is on record."))
            return redirect(sort.back, request.cluster.slug, partner.pk)
    context = {"form": form, "partner": partner, "title": sort.new, "back": sort.back}
    return render(request, "partners/entry.html", context, status=422 if form.is_bound else 200)


def _edit(request: ClusterRequest, sort: Sort, key: int) -> HttpResponse:
    """Show and take the form of an entry; who comes second is shown both versions."""
    row = get_object_or_404(sort.model.objects.select_related("partner"), pk=key, cluster=request.cluster)
    form = sort.form(request.POST or None, row=row, cluster=request.cluster)
    context: dict[str, Any] = {
        **{"form": form, "partner": row.partner, "title": sort.change, "back": sort.back},
        **{"version": row.version, "entry": row, "sort": row._meta.model_name},
    }
    if request.method != "POST":
        return render(request, "partners/entry.html", context)
    status, more = _save(request, sort, row, form)
    if status != 200:
        return render(request, "partners/entry.html", context | more, status=status)
    notify(request, _("It has been saved."))
    return redirect(sort.back, request.cluster.slug, row.partner_id)


def _save(request: ClusterRequest, sort: Sort, row: Any, form: Any) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.update_entry(entry=row, expected_version=number_in(version), **form.values())
    except EditConflict as conflict:
        return 409, conflict_shown(form, conflict.current, sort.form.current(conflict.current))
    except (PartnerError, ValidationError) as problem:
        form.add_error(None, in_form(problem))
        return 422, {"version": version}
    return 200, {}


def _delete(request: ClusterRequest, sort: Sort, key: int) -> HttpResponse:
    row = get_object_or_404(sort.model, pk=key, cluster=request.cluster)
    partner = row.partner_id
    told(request, _("It has been deleted."), services.delete_entry(entry=row))
    return redirect(sort.back, request.cluster.slug, partner)
