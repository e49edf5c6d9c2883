"""Leads from a CORDIS table of organisations: grouped by region and topic, taken one by one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size
from kontor.partners.models import PartnerImport
from kontor.partners.queries.leads import LeadPlace, from_rows, reference_of, taken_leads
from kontor.partners.services import leads as taking
from kontor.partners.views.leads import taken
from kontor.ui.errors import explain
from kontor.ui.vocabulary import country_name

PAGE = 20
MOST_COUNTRIES = 16


class CordisForm(forms.Form):
    """The tables of a CORDIS export that tell who sits where."""

    organisations = forms.FileField(
        label=gettext_lazy("Organisations"),
        help_text=gettext_lazy("organization.csv or participants.xlsx of a CORDIS export, up to 20 MB."),
    )
    sciences = forms.FileField(
        label=gettext_lazy("Topics"),
        required=False,
        help_text=gettext_lazy("euroSciVoc.csv of the same export, where you have it: it names the topics."),
    )


@cluster_view(may="partners.change_partner")
def upload(request: ClusterRequest) -> HttpResponse:
    """Take the tables, or say why they cannot be read."""
    form = CordisForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            files = {name: _read(form.cleaned_data[name]) for name in ("organisations", "sciences")}
            batch = taking.read_cordis_table(
                cluster=request.cluster,
                user=request.user,
                organisations=files["organisations"] or ("", b""),
                sciences=files["sciences"],
            )
        except ImportRefused as refusal:
            form.add_error("organisations", explain(refusal))
        else:
            return redirect("partners:cordis-groups", request.cluster.slug, batch.pk)
    past = _batches(request)[:10]
    context = {"form": form, "past": past}
    return render(request, "partners/cordis_upload.html", context, status=422 if form.is_bound else 200)


@cluster_view(may="partners.change_partner")
def groups(request: ClusterRequest, table_id: int) -> HttpResponse:
    """Show the regions of the table; `?country=` and `?q=` (a topic or a name) narrow them."""
    batch = get_object_or_404(_batches(request), pk=table_id)
    places = from_rows(batch.staged.get("places", []))
    country, word = request.GET.get("country", ""), request.GET.get("q", "").strip()[:100]
    fitting = [each for each in places if _fits(each, country, word)]
    page = Paginator(fitting, PAGE).get_page(request.GET.get("page"))
    known = taken_leads(request.cluster)
    language = get_language() or "en"
    context = {
        "batch": batch,
        "page": page,
        "places": [
            {
                "place": each,
                "country": country_name(each.country, language),
                "why": taking.reason_for(each),
                "partner": known.get(reference_of(each.key)),
            }
            for each in page.object_list
        ],
        "groups": _chips(request, places, country),
        "q": word,
        "country": country,
    }
    return render(request, "partners/cordis_groups.html", context)


@require_POST
@cluster_view(may="partners.change_partner")
def take(request: ClusterRequest, table_id: int) -> HttpResponse:
    """Make a lead of one region with one press."""
    batch = get_object_or_404(_batches(request), pk=table_id)
    places = from_rows(batch.staged.get("places", []))
    place = next((each for each in places if each.key == request.POST.get("lead", "")), None)
    if place is None:
        raise Http404
    source = _("CORDIS: %(file)s") % {"file": batch.file_name}
    partner = taking.take_place(
        cluster=request.cluster, place=place, source=source, by=request.user, batch=batch
    )
    return taken(request, partner)


def _batches(request: ClusterRequest) -> Any:
    return PartnerImport.objects.filter(cluster=request.cluster, kind=PartnerImport.Kind.CORDIS)


def _read(file: Any) -> tuple[str, bytes] | None:
    """Return name and bytes of a file; raises ImportRefused where it is too large."""
    if file is None:
        return None
    require_size(file.size)
    return str(file.name), file.read()


def _fits(place: LeadPlace, country: str, word: str) -> bool:
    if country and place.country != country:
        return False
    texts = (*place.words, *place.organisations.values(), *place.cities)
    return not word or any(word.casefold() in text.casefold() for text in texts)


def _chips(request: ClusterRequest, places: list[LeadPlace], country: str) -> list[dict[str, Any]]:
    """Return the countries to choose from, those with most regions first."""
    counts: dict[str, int] = {}
    for each in places:
        counts[each.country] = counts.get(each.country, 0) + 1
    ranked = sorted(counts, key=lambda code: (-counts[code], code))[:MOST_COUNTRIES]
    language = get_language() or "en"
    choices = []
    for code in ranked:
        address = request.GET.copy()
        address.pop("page", None)
        if code == country:
            address.pop("country", None)
        else:
            address["country"] = code
        choices.append(
            {
                "label": country_name(code, language),
                "count": counts[code],
                "url": f"?{address.urlencode()}",
                "is_on": code == country,
            }
        )
    return [{"label": _("Country"), "choices": choices}]
