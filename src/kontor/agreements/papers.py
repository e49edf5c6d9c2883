"""An agreement as a file: Word and PDF, in each of its languages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from kontor.agreements.content import agreement_content
from kontor.agreements.documents import agreement_report, with_digest
from kontor.agreements.models import AgreementVersion
from kontor.agreements.queries.sheet import Sheet
from kontor.agreements.texts import say
from kontor.reports.docx import render_docx
from kontor.reports.model import Report
from kontor.reports.pdf import render_pdf
from kontor.reports.stored import from_json

_WRITERS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "docx": (
        render_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (render_pdf, "application/pdf"),
}
FORMATS = tuple(_WRITERS)


def version_report(version: AgreementVersion, language: str) -> Report:
    """Return a version exactly as it was frozen, with its check number; 404 for a language that it lacks."""
    if language not in version.reports:
        raise Http404
    return with_digest(from_json(version.reports[language]), version.digest)


def draft_report(sheet: Sheet, language: str) -> Report:
    """Return the paper as it stands now, marked as a draft; 404 for a language that it lacks."""
    if language not in sheet.agreement.languages:
        raise Http404
    content = agreement_content(sheet, number=0, at=timezone.now(), by="")
    return agreement_report(content, language=language)


def as_file(report: Report, form: str, name: str) -> HttpResponse:
    """Return a report as a download; 404 for a form that there is none of."""
    if form not in _WRITERS:
        raise Http404
    write, media_type = _WRITERS[form]
    response = HttpResponse(write(report), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def version_name(version: AgreementVersion, language: str) -> str:
    """Return the name of a version's file."""
    return f"{_name(version.content['title'], language)}-v{version.number}-{language}"


def draft_name(sheet: Sheet, language: str) -> str:
    """Return the name of a draft's file."""
    return f"{_name(sheet.agreement.title, language)}-{timezone.localdate():%Y-%m-%d}-{language}"


def _name(title: object, language: str) -> str:
    return slugify(say(title, language))[:80] or "agreement"
