"""What the pages of this room share: purpose, catalogue and criterion of this cluster, and refusals."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from i18nfield.strings import LazyI18nString

from kontor.accounts.views.wall import ClusterRequest
from kontor.criteria.models import Catalogue, CatalogueVersion, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.queries import catalogue_of
from kontor.criteria.reference import DEFAULT_PURPOSE, purposes, reference
from kontor.criteria.texts import said
from kontor.ui.errors import explain

VIEW, CHANGE = "criteria.view_catalogue", "criteria.change_catalogue"


@dataclass(frozen=True)
class PurposeLink:
    """The way to the catalogue of one purpose."""

    title: LazyI18nString
    url: str
    is_here: bool


def purpose_or_404(purpose: str) -> str:
    """Return the purpose where there is a reference for it."""
    if purpose not in purposes():
        raise Http404
    return purpose


def catalogue_or_404(request: ClusterRequest, purpose: str) -> Catalogue:
    """Return the catalogue of this cluster, 404 before anything has been put into it."""
    found = catalogue_of(request.cluster, purpose_or_404(purpose))
    if found is None:
        raise Http404
    return found


def criterion_or_404(request: ClusterRequest, pk: int) -> Criterion:
    """Return a criterion of this cluster with its catalogue."""
    return get_object_or_404(Criterion.objects.select_related("catalogue"), pk=pk, cluster=request.cluster)


def version_or_404(request: ClusterRequest, pk: int) -> CatalogueVersion:
    """Return a version of this cluster with its catalogue and who published it."""
    found = CatalogueVersion.objects.select_related("catalogue", "published_by")
    return get_object_or_404(found, pk=pk, cluster=request.cluster)


def overview_url(request: ClusterRequest, purpose: str) -> str:
    """Return the address of a catalogue; the first one has the short address of the room."""
    if purpose == DEFAULT_PURPOSE:
        return reverse("criteria:overview", args=[request.cluster.slug])
    return reverse("criteria:catalogue", args=[request.cluster.slug, purpose])


def purpose_links(request: ClusterRequest, purpose: str) -> list[PurposeLink]:
    """Return the ways to all catalogues, nothing while there is only one."""
    links = [
        PurposeLink(said(reference(each).title), overview_url(request, each), each == purpose)
        for each in purposes()
    ]
    return links if len(links) > 1 else []


def address(name: str, *args: object) -> str:
    """Return the address of a page of a room above that may not be there, or ""."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def refused(
    request: ClusterRequest, problem: CriteriaError, purpose: str = DEFAULT_PURPOSE, *, status: int = 409
) -> HttpResponse:
    """Say in a sentence why an act could not be done."""
    context = {"problem": explain(problem), "back_url": overview_url(request, purpose)}
    return render(request, "criteria/refused.html", context, status=status)


def told(problem: CriteriaError | ValidationError) -> str | ValidationError:
    """Return what a form shows for a refusal of the service."""
    if isinstance(problem, ValidationError):
        return ValidationError(problem.messages)
    return explain(problem)
