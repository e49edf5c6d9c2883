"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class CriteriaError(ValueError):
    """A write that a catalogue refuses (`catalogue.*`, `criterion.*`, `criteria_import.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
