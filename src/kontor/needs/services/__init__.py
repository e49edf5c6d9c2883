"""Writes of this room."""

from kontor.needs.services.hearing import Occasion, Taken, note_hearing, take_answers
from kontor.needs.services.recording import delete_need, record_need, update_need
from kontor.needs.services.removal import Remains, remove, restore
from kontor.needs.services.topics import add_topic, load_start_topics

__all__ = [
    "Occasion",
    "Remains",
    "Taken",
    "add_topic",
    "delete_need",
    "load_start_topics",
    "note_hearing",
    "record_need",
    "remove",
    "restore",
    "take_answers",
    "update_need",
]
