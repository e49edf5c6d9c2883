"""The words of a questionnaire in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.questionnaires.answers import Vocabulary
from kontor.questionnaires.definition import OTHER, Definition, Kind, Question, Texts
from kontor.questionnaires.vocabulary import vocabulary_of


@dataclass(frozen=True)
class Wording:
    """How to say what is asked and answered. may_quote: the reader may see people's own words."""

    definition: Definition
    language: str
    vocabulary: Vocabulary
    may_quote: bool = True

    def say(self, texts: Texts) -> str:
        """Return a text in the reader's language, else in the questionnaire's first one."""
        return self.definition.say(texts, self.language)

    def labels(self, question: Question, keys: Sequence[str]) -> list[str]:
        """Return what the keys of a question's column are called."""
        return [self.label(question, key) for key in keys]

    def label(self, question: Question, key: str) -> str:
        """Return what one answer is called."""
        if question.kind in (Kind.COUNTRY, Kind.COMPETENCE):
            return self.vocabulary.of(question).get(key, key)
        if question.kind == Kind.SCALE:
            return self._step(question, key)
        option = question.option(key)
        if option is not None:
            return self.say(option.label) or key
        return _("Something else") if key == OTHER else key

    def _step(self, question: Question, key: str) -> str:
        ends = {
            str(int(question.range.low or 0)): self.say(question.range.low_label),
            str(int(question.range.high or 0)): self.say(question.range.high_label),
        }
        return f"{key} – {ends[key]}" if ends.get(key) else key


def wording_of(cluster: Cluster, definition: Definition, language: str, *, may_quote: bool = True) -> Wording:
    """Return the words of a questionnaire. At most one query, for the names of competences."""
    return Wording(definition, language, vocabulary_of(cluster, language, definition), may_quote)
