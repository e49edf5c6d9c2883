"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class AgreementError(ValueError):
    """A write that an agreement refuses (`agreement.*`, `clause.*`, `wording.*`, `negotiator.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
