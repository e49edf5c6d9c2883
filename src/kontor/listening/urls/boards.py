"""Routes of boards: everything that the moderator does."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.listening.views.boards import desk, needs, planning, results, screen, sorting

urlpatterns: list[URLPattern] = [
    path("boards/", planning.boards, name="boards"),
    path("boards.xlsx", planning.export, {"form": "xlsx"}, name="boards-xlsx"),
    path("boards.csv", planning.export, {"form": "csv"}, name="boards-csv"),
    path("boards/new/", planning.create, name="board-new"),
    path("boards/<int:board_id>/", desk.desk, name="board"),
    path("boards/<int:board_id>/edit/", planning.edit, name="board-edit"),
    path("boards/<int:board_id>/phase/", desk.phase, name="board-phase"),
    path("boards/<int:board_id>/ideas/", sorting.ideas, name="board-ideas"),
    path("boards/<int:board_id>/ideas/show/", sorting.show, name="board-ideas-show"),
    path("boards/<int:board_id>/groups/", sorting.add, name="board-groups"),
    path("boards/<int:board_id>/groups/<int:group_id>/", sorting.group, name="board-group"),
    path("boards/<int:board_id>/groups/<int:group_id>/shift/", sorting.shift, name="board-group-shift"),
    path("boards/<int:board_id>/groups/<int:group_id>/merge/", sorting.merge, name="board-group-merge"),
    path("boards/<int:board_id>/groups/<int:group_id>/remove/", sorting.remove, name="board-group-remove"),
    path("boards/<int:board_id>/needs/", needs.needs, name="board-needs"),
    path("boards/<int:board_id>/needs/topics/", needs.topics, name="board-topics"),
    path("boards/<int:board_id>/needs/names/", needs.names, name="board-names"),
    path("boards/<int:board_id>/results/", results.results, name="board-results"),
    path("boards/<int:board_id>/results.xlsx", results.export, {"form": "xlsx"}, name="board-results-xlsx"),
    path("boards/<int:board_id>/results.csv", results.export, {"form": "csv"}, name="board-results-csv"),
    path("boards/<int:board_id>/screen/", screen.screen, name="board-screen"),
]
