"""What the keys refuse, named by a stable code; `ui.sentences.accounts` has the sentences."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """An act that is not done, with the reason as a code; nothing has been written."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class LinkRefused(Refused):
    """A link that opens nothing: "link.unknown", "link.expired" or "link.done"."""


class InvitationRefused(Refused):
    """An invitation that admits nobody: "invitation.unknown", "invitation.expired", "invitation.accepted"…"""
