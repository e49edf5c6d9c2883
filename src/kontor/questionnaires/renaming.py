"""Short names that change: conditions and meanings that use the old one follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import Definition, Question, Section


def with_renamed_code(definition: Definition, old: str, new: str) -> Definition:
    """Return the definition in which whatever asks for the question `old` asks for `new`."""
    if old == new:
        return definition
    sections = tuple(_section(section, old, new, {}) for section in definition.sections)
    return replace(definition, sections=sections)


def with_renamed_options(definition: Definition, question: str, names: Mapping[str, str]) -> Definition:
    """Return the definition in which conditions on `question` use the new short names of its answers."""
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return definition
    sections = tuple(_section(section, question, question, changed) for section in definition.sections)
    return replace(definition, sections=sections)


def _section(section: Section, old: str, new: str, values: Mapping[str, str]) -> Section:
    questions = tuple(_question(question, old, new, values) for question in section.questions)
    return replace(section, show_if=_renamed(section.show_if, old, new, values), questions=questions)


def _question(question: Question, old: str, new: str, values: Mapping[str, str]) -> Question:
    meaning = dict(question.meaning)
    if meaning.get("of") == old:
        meaning["of"] = new
    return replace(question, show_if=_renamed(question.show_if, old, new, values), meaning=meaning)


def _renamed(condition: Condition | None, old: str, new: str, values: Mapping[str, str]) -> Condition | None:
    return None if condition is None else _followed(condition, old, new, values)


def _followed(condition: Condition, old: str, new: str, values: Mapping[str, str]) -> Condition:
    match condition:
        case Compare(question=asked, value=value) if asked == old:
            return replace(condition, question=new, value=values.get(value, value))
        case Answered(question=asked) if asked == old:
            return Answered(new)
        case Not(part=part):
            return Not(_followed(part, old, new, values))
        case All(parts=parts):
            return All(tuple(_followed(part, old, new, values) for part in parts))
        case Some(parts=parts):
            return Some(tuple(_followed(part, old, new, values) for part in parts))
    return condition
