"""The sentences for refusals of calls in `kontor.listening`."""

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {}
