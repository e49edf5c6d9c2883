"""What is asked of the members, by which way, and what they said."""

from kontor.listening.models.board import Board, BoardGroup, BoardParticipant, BoardPoint, Idea
from kontor.listening.models.call import CallAttempt, CallCampaign, CallTarget
from kontor.listening.models.interview import Interview, InterviewStudy, Passage
from kontor.listening.models.results import ReadText
from kontor.listening.models.survey import AnswerDraft, Invitee, Survey, SurveyResponse

__all__ = [
    "AnswerDraft",
    "Board",
    "BoardGroup",
    "BoardParticipant",
    "BoardPoint",
    "CallAttempt",
    "CallCampaign",
    "CallTarget",
    "Idea",
    "Interview",
    "InterviewStudy",
    "Invitee",
    "Passage",
    "ReadText",
    "Survey",
    "SurveyResponse",
]
