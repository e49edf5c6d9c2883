"""The one exception of the methods."""

from __future__ import annotations


class MethodError(ValueError):
    """An input that a method refuses, named by a stable code."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
