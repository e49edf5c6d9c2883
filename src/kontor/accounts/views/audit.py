"""The audit trail, as a manager reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from auditlog.models import LogEntry
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts import audit_trail
from kontor.accounts.forms.people import AuditFilterForm
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.reports.lists import ListRow, write_csv, write_xlsx
from kontor.reports.model import Column

PAGE = 50
CHUNK = 500
FILE_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@cluster_view(may="accounts.view_audit_trail")
def audit(request: ClusterRequest) -> HttpResponse:
    """Show who changed what and when, newest first."""
    form = _form(request)
    found = audit_trail.entries(request.cluster, _wanted(form))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": audit_trail.readable(page.object_list),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "accounts/audit.html", context)


@cluster_view(may="accounts.view_audit_trail")
def audit_export(request: ClusterRequest, kind: str) -> HttpResponse:
    """Hand out the filtered entries as a spreadsheet."""
    if kind not in FILE_TYPES:
        raise Http404
    rows = _rows(audit_trail.entries(request.cluster, _wanted(_form(request))))
    if kind == "xlsx":
        content = write_xlsx(_("Audit trail"), _columns(), rows)
    else:
        content = write_csv(_columns(), rows, get_language() or "en")
    response = HttpResponse(content, content_type=FILE_TYPES[kind])
    parts = (request.cluster.slug, _("audit-trail"), timezone.localdate().isoformat())
    response["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.{kind}"'
    return response


def _columns() -> tuple[Column, ...]:
    return tuple(
        Column(title)
        for title in (_("When"), _("Who"), _("What"), _("Object"), _("Action"), _("What changed"))
    )


def _rows(found: QuerySet[LogEntry]) -> Iterator[ListRow]:
    """Yield entries as rows, some hundreds at a time, so that a long trail does not fill the memory."""
    for chunk in batched(found.iterator(chunk_size=CHUNK), CHUNK):
        for line in audit_trail.readable(chunk):
            yield timezone.localtime(line.when), line.who, line.kind, line.what, line.action, line.told


def batched(entries: Iterable[LogEntry], size: int) -> Iterator[list[LogEntry]]:
    """Yield lists of up to `size` entries."""
    remaining = iter(entries)
    while chunk := list(islice(remaining, size)):
        yield chunk


def _form(request: ClusterRequest) -> AuditFilterForm:
    form = AuditFilterForm(request.GET, people=audit_trail.people(request.cluster), kinds=audit_trail.kinds())
    form.is_valid()
    return form


def _wanted(form: AuditFilterForm) -> audit_trail.Wanted:
    """Return what is looked for; a value that is none counts as not chosen."""
    said = form.cleaned_data
    return audit_trail.Wanted(
        actor_id=said.get("actor") or 0,
        kind_id=said.get("kind") or 0,
        since=said.get("since"),
        until=said.get("until"),
    )
