"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class CountryError(ValueError):
    """A file, a figure or a sheet that is refused (`country.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
