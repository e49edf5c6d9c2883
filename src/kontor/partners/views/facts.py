"""Facts of a profile: all of them, those of a group to be recorded, the history of a field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.partners import queries, services
from kontor.partners.catalogue import ProfileField, fields, group_of, groups
from kontor.partners.forms.facts import FactsForm
from kontor.partners.models import Fact
from kontor.partners.problems import PartnerError
from kontor.partners.views.shared import found, in_form, told
from kontor.ui.notices import notify


@cluster_view(may="partners.view_partner")
def listing(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Show every field of the profile with value, source, date and staleness."""
    partner = found(request, partner_id)
    shown = queries.profile(partner, timezone.localdate(), with_contacts=False)
    context = {
        "partner": partner,
        "profile": shown,
        "may_change": request.access.may("partners.change_partner"),
    }
    return render(request, "partners/facts.html", context)


@cluster_view(may="partners.change_partner")
def record(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Record several fields from one source: `?group=`, `?field=`, or `?stale=1` for what is out of date."""
    partner = found(request, partner_id)
    known = queries.facts_of(partner, timezone.localdate())
    asked, title = _asked(request, known)
    form = FactsForm(request.POST or None, fields=asked, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.record_facts(
                partner=partner, values=form.values(), by=request.user, **form.about_source()
            )
        except (PartnerError, ValidationError) as problem:
            form.add_error(None, in_form(problem))
        else:
            text = ngettext("%(number)s fact is on record.", "%(number)s facts are on record.", len(made))
            notify(request, text % {"number": len(made)})
            return redirect("partners:facts", request.cluster.slug, partner.pk)
    context = {"partner": partner, "form": form, "title": title, "groups": groups(), "asked": asked}
    return render(request, "partners/record.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="partners.view_partner")
def history(request: ClusterRequest, partner_id: int, field: str) -> HttpResponse:
    """Show all that was ever recorded for one field."""
    partner, wanted = found(request, partner_id), fields().get(field)
    if wanted is None:
        raise Http404
    today = timezone.localdate()
    lines = [(fact, queries.known_fact(fact, today)) for fact in queries.fact_history(partner, field)]
    context = {
        "partner": partner,
        "field": wanted,
        "lines": lines,
        "computed": queries.own_facts(request.cluster, today, partner).get(field) if partner.is_own else None,
        "may_change": request.access.may("partners.change_partner"),
    }
    return render(request, "partners/fact_history.html", context)


@require_POST
@cluster_view(may="partners.change_partner")
def delete(request: ClusterRequest, fact_id: int) -> HttpResponse:
    """Delete one fact; the message on the next page brings it back."""
    with transaction.atomic():
        fact = get_object_or_404(Fact, pk=fact_id, cluster=request.cluster)
        partner, field = fact.partner_id, fact.field
        remains = services.delete_fact(fact=fact)
    told(request, _("The fact has been deleted."), remains)
    return redirect("partners:fact-history", request.cluster.slug, partner, field)


def _asked(request: ClusterRequest, known: Any) -> tuple[tuple[ProfileField, ...], str]:
    """Return the fields to be filled in, and what they are called together."""
    single = fields().get(request.GET.get("field", ""))
    if single is not None:
        return (single,), single.name
    if request.GET.get("stale"):
        stale = tuple(each.field for each in known.values() if each.is_stale)
        if stale:
            return stale, _("What is out of date")
    group = group_of(request.GET.get("group", "")) or groups()[0]
    return group.fields, group.name
