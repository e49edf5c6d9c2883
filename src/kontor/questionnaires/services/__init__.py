"""Writes of this room."""

from kontor.questionnaires.services.building import create_questionnaire, store_draft
from kontor.questionnaires.services.releasing import release

__all__ = ["create_questionnaire", "release", "store_draft"]
