"""The sentences for refusals of boards in `kontor.listening`."""

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {}
