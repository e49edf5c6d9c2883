"""Two ways to the same task: by a signed link without an account, or by one's own account.

What lies behind is the same and knows one assessor only: its question, the criteria, public facts about the
candidates, and what this person has said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.views.limits import too_fast
from kontor.accounts.views.wall import ClusterRequest, LinkRequest, cluster_view, link_view
from kontor.studies.models import Assessor, Study
from kontor.studies.queries.people import assessor_of
from kontor.studies.services.inviting_links import PURPOSE
from kontor.studies.views.found import VIEW, study_or_404
from kontor.ui.notices import notify


@dataclass(frozen=True)
class Door:
    """Who has come in, and by which way. token: "" with an account."""

    assessor: Assessor
    token: str

    @property
    def study(self) -> Study:
        """Return the study that the assessor takes part in."""
        return self.assessor.study

    @property
    def layout(self) -> str:
        """Return the layout of the pages: with areas for somebody with an account."""
        return "ui/plain.html" if self.token else "ui/base.html"

    @property
    def is_open(self) -> bool:
        """True while weights and scores are taken."""
        return self.study.state in (Study.State.JUDGING, Study.State.OPEN)

    def url(self, page: str = "", *args: object) -> str:
        """Return the address of a page of this task: "", "weigh", "score", "cell" …"""
        way = ("assess", self.token) if self.token else ("mine", self.study.pk)
        name = f"studies:{way[0]}-{page}" if page else f"studies:{way[0]}"
        return reverse(name, args=[self.study.cluster.slug, way[1], *args])


DoorView = Callable[..., HttpResponse]
AnyView = Callable[..., HttpResponseBase]


def both_ways(view: DoorView) -> tuple[AnyView, AnyView]:
    """Return the view behind a signed link, and the same behind an account.

    The view takes the request, the door, and what else stands in the address.
    """

    @link_view(PURPOSE)
    def by_link(request: LinkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        door = Door(_assessor_of_link(request), _token(request))
        if limited := _limited(request, door):
            return limited
        return view(request, door, *args, **kwargs)

    @cluster_view(may=VIEW)
    def by_account(request: ClusterRequest, study_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        study = study_or_404(request, study_id)
        assessor = assessor_of(study, request.user)
        if assessor is None:
            notify(request, _("You do not weigh or score in this study."))
            return redirect("studies:detail", request.cluster.slug, study.pk)
        door = Door(assessor, "")
        if limited := _limited(request, door):
            return limited
        return view(request, door, *args, **kwargs)

    return by_link, by_account


def _assessor_of_link(request: LinkRequest) -> Assessor:
    """Return whom the link belongs to; one of an earlier address leads nowhere."""
    rows = Assessor.objects.select_related("study__cluster")
    found = rows.filter(
        pk=request.link.target, cluster=request.link.cluster_id, email__iexact=request.link.email
    ).first()
    if found is None:
        raise Http404
    return found


def _token(request: LinkRequest) -> str:
    assert request.resolver_match is not None
    return cast("str", request.resolver_match.kwargs["token"])


def _limited(request: HttpRequest, door: Door) -> HttpResponse | None:
    """Count a write; a page that saves at every pause stays far below."""
    if request.method != "POST":
        return None
    return too_fast(request, "survey_answer", f"studies:{door.assessor.pk}")
