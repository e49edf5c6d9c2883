"""The sentences for refusals of surveys in `kontor.listening`."""

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {}
