"""Writes of this room: prepare a vote, open it, cast a vote, close it."""

from kontor.votes.services.casting import cast
from kontor.votes.services.closing import cancel_vote, close_due, close_vote, extend_vote
from kontor.votes.services.opening import open_vote
from kontor.votes.services.preparing import create_vote, delete_vote, repeat_vote, set_options, update_vote
from kontor.votes.services.roll import add_elector, add_members, change_contact, remove_elector
from kontor.votes.services.sending import remind, send_mails, start_sending

__all__ = [
    "add_elector",
    "add_members",
    "cancel_vote",
    "cast",
    "change_contact",
    "close_due",
    "close_vote",
    "create_vote",
    "delete_vote",
    "extend_vote",
    "open_vote",
    "remind",
    "remove_elector",
    "repeat_vote",
    "send_mails",
    "set_options",
    "start_sending",
    "update_vote",
]
