"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class StudyError(ValueError):
    """A write that a study refuses (`study.*`, `weights.*`, `score.*`, `decision.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
