"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class NeedError(ValueError):
    """A write that a need, a topic or an import refuses (`need.*`, `need_topic.*`, `need_import.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
