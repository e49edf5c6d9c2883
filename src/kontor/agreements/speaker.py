"""Who acts in a negotiation."""

from __future__ import annotations

from dataclasses import dataclass

from kontor.accounts.models import User
from kontor.agreements.models import Negotiator, Side


@dataclass(frozen=True)
class Speaker:
    """A side and the name of the person who speaks for it just now."""

    side: Side
    name: str


def our_speaker(user: User) -> Speaker:
    """Return somebody with an account as speaker for the own side."""
    return Speaker(Side.US, str(user)[:120])


def guest_speaker(negotiator: Negotiator) -> Speaker:
    """Return a guest as speaker for the other side, by the name that was stored with the link."""
    return Speaker(Side.THEM, negotiator.name)
