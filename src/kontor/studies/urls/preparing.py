"""Routes of setting up a study: candidates, criteria, people."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.studies.views import candidates, criteria, overview, people, single

_XLSX, _CSV = {"file_format": "xlsx"}, {"file_format": "csv"}

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    path("studies.xlsx", overview.export, _XLSX, name="export-xlsx"),
    path("studies.csv", overview.export, _CSV, name="export-csv"),
    path("new/", single.create, name="create"),
    path("<int:study_id>/", single.detail, name="detail"),
    path("<int:study_id>/edit/", single.edit, name="edit"),
    path("<int:study_id>/start/", single.start, name="start"),
    path("<int:study_id>/delete/", single.delete, name="delete"),
    path("<int:study_id>/candidates/", candidates.candidates, name="candidates"),
    path("<int:study_id>/candidates.xlsx", candidates.export, _XLSX, name="candidates-xlsx"),
    path("<int:study_id>/candidates.csv", candidates.export, _CSV, name="candidates-csv"),
    path("<int:study_id>/candidates/choose/", candidates.choose, name="candidates-choose"),
    path("<int:study_id>/candidates/new/", candidates.quick, name="candidate-new"),
    path("<int:study_id>/candidates/remove/", candidates.remove_many, name="candidates-remove"),
    path("<int:study_id>/candidates/restore/<str:key>/", candidates.bring_back, name="candidate-restore"),
    path("<int:study_id>/candidates/<int:candidate_id>/remove/", candidates.remove, name="candidate-remove"),
    path("<int:study_id>/candidates/<int:candidate_id>/move/", candidates.move, name="candidate-move"),
    path("<int:study_id>/candidates/<int:candidate_id>/leave-out/", candidates.leave_out, name="leave-out"),
    path("<int:study_id>/criteria/", criteria.criteria, name="criteria"),
    path("<int:study_id>/criteria.xlsx", criteria.export, _XLSX, name="criteria-xlsx"),
    path("<int:study_id>/criteria.csv", criteria.export, _CSV, name="criteria-csv"),
    path("<int:study_id>/criteria/choose/", criteria.choose, name="criteria-choose"),
    path("<int:study_id>/criteria/copy/", criteria.copy, name="criteria-copy"),
    path("<int:study_id>/criteria/remove/", criteria.remove_many, name="criteria-remove"),
    path("<int:study_id>/criteria/restore/<str:key>/", criteria.bring_back, name="criterion-restore"),
    path("<int:study_id>/criteria/<int:criterion_id>/scale/", criteria.scale, name="criterion-scale"),
    path("<int:study_id>/criteria/<int:criterion_id>/remove/", criteria.remove, name="criterion-remove"),
    path("<int:study_id>/criteria/<int:criterion_id>/move/", criteria.move, name="criterion-move"),
    path("<int:study_id>/people/", people.people, name="people"),
    path("<int:study_id>/people.xlsx", people.export, _XLSX, name="people-xlsx"),
    path("<int:study_id>/people.csv", people.export, _CSV, name="people-csv"),
    path("<int:study_id>/people/new/", people.add, name="person-new"),
    path("<int:study_id>/people/members/", people.members, name="people-members"),
    path("<int:study_id>/people/team/", people.team, name="people-team"),
    path("<int:study_id>/people/send/", people.send, name="people-send"),
    path("<int:study_id>/people/progress/", people.progress, name="people-progress"),
    path("<int:study_id>/people/<int:assessor_id>/", people.edit, name="person"),
    path("<int:study_id>/people/<int:assessor_id>/remove/", people.remove, name="person-remove"),
    path("<int:study_id>/people/<int:assessor_id>/link/", people.link, name="person-link"),
]
