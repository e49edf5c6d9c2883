"""A condition told in words, for people who build a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import OTHER, Definition
from kontor.ui.components import Text

LONGEST_LABEL = 70


def in_words(
    condition: Condition | None,
    definition: Definition,
    language: str,
    names: Mapping[str, Text] | None = None,
) -> str:
    """Return the condition as a phrase, "" without one.

    names: code → name of what is no option of a question, such as countries.
    """
    return "" if condition is None else _Teller(definition, language, names or {}).phrase(condition)


class _Teller:
    """Tells conditions of one questionnaire in one language."""

    def __init__(self, definition: Definition, language: str, names: Mapping[str, Text]) -> None:
        self.definition, self.language, self.names = definition, language, names

    def phrase(self, condition: Condition, *, is_inner: bool = False) -> str:
        """Return one condition; groups inside a group stand in brackets."""
        match condition:
            case Not(part=Compare(operator="is") as part):
                return self._filled(_("“%(question)s” is not “%(value)s”"), part)
            case Not(part=Answered(question=asked)):
                return _("“%(question)s” is not answered") % {"question": self._question(asked)}
            case Not(part=part):
                return _("it is not so that %(condition)s") % {"condition": self.phrase(part, is_inner=True)}
            case Answered(question=asked):
                return _("“%(question)s” is answered") % {"question": self._question(asked)}
            case Compare():
                return self._filled(_SENTENCES[condition.operator](), condition)
            case All(parts=parts) | Some(parts=parts):
                return self._group(condition, parts, is_inner)
        raise AssertionError(condition)

    def _group(self, condition: Condition, parts: tuple[Condition, ...], is_inner: bool) -> str:
        if not parts:
            return _("always") if isinstance(condition, All) else _("never")
        word = _("and") if isinstance(condition, All) else _("or")
        told = f" {word} ".join(self.phrase(part, is_inner=len(parts) > 1) for part in parts)
        return f"({told})" if is_inner and len(parts) > 1 else told

    def _filled(self, sentence: str, part: Compare) -> str:
        return sentence % {"question": self._question(part.question), "value": self._value(part)}

    def _question(self, code: str) -> str:
        question = self.definition.question(code)
        label = self.definition.say(question.label, self.language) if question else ""
        label = " ".join(label.split())
        if len(label) > LONGEST_LABEL:
            label = label[: LONGEST_LABEL - 1].rstrip() + "…"
        return label or code

    def _value(self, part: Compare) -> str:
        question = self.definition.question(part.question)
        option = question.option(part.value) if question else None
        if option is not None:
            return self.definition.say(option.label, self.language) or part.value
        if part.value == OTHER:
            return pgettext("answer", "Other")
        return str(self.names.get(part.value, part.value))


_SENTENCES = {
    "is": lambda: _("“%(question)s” is “%(value)s”"),
    "<": lambda: _("“%(question)s” is smaller than %(value)s"),
    "<=": lambda: _("“%(question)s” is at most %(value)s"),
    ">": lambda: _("“%(question)s” is greater than %(value)s"),
    ">=": lambda: _("“%(question)s” is at least %(value)s"),
}
