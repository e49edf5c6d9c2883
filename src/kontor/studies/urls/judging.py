"""Routes of judging: weights, scores, opening them, and the task of an assessor."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.studies.views import assessing, filling, importing, scores, scoring, weighing, weights

_XLSX, _CSV = {"file_format": "xlsx"}, {"file_format": "csv"}
_CELL = "<int:study_id>/scores/<int:candidate_id>/<int:criterion_id>/"

# By a signed link, without an account; `mine` below is the same behind an account.
_LINK: list[URLPattern] = [
    path("assess/<str:token>/", assessing.start, name="assess"),
    path("assess/<str:token>/weigh/", weighing.weigh, name="assess-weigh"),
    path("assess/<str:token>/weigh/preview/", weighing.preview, name="assess-preview"),
    path("assess/<str:token>/score/", scoring.score, name="assess-score"),
    path("assess/<str:token>/score/hand-in/", assessing.hand_in, name="assess-hand-in"),
    path("assess/<str:token>/candidate/<int:candidate_id>/", scoring.by_candidate, name="assess-candidate"),
    path("assess/<str:token>/criterion/<int:criterion_id>/", scoring.by_criterion, name="assess-criterion"),
    path("assess/<str:token>/cell/<int:candidate_id>/<int:criterion_id>/", scoring.cell, name="assess-cell"),
    path("assess/<str:token>/facts/<int:candidate_id>/", assessing.facts, name="assess-facts"),
]

_MINE: list[URLPattern] = [
    path("<int:study_id>/mine/", assessing.mine_start, name="mine"),
    path("<int:study_id>/mine/weigh/", weighing.mine_weigh, name="mine-weigh"),
    path("<int:study_id>/mine/weigh/preview/", weighing.mine_preview, name="mine-preview"),
    path("<int:study_id>/mine/score/", scoring.mine_score, name="mine-score"),
    path("<int:study_id>/mine/score/hand-in/", assessing.mine_hand_in, name="mine-hand-in"),
    path(
        "<int:study_id>/mine/candidate/<int:candidate_id>/", scoring.mine_by_candidate, name="mine-candidate"
    ),
    path(
        "<int:study_id>/mine/criterion/<int:criterion_id>/", scoring.mine_by_criterion, name="mine-criterion"
    ),
    path(
        "<int:study_id>/mine/cell/<int:candidate_id>/<int:criterion_id>/", scoring.mine_cell, name="mine-cell"
    ),
    path("<int:study_id>/mine/facts/<int:candidate_id>/", assessing.mine_facts, name="mine-facts"),
]

_WEIGHTS: list[URLPattern] = [
    path("<int:study_id>/weights/", weights.weights, name="weights"),
    path("<int:study_id>/weights.xlsx", weights.export, _XLSX, name="weights-xlsx"),
    path("<int:study_id>/weights.csv", weights.export, _CSV, name="weights-csv"),
    path("<int:study_id>/weights/open/", weights.open_them, name="weights-open"),
    path("<int:study_id>/weights/rule/", weights.rule, name="weights-rule"),
    path("<int:study_id>/weights/by-hand/", weights.by_hand, name="weights-by-hand"),
]

_SCORES: list[URLPattern] = [
    path("<int:study_id>/scores/", scores.scores, name="scores"),
    path("<int:study_id>/scores.xlsx", scores.export, _XLSX, name="scores-xlsx"),
    path("<int:study_id>/scores.csv", scores.export, _CSV, name="scores-csv"),
    path("<int:study_id>/scores/fill/", filling.fill, name="fill"),
    path("<int:study_id>/scores/import/", importing.upload, name="import"),
    path("<int:study_id>/scores/import/template.xlsx", importing.template, name="import-template"),
    path("<int:study_id>/scores/import/<int:batch_id>/", importing.preview, name="import-preview"),
    path("<int:study_id>/scores/import/<int:batch_id>/run/", importing.run, name="import-run"),
    path("<int:study_id>/scores/import/<int:batch_id>/undo/", importing.undo, name="import-undo"),
    path(_CELL, scores.cell, name="cell"),
    path(f"{_CELL}withdraw/", scores.withdraw, name="cell-withdraw"),
]

urlpatterns: list[URLPattern] = [*_LINK, *_MINE, *_WEIGHTS, *_SCORES]
