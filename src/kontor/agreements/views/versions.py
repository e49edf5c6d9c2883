"""What was agreed: read, download, compare, note the signatures."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.agreements import services
from kontor.agreements.comparing import compare
from kontor.agreements.content import agreement_content
from kontor.agreements.forms.people import SigningForm
from kontor.agreements.models import Agreement, AgreementVersion
from kontor.agreements.papers import (
    FORMATS,
    as_file,
    draft_name,
    draft_report,
    version_name,
    version_report,
)
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.sheet import sheet_of
from kontor.agreements.views.clause_page import ordered_languages
from kontor.agreements.views.finding import agreement_or_404, version_or_404
from kontor.reports.html import render_sections
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

NOW = "now"


@require_safe
@cluster_view(may="agreements.view_agreement")
def version(request: ClusterRequest, agreement_id: int, number: int) -> HttpResponse:
    """Show a version as it was frozen, and whether it is still intact."""
    agreement = agreement_or_404(request, agreement_id)
    found = version_or_404(agreement, number)
    may_change = request.access.may("agreements.change_agreement")
    context = {**version_context(request, agreement, found), "may_change": may_change}
    return render(request, "agreements/version.html", context)


@require_safe
@cluster_view(may="agreements.view_agreement")
def download(
    request: ClusterRequest, agreement_id: int, number: int, language: str, form: str
) -> HttpResponse:
    """Send a version as a file."""
    found = version_or_404(agreement_or_404(request, agreement_id), number)
    return as_file(version_report(found, language), form, version_name(found, language))


@require_safe
@cluster_view(may="agreements.change_agreement")
def draft_download(request: ClusterRequest, agreement_id: int, language: str, form: str) -> HttpResponse:
    """Send the paper as it stands now, marked as a draft."""
    sheet = sheet_of(agreement_or_404(request, agreement_id))
    return as_file(draft_report(sheet, language), form, draft_name(sheet, language))


@require_safe
@cluster_view(may="agreements.change_agreement")
def comparison(request: ClusterRequest, agreement_id: int) -> HttpResponse:
    """Lay two states side by side: versions, or one of them and the negotiation of today."""
    agreement = agreement_or_404(request, agreement_id)
    versions = list(agreement.versions.all())
    if not versions:
        return redirect("agreements:detail", request.cluster.slug, agreement.pk)
    languages = ordered_languages(agreement)
    earlier = versions[1].number if len(versions) > 1 and _is_agreed(agreement) else versions[0].number
    asked = {
        "old": request.GET.get("old") or str(earlier),
        "new": request.GET.get("new") or (str(versions[0].number) if _is_agreed(agreement) else NOW),
        "language": request.GET.get("language") or languages[0],
    }
    if asked["language"] not in languages:
        raise Http404
    old, new = (_state(agreement, versions, asked[name]) for name in ("old", "new"))
    changes = compare(old, new, asked["language"])
    context = {
        "agreement": agreement,
        "versions": versions,
        "asked": asked,
        "languages": languages,
        "changes": [each for each in changes if each.kind != "kept" or each.has_moved],
        "kept": sum(each.kind == "kept" for each in changes),
    }
    return render(request, "agreements/comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="agreements.change_agreement")
def sign(request: ClusterRequest, agreement_id: int, number: int) -> HttpResponse:
    """Note that a version was signed on paper, or correct the note."""
    agreement = agreement_or_404(request, agreement_id)
    found = version_or_404(agreement, number)
    form = SigningForm(request.POST or None, initial=_signing_fields(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.note_signing(version=found, user=request.user, **form.cleaned_data)
        except AgreementError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The signatures are noted."))
            return redirect("agreements:version", request.cluster.slug, agreement.pk, found.number)
    context = {"agreement": agreement, "version": found, "form": form}
    return render(request, "agreements/sign.html", context, status=422 if form.errors else 200)


def version_context(request: Any, agreement: Agreement, found: AgreementVersion) -> dict[str, Any]:
    """Return what the page of a version shows, for whomever."""
    languages = sorted(found.languages, key=lambda code: code != request.LANGUAGE_CODE)
    chosen = request.GET.get("language") or languages[0]
    report = version_report(found, chosen)
    return {
        "agreement": agreement,
        "version": found,
        "signing": getattr(found, "signing", None),
        "is_intact": services.is_intact(found),
        "title": report.title,
        "body": render_sections(report),
        "chosen": chosen,
        "languages": languages,
        "formats": FORMATS,
    }


def _is_agreed(agreement: Agreement) -> bool:
    return agreement.state == Agreement.State.AGREED


def _state(agreement: Agreement, versions: list[AgreementVersion], name: str) -> dict[str, Any]:
    """Return the content of a version, or of the paper as it stands now."""
    if name == NOW:
        return agreement_content(sheet_of(agreement), number=0, at=timezone.now(), by="")
    found = next((each for each in versions if each.number == number_in(name)), None)
    if found is None:
        raise Http404
    content: dict[str, Any] = found.content
    return content


def _signing_fields(found: AgreementVersion) -> dict[str, Any]:
    """Return what is noted already, or the names of those who froze it."""
    signing = getattr(found, "signing", None)
    if signing is None:
        return {"signed_on": timezone.localdate()}
    return {
        "signed_on": signing.signed_on,
        "place": signing.place,
        "by_us": signing.signed_by_us,
        "by_them": signing.signed_by_them,
    }
