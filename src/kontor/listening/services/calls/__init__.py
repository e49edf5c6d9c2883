"""Writes of phone campaigns."""

from kontor.listening.services.calls.campaigns import (
    add_members,
    close_campaign,
    delete_campaign,
    reopen_campaign,
    start_campaign,
    update_campaign,
)
from kontor.listening.services.calls.finishing import correct_call, finish_call, put_back
from kontor.listening.services.calls.keeping import Typed, keep
from kontor.listening.services.calls.reserving import give_back, next_call, take

__all__ = [
    "Typed",
    "add_members",
    "close_campaign",
    "correct_call",
    "delete_campaign",
    "finish_call",
    "give_back",
    "keep",
    "next_call",
    "put_back",
    "reopen_campaign",
    "start_campaign",
    "take",
    "update_campaign",
]
