"""The two ways to say no: to a whole file and to one cell."""


class ImportRefused(ValueError):  # noqa: N818 - a refusal is the answer, not an accident
    """A file that cannot be read as a table, named by a stable code (`import.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class FieldFault(ValueError):  # noqa: N818 - it becomes a Fault with row and column
    """A cell that a parser refuses, named by a stable code (`field.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
