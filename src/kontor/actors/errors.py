"""What the actors' services refuse, named by a stable code."""

from __future__ import annotations


class ActorError(ValueError):
    """A write that would make the facts contradict each other; `ui` has the sentence for `code`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
