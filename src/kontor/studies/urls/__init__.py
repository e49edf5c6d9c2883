"""Routes of this room, each step of a study in a module of its own.

`preparing` and `judging` lead from the first candidate to the opened weights; `result` shows what came out;
`decision` holds equal terms, the vote and the record. A module gives `urlpatterns` and is added below.
"""

from __future__ import annotations

from kontor.studies.urls import decision, judging, preparing, result

app_name = "studies"

urlpatterns = [
    *preparing.urlpatterns,
    *judging.urlpatterns,
    *result.urlpatterns,
    *decision.urlpatterns,
]
