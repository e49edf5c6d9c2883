"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class CooperationError(ValueError):
    """A write that the cooperation with a partner refuses (`cooperation.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
