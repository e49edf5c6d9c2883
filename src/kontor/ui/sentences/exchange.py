"""The sentences for questionnaires in files of other programs."""

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {}
