"""What every phone asks every few seconds, answered from memory.

Three hundred phones that poll are a hundred requests a second, and nearly all of them get the same answer:
nothing new. Through all of Django's middleware each would cost milliseconds of the one interpreter that
must store ideas. So the answer to one phone is kept for half a second and given to the others as it stands,
before Django begins. Memory holds no truth: every process reads the board anew when its answer has grown
old, so several processes on one database are never more than `FRESH_SECONDS` behind each other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core import signing

FRESH_SECONDS = 0.5
MOST_BOARDS = 500
_SALT = "kontor.listening.live"


@dataclass(frozen=True)
class Answer:
    """What a phone is told: the stage, and the body that says it."""

    stage: int
    body: bytes
    fresh_until: float


def live_key(board_id: int) -> str:
    """Return what a phone asks with: signed, so that asking tells nobody which codes exist."""
    return signing.Signer(salt=_SALT, sep=".").sign(str(board_id))


def board_in(key: str) -> int:
    """Return the board of a key, 0 where we have not signed it."""
    try:
        return int(signing.Signer(salt=_SALT, sep=".").unsign(key))
    except signing.BadSignature:
        return 0


class Memory:
    """Answers by key; none is given when it has grown old, but for those who ask while it is being
    renewed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.answers: dict[str, Answer] = {}

    def recall(self, key: str) -> Answer | None:
        """Return the answer, None where it is old or unknown.

        The first who finds it old renews it; those who come meanwhile take the old one, or all would renew.
        """
        kept, now = self.answers.get(key), self.clock()
        if kept is None:
            return None
        if kept.fresh_until <= now:
            self.answers[key] = Answer(kept.stage, kept.body, now + FRESH_SECONDS)
            return None
        return kept

    def keep(self, key: str, stage: int, phase: str) -> Answer:
        """Remember what the board says now."""
        body = json.dumps({"stage": stage, "phase": phase}).encode()
        answer = Answer(stage, body, self.clock() + FRESH_SECONDS)
        if len(self.answers) >= MOST_BOARDS:
            self.answers.clear()
        self.answers[key] = answer
        return answer

    def forget(self, key: str) -> None:
        """Drop an answer, so that the next phone gets a new one."""
        self.answers.pop(key, None)


MEMORY = Memory()
