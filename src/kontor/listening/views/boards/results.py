"""What the meeting found: groups by points, and the ideas beneath."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.listening.queries import boards as queries
from kontor.listening.views.boards.desk import MAY, board_of
from kontor.reports.lists import ListRow
from kontor.reports.model import Column


@cluster_view(may=MAY)
def results(request: ClusterRequest, board_id: int) -> HttpResponse:
    """Show the ranking with the ideas beneath each group."""
    board = board_of(request, board_id)
    found = queries.heaps(board)
    context = {
        "board": board,
        "stand": queries.stand(board),
        "ranking": queries.ranked(found),
        "unsorted": found[0].ideas,
    }
    return render(request, "listening/boards/results.html", context)


@cluster_view(may=MAY)
def export(request: ClusterRequest, board_id: int, form: str) -> HttpResponse:
    """Hand out every idea with its group, the group's points and what was said about the organisation."""
    board = board_of(request, board_id)
    found = queries.heaps(board)
    titles = (
        _("Rank"),
        _("Group"),
        _("Points"),
        _("People who gave points"),
        _("Idea"),
        _("Organisation as typed"),
    )
    rows: list[ListRow] = [
        (
            *(place.rank, place.group.title, place.heap.points, place.heap.people),
            *(idea.text if idea else "", _said(idea)),
        )
        for place in queries.ranked(found)
        for idea in place.heap.ideas or (None,)
    ]
    rows += [(None, _("Not sorted"), None, None, idea.text, _said(idea)) for idea in found[0].ideas]
    return list_file(
        _("Board results"), [Column(title) for title in titles], rows, form, cluster=request.cluster
    )


def _said(idea: object) -> str:
    participant = getattr(idea, "participant", None)
    return participant.said_organisation if participant else ""
