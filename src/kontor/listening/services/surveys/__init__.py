"""Writes of member surveys, from setting one up to closing it."""

from kontor.listening.services.surveys.answering import decline, save_draft, submit_answer
from kontor.listening.services.surveys.closing import (
    close_survey,
    reopen_survey,
    reschedule,
    tend_surveys,
)
from kontor.listening.services.surveys.inviting import add_people, change_contact, mark_invitee
from kontor.listening.services.surveys.opening import open_survey
from kontor.listening.services.surveys.sending import remind, send_mails, start_sending
from kontor.listening.services.surveys.setting_up import (
    create_survey,
    delete_survey,
    update_reminder,
    update_survey,
)

__all__ = [
    "add_people",
    "change_contact",
    "close_survey",
    "create_survey",
    "decline",
    "delete_survey",
    "mark_invitee",
    "open_survey",
    "remind",
    "reopen_survey",
    "reschedule",
    "save_draft",
    "send_mails",
    "start_sending",
    "submit_answer",
    "tend_surveys",
    "update_reminder",
    "update_survey",
]
