"""Writing a section, with the evidence beside it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.reports.html import render_sections
from kontor.reports.model import Report, Section
from kontor.strategy import services
from kontor.strategy.catalogue import SectionGuide, section_guide, section_guides
from kontor.strategy.document import evidence_of
from kontor.strategy.forms import SectionForm
from kontor.strategy.models import SectionText
from kontor.strategy.queries import concept_of, section_text
from kontor.ui.forms import differences, number_in
from kontor.ui.notices import notify


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="strategy.write")
def section(request: ClusterRequest, code: str, language: str) -> HttpResponse:
    """Write one section in one language."""
    guide = section_guide(code, language)
    if guide is None:
        raise Http404
    concept = concept_of(request.cluster)
    text = section_text(concept, code, language) if concept else None
    if request.method != "POST":
        return _page(request, guide, SectionForm(initial={"body": text.body if text else ""}), text)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _page(request, guide, form, text, status=422)
    try:
        services.write_section(
            concept=services.begin_concept(cluster=request.cluster),
            section=code,
            language=language,
            body=form.cleaned_data["body"].strip(),
            user=request.user,
            expected_version=_version(request),
        )
    except EditConflict as conflict:
        assert isinstance(conflict.current, SectionText)
        return _page(request, guide, form, conflict.current, status=409)
    notify(request, _("“%(title)s” is saved.") % {"title": guide.title})
    return _after_saving(request, guide)


def _version(request: ClusterRequest) -> int:
    return number_in(request.POST.get("version", ""))


def _after_saving(request: ClusterRequest, guide: SectionGuide) -> HttpResponse:
    guides = section_guides(guide.language)
    if "next" in request.POST and guide.number < len(guides):
        return redirect("strategy:section", request.cluster.slug, guides[guide.number].code, guide.language)
    return redirect("strategy:overview", request.cluster.slug)


def _page(
    request: ClusterRequest,
    guide: SectionGuide,
    form: SectionForm,
    text: SectionText | None,
    *,
    status: int = 200,
) -> HttpResponse:
    language = guide.language
    is_conflict = status == 409 and text is not None
    context = {
        "guide": guide,
        "language": language,
        "other_languages": [code for code in request.cluster.languages if code != language],
        "form": form,
        "version": text.version if text else 0,
        "text": text,
        "differences": differences(form, {"body": text.body}) if is_conflict and text else (),
        "is_conflict": is_conflict,
        "evidence": _evidence(request, guide),
        "is_last": guide.number == len(section_guides(language)),
    }
    return render(request, "strategy/section.html", context, status=status)


def _evidence(request: ClusterRequest, guide: SectionGuide) -> str:
    today = timezone.localdate()
    with translation.override(guide.language):
        blocks = tuple(evidence_of(request.cluster, guide, today))
        if not blocks:
            return ""
        told = Section(guide.code, guide.title, blocks)
        return render_sections(Report(guide.title, "", request.cluster.name, guide.language, today, (told,)))


@require_POST
@cluster_view(may="strategy.write")
def preview(request: ClusterRequest) -> HttpResponse:
    """Show how a text will look; htmx only, nothing is stored."""
    return render(request, "strategy/partials/preview.html", {"body": request.POST.get("body", "")})
