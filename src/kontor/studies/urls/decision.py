"""Routes of equal terms, the vote and the decision."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.studies.views import decision, mutual

_LANGUAGES, _PAPERS = ("de", "en"), ("docx", "pdf")

urlpatterns: list[URLPattern] = [
    path("<int:study_id>/mutual/", mutual.overview, name="mutual"),
    path("<int:study_id>/mutual/<int:candidate_id>/", mutual.ask, name="mutual-ask"),
    path("mutual/<str:token>/", mutual.answer, name="mutual-answer"),
    path("<int:study_id>/decision/", decision.decision, name="decision"),
    path("<int:study_id>/decision/take/", decision.decide, name="decide"),
    path("<int:study_id>/decision/vote/", decision.vote, name="decision-vote"),
    path("<int:study_id>/decision/note/", decision.note, name="decision-note"),
    *(
        path(
            f"<int:study_id>/decision-{language}.{kind}",
            decision.paper,
            {"language": language, "kind": kind},
            name=f"decision-{kind}-{language}",
        )
        for language in _LANGUAGES
        for kind in _PAPERS
    ),
]
