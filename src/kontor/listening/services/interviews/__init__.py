"""Writes of interviews."""

from kontor.listening.services.interviews.appointing import appoint, write_invitation
from kontor.listening.services.interviews.drawing import draw_sample, undo_draw
from kontor.listening.services.interviews.holding import hold, reading_of, save_notes, take_back_held
from kontor.listening.services.interviews.marking import (
    change_passage,
    delete_passage,
    mark_need,
    mark_passage,
    need_of_passage,
    unlink_need,
)
from kontor.listening.services.interviews.planning import (
    create_study,
    delete_study,
    set_study_state,
    update_study,
)
from kontor.listening.services.interviews.replacing import call_reserve, choose_stand_in, decline, reopen
from kontor.listening.services.interviews.transcribing import store_transcript

__all__ = [
    "appoint",
    "call_reserve",
    "change_passage",
    "choose_stand_in",
    "create_study",
    "decline",
    "delete_passage",
    "delete_study",
    "draw_sample",
    "hold",
    "mark_need",
    "mark_passage",
    "need_of_passage",
    "reading_of",
    "reopen",
    "save_notes",
    "set_study_state",
    "store_transcript",
    "take_back_held",
    "undo_draw",
    "unlink_need",
    "update_study",
    "write_invitation",
]
