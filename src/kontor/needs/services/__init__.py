"""Writes of this room."""

from kontor.needs.services.hearing import Occasion, Taken, note_hearing, take_answers
from kontor.needs.services.merging import (
    Before,
    bring_need_back,
    delete_need,
    forget_apart,
    merge_needs,
    set_back,
    split_need,
    tell_apart,
)
from kontor.needs.services.recording import record_need, update_need
from kontor.needs.services.removal import Remains, remove, restore
from kontor.needs.services.topics import add_topic, load_start_topics

__all__ = [
    "Before",
    "Occasion",
    "Remains",
    "Taken",
    "add_topic",
    "bring_need_back",
    "delete_need",
    "forget_apart",
    "load_start_topics",
    "merge_needs",
    "note_hearing",
    "record_need",
    "remove",
    "restore",
    "set_back",
    "split_need",
    "take_answers",
    "tell_apart",
    "update_need",
]
