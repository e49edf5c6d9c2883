"""Writes of this room."""

from kontor.questionnaires.services.building import create_questionnaire, store_draft
from kontor.questionnaires.services.keeping import delete_questionnaire, keep_frame, set_archived
from kontor.questionnaires.services.releasing import release

__all__ = [
    "create_questionnaire",
    "delete_questionnaire",
    "keep_frame",
    "release",
    "set_archived",
    "store_draft",
]
