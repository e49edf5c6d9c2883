"""What this room refuses, named by stable codes; the sentences stand in ui."""

from __future__ import annotations


class QuestionnaireError(ValueError):
    """A questionnaire, an answer or a file that is refused (`questionnaire.*`, `answer.*`, `exchange.*`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
