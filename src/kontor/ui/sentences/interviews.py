"""The sentences for refusals of interviews in `kontor.listening`."""

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {}
