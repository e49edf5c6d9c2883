"""With whom the cluster works, one partner, and the list of everything done together."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.agreements.catalogue import kinds
from kontor.agreements.forms.drafting import DraftForm
from kontor.agreements.problems import AgreementError
from kontor.agreements.services import draft_agreement
from kontor.cooperation import exports, queries
from kontor.cooperation.models import Activity
from kontor.partners.models import Partner
from kontor.ui.components import NextStep
from kontor.ui.errors import explain
from kontor.ui.notices import notify

MOST_SHOWN = 200


@require_safe
@cluster_view(may="cooperation.view_cooperation")
def overview(request: ClusterRequest) -> HttpResponse:
    """Show every partner with its protocol and what comes next, and all activities."""
    today = timezone.localdate()
    relations = queries.relations(request.cluster, today)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    activities = queries.activities_of(request.cluster)
    if kind in Activity.Kind.values:
        activities = activities.filter(kind=kind)
    if state in Activity.State.values:
        activities = activities.filter(state=state)
    may_change = request.access.may("cooperation.change_cooperation")
    context = {
        "relations": relations,
        "activities": activities[:MOST_SHOWN],
        "late": queries.late_tasks(request.cluster, today)[:10] if may_change else [],
        "kinds": Activity.Kind.choices,
        "states": Activity.State.choices,
        "kind": kind,
        "state": state,
        "may_change": may_change,
        "may_read_protocols": request.access.may("agreements.view_agreement"),
        "step": _next_step(request, relations) if may_change else None,
        "as_of": today,
    }
    return render(request, "cooperation/overview.html", context)


@require_safe
@cluster_view(may="cooperation.view_cooperation")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download all activities."""
    rows = queries.activities_of(request.cluster).prefetch_related("goals")
    return exports.activities_file(rows, form, cluster=request.cluster)


@require_safe
@cluster_view(may="cooperation.view_cooperation")
def partner(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Show one partner: protocol, what is planned, what came of what was done."""
    found = _partner(request, partner_id)
    may_change = request.access.may("cooperation.change_cooperation")
    relation = queries.relation_of(found, timezone.localdate())
    context = {
        "relation": relation,
        "may_change": may_change,
        "may_see_profile": request.access.may("partners.view_partner"),
        "may_read_protocols": request.access.may("agreements.view_agreement")
        and (may_change or relation.is_agreed),
    }
    return render(request, "cooperation/partner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="cooperation.change_cooperation")
def begin_protocol(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Draft the protocol with a partner from the catalogue of clauses."""
    found = _partner(request, partner_id)
    known = queries.relation_of(found, timezone.localdate()).protocol
    if known is not None:
        return redirect("agreements:detail", request.cluster.slug, known.pk)
    kind = kinds()[queries.PROTOCOL]
    initial = {"our_name": request.cluster.name, "counterpart": found.name}
    form = DraftForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            agreement = draft_agreement(
                cluster=request.cluster,
                user=request.user,
                reference=queries.reference_of(found),
                **form.values(),
            )
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The draft is there. Nobody outside sees it before you invite somebody."))
            return redirect("agreements:detail", request.cluster.slug, agreement.pk)
    context = {"form": form, "kind": kind, "kinds": [kind]}
    return render(request, "agreements/create.html", context, status=422 if form.errors else 200)


def _partner(request: ClusterRequest, partner_id: int) -> Partner:
    rows = Partner.objects.filter(cluster=request.cluster, is_own=False).select_related("cluster")
    found = get_object_or_404(rows, pk=partner_id)
    return found.merged_into or found


def _next_step(request: ClusterRequest, relations: list[queries.Relation]) -> NextStep | None:
    """Return what helps most now: agree on a protocol, do what is late, or meet again."""
    slug = request.cluster.slug
    if not relations:
        return None
    for each in relations:
        if each.protocol is None:
            text = _(
                "There is no protocol with %(partner)s yet: what you agree on early saves quarrels later."
            )
            url = reverse("cooperation:protocol", args=[slug, each.partner.pk])
            return NextStep(text % {"partner": each.partner}, _("Draft the protocol"), url)
    late = sum(each.late for each in relations)
    if late:
        text = ngettext("%(number)s task is late.", "%(number)s tasks are late.", late) % {"number": late}
        return NextStep(text, _("See which"), "#late")
    for each in relations:
        if not each.protocol_is_settled:
            return _on_protocol(each, slug)
        if each.next_activity is None:
            text = _("Nothing is planned with %(partner)s. Trust grows where people meet.")
            url = reverse("cooperation:create", args=[slug])
            label = _("Plan an activity")
            return NextStep(text % {"partner": each.partner}, label, f"{url}?partner={each.partner.pk}")
    return None


def _on_protocol(relation: queries.Relation, slug: str) -> NextStep:
    assert relation.protocol is not None
    text = _("The protocol with %(partner)s is not agreed yet.") % {"partner": relation.partner}
    return NextStep(text, _("Go on with it"), reverse("agreements:detail", args=[slug, relation.protocol.pk]))
