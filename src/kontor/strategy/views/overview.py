"""The area's overview and the draft as it reads today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.reports.html import render_sections
from kontor.reports.model import Report
from kontor.strategy import queries
from kontor.strategy.catalogue import section_guides
from kontor.strategy.document import concept_report
from kontor.strategy.papers import MEDIA_TYPES, WRITERS, paper
from kontor.ui.components import NextStep


@require_safe
@cluster_view(may="strategy.view_overview")
def overview(request: ClusterRequest) -> HttpResponse:
    """Show how far the concept is, what comes next, and its versions."""
    may_read = request.access.may("strategy.view_draft")
    states = queries.section_states(request.cluster, get_language() or "en") if may_read else []
    context = {
        "states": states,
        "written": sum(state.is_written for state in states),
        "versions": queries.versions_of(request.cluster, only_published=not may_read),
        "next_step": _next_step(request, states),
        "may_read": may_read,
    }
    return render(request, "strategy/overview.html", context)


def _next_step(request: ClusterRequest, states: list[queries.SectionState]) -> NextStep | None:
    from django.urls import reverse

    slug = request.cluster.slug
    if not request.access.may("strategy.write"):
        return None
    lacking = next((state for state in states if not state.is_written), None)
    if lacking is None:
        sentence = _(
            "All sections are written. Freeze the state of today, so that it can be shown and compared."
        )
        return NextStep(sentence, _("Freeze a version"), reverse("strategy:freeze", args=[slug]))
    sentence = _("Section %(number)s, “%(title)s”, has no text yet. %(asks)s") % {
        "number": lacking.guide.number,
        "title": lacking.guide.title,
        "asks": lacking.guide.asks,
    }
    url = reverse("strategy:section", args=[slug, lacking.guide.code, lacking.lacking[0]])
    return NextStep(sentence, _("Write this section"), url)


@require_safe
@cluster_view(may="strategy.view_draft")
def document(request: ClusterRequest, language: str) -> HttpResponse:
    """Show the draft with today's figures."""
    report = concept_report(request.cluster, language=language, on=timezone.localdate())
    context = {
        "report": report,
        "body": render_sections(report),
        "language": language,
        "guides": section_guides(language),
        "formats": list(WRITERS),
    }
    return render(request, "strategy/document.html", context)


@require_safe
@cluster_view(may="strategy.view_draft")
def download(request: ClusterRequest, language: str, kind: str) -> HttpResponse:
    """Send the draft as a file."""
    report = concept_report(request.cluster, language=language, on=timezone.localdate())
    return as_file(report, kind, f"{request.cluster.slug}-{language}-{report.as_of:%Y-%m-%d}")


def as_file(report: Report, kind: str, name: str) -> HttpResponse:
    """Return `report` as a download of `kind`."""
    response = HttpResponse(paper(report, kind), content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{kind}"'
    return response
