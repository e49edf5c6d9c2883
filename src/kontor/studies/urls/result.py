"""Routes of the result, its robustness and its scenarios."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.studies.views import result, result_files, result_robust, scenarios, slider

_LANGUAGES, _PAPERS = ("de", "en"), ("docx", "pdf")

_FILES: list[URLPattern] = [
    path("<int:study_id>/result.xlsx", result_files.table, {"file_format": "xlsx"}, name="result-xlsx"),
    path("<int:study_id>/result.csv", result_files.table, {"file_format": "csv"}, name="result-csv"),
    *(
        path(
            f"<int:study_id>/result-{language}.{kind}",
            result_files.paper,
            {"language": language, "kind": kind},
            name=f"result-{kind}-{language}",
        )
        for language in _LANGUAGES
        for kind in _PAPERS
    ),
]

urlpatterns: list[URLPattern] = [
    *_FILES,
    path("<int:study_id>/result/", result.result, name="result"),
    path("<int:study_id>/result/progress/", result.progress, name="result-progress"),
    path("<int:study_id>/result/facts/", result.facts, name="result-facts"),
    path("<int:study_id>/result/robustness/", result_robust.robust, name="result-robust"),
    path("<int:study_id>/result/groups/", result_robust.groups, name="result-groups"),
    path(
        "<int:study_id>/result/candidate/<int:candidate_id>/",
        result_robust.candidate,
        name="candidate-result",
    ),
    path("<int:study_id>/result/weights/", slider.slider, name="slider"),
    path("<int:study_id>/scenarios/", scenarios.scenarios, name="scenarios"),
    path("<int:study_id>/scenarios/new/", scenarios.create, name="scenario-new"),
    path("<int:study_id>/scenarios/restore/<str:key>/", scenarios.bring_back, name="scenario-restore"),
    path("<int:study_id>/scenarios/<int:scenario_id>/", scenarios.edit, name="scenario"),
    path("<int:study_id>/scenarios/<int:scenario_id>/delete/", scenarios.delete, name="scenario-delete"),
]
