"""All agreements of the cluster."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.agreements import exports, queries
from kontor.agreements.catalogue import kind_name
from kontor.agreements.models import Agreement

PER_PAGE = 50
_SORTS = {"counterpart": "counterpart", "state": "state", "changed": "touched_at", "agreed": "agreed_at"}


@require_safe
@cluster_view(may="agreements.view_agreement")
def overview(request: ClusterRequest) -> HttpResponse:
    """Show how far each agreement is; the board sees what has been agreed."""
    may_change = request.access.may("agreements.change_agreement")
    everything = _readable(request)
    found = _chosen(request, everything)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    progress = queries.progress_of(rows) if may_change else {}
    context = {
        "page": page,
        "rows": [(each, kind_name(each.kind), progress.get(each.pk)) for each in rows],
        "groups": _chips(request, everything),
        "has_any": everything.exists(),
        "is_narrowed": bool(request.GET.get("state")),
        "may_change": may_change,
    }
    return render(request, "agreements/overview.html", context)


@require_safe
@cluster_view(may="agreements.view_agreement")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the list that the reader sees."""
    rows = list(_chosen(request, _readable(request)))
    progress = queries.progress_of(rows) if request.access.may("agreements.change_agreement") else {}
    return exports.agreements_file(rows, progress, form, cluster=request.cluster)


def _readable(request: ClusterRequest) -> QuerySet[Agreement]:
    """Return the agreements that the reader may know of, each with its latest version's number."""
    rows = queries.agreements_of(request.cluster).annotate(versions_number=Count("versions"))
    if request.access.may("agreements.change_agreement"):
        return rows
    return rows.filter(versions_number__gt=0)


def _chosen(request: ClusterRequest, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    state = request.GET.get("state", "")
    if state in Agreement.State.values:
        rows = rows.filter(state=state)
    sort = request.GET.get("sort", "")
    field = _SORTS.get(sort.removeprefix("-"))
    if field:
        rows = rows.order_by(f"-{field}" if sort.startswith("-") else field, "pk")
    return rows


def _chips(request: ClusterRequest, rows: QuerySet[Agreement]) -> list[dict[str, object]]:
    """Return the states as chips with counts."""
    numbers: dict[str, int] = {}
    for state in rows.order_by().values_list("state", flat=True):
        numbers[state] = numbers.get(state, 0) + 1
    chosen = request.GET.get("state", "")
    choices = []
    for state, label in Agreement.State.choices:
        if state not in numbers:
            continue
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = "" if state == chosen else state
        chip = {"label": label, "count": numbers[state], "url": f"?{query.urlencode()}"}
        choices.append({**chip, "is_on": state == chosen})
    return [{"label": _("State"), "choices": choices}] if choices else []
