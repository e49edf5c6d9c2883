"""Routes of interviews."""

from __future__ import annotations

from django.urls import URLPattern, path

from kontor.listening.views import (
    interviews,
    interviews_appointment,
    interviews_passages,
    interviews_plan,
    interviews_talk,
    interviews_transcript,
)

_STUDY, _TALK, _PASSAGE = (
    "interviews/<int:study_id>/",
    "interviews/talks/<int:interview_id>/",
    "interviews/passages/<int:passage_id>/",
)

urlpatterns: list[URLPattern] = [
    path("interviews/", interviews.overview, name="interviews"),
    path("interviews.xlsx", interviews.export, {"form": "xlsx"}, name="interviews-xlsx"),
    path("interviews.csv", interviews.export, {"form": "csv"}, name="interviews-csv"),
    path("interviews/new/", interviews_plan.create, name="interviews-new"),
    path(_STUDY, interviews.study, name="interview-study"),
    path(f"{_STUDY}edit/", interviews_plan.edit, name="interview-study-edit"),
    path(f"{_STUDY}draw/", interviews_plan.draw, name="interview-draw"),
    path(f"{_STUDY}undo-draw/", interviews_plan.undo_draw, name="interview-draw-undo"),
    path(f"{_STUDY}state/", interviews_plan.change_state, name="interview-study-state"),
    path(f"{_STUDY}delete/", interviews_plan.delete, name="interview-study-delete"),
    path(f"{_STUDY}method/", interviews.method, name="interview-method"),
    path(f"{_STUDY}list.xlsx", interviews.list_export, {"form": "xlsx"}, name="interview-list-xlsx"),
    path(f"{_STUDY}list.csv", interviews.list_export, {"form": "csv"}, name="interview-list-csv"),
    path(f"{_STUDY}draw.xlsx", interviews.account_export, {"form": "xlsx"}, name="interview-account-xlsx"),
    path(f"{_STUDY}draw.csv", interviews.account_export, {"form": "csv"}, name="interview-account-csv"),
    path(_TALK, interviews_talk.talk, name="interview"),
    path(f"{_TALK}notes/", interviews_talk.notes, name="interview-notes"),
    path(f"{_TALK}held/", interviews_talk.held, name="interview-held"),
    path(f"{_TALK}not-held/", interviews_talk.not_held, name="interview-not-held"),
    path(f"{_TALK}appointment/", interviews_appointment.appointment, name="interview-appointment"),
    path(f"{_TALK}appointment.ics", interviews_appointment.calendar, name="interview-calendar"),
    path(f"{_TALK}invite/", interviews_appointment.invite, name="interview-invite"),
    path(f"{_TALK}decline/", interviews_appointment.decline, name="interview-decline"),
    path(f"{_TALK}reserve/", interviews_appointment.reserve, name="interview-reserve"),
    path(f"{_TALK}stand-in/", interviews_appointment.stand_in, name="interview-stand-in"),
    path(f"{_TALK}reopen/", interviews_appointment.reopen, name="interview-reopen"),
    path(f"{_TALK}transcript/", interviews_transcript.transcript, name="interview-transcript"),
    path(f"{_TALK}transcript/edit/", interviews_transcript.edit, name="interview-transcript-edit"),
    path(f"{_TALK}transcript/file/", interviews_transcript.file, name="interview-transcript-file"),
    path(f"{_TALK}transcript.txt", interviews_transcript.download, name="interview-transcript-text"),
    path(f"{_TALK}passages/", interviews_passages.mark, name="interview-mark"),
    path(_PASSAGE, interviews_passages.passage, name="interview-passage"),
    path(f"{_PASSAGE}unlink/", interviews_passages.unlink, name="interview-passage-unlink"),
    path(f"{_PASSAGE}delete/", interviews_passages.delete, name="interview-passage-delete"),
]
