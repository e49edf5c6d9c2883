"""What differs between two states of a questionnaire, told question by question."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.questionnaires.definition import Definition, Question, Section
from kontor.questionnaires.kinds import kind_label
from kontor.questionnaires.meanings import label_of
from kontor.questionnaires.wording import in_words
from kontor.ui.components import Text
from kontor.ui.forms import Difference


class What(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One question or section that differs. details: what of it, empty where it came or went."""

    what: What
    code: str
    label: str
    details: tuple[Text, ...] = ()


def changes(old: Definition, new: Definition, language: str) -> tuple[Change, ...]:
    """Return what differs: the whole first, then sections and questions in the new order, what went last.

    Questions are the same where their short names are; a new short name reads as one gone and one come.
    """
    earlier = {question.code: question for question in old.questions()}
    later = {question.code: question for question in new.questions()}
    found = [*_of_the_whole(old, new, language), *_of_sections(old, new, language)]
    moved = _moved([*earlier], [*later])
    for code, question in later.items():
        label = new.say(question.label, language)
        if code not in earlier:
            found.append(Change(What.ADDED, code, label))
        elif details := _details(earlier[code], question, has_moved=code in moved):
            found.append(Change(What.CHANGED, code, label, details))
    gone = [question for code, question in earlier.items() if code not in later]
    found.extend(Change(What.REMOVED, each.code, old.say(each.label, language)) for each in gone)
    return tuple(found)


def question_differences(
    stored: Question, typed: Question, definition: Definition, language: str
) -> tuple[Difference, ...]:
    """Return the parts in which two states of a question differ, each told in a line."""
    told, telling = _told(stored, definition, language), _told(typed, definition, language)
    return tuple(
        Difference(label, told[label] or "–", telling[label] or "–")
        for label in told
        if told[label] != telling[label]
    )


def _told(question: Question, definition: Definition, language: str) -> dict[Text, str]:
    limits = question.range
    numbers = (limits.low, limits.high, question.most or None)
    return {
        _("Kind of answer"): str(kind_label(question.kind)),
        _("Question"): " / ".join(question.label.values()),
        _("Help text"): " / ".join(question.help.values()),
        _("Required"): str(_("yes")) if question.is_required else str(_("no")),
        _("When it is asked"): in_words(question.show_if, definition, language),
        _("Answers to choose from"): " · ".join(
            [
                *(" / ".join(option.label.values()) for option in question.options),
                *(["…"] if question.has_other else []),
            ]
        ),
        _("Rows"): " · ".join(" / ".join(row.label.values()) for row in question.rows),
        _("Limits"): " – ".join(f"{number:.15g}" for number in numbers if number is not None),
        _("What the answer means"): str(label_of(question.meaning)),
        _("Short name"): question.code,
    }


def _of_the_whole(old: Definition, new: Definition, language: str) -> list[Change]:
    details: list[Text] = []
    if dict(old.title) != dict(new.title):
        details.append(_("title"))
    if dict(old.intro) != dict(new.intro):
        details.append(_("introduction"))
    if dict(old.thanks) != dict(new.thanks):
        details.append(_("words of thanks"))
    if old.languages != new.languages:
        details.append(_("languages"))
    return [Change(What.CHANGED, "", new.say(new.title, language), tuple(details))] if details else []


def _of_sections(old: Definition, new: Definition, language: str) -> list[Change]:
    earlier = {section.code: section for section in old.sections}
    later = {section.code: section for section in new.sections}
    found = []
    for code, section in later.items():
        label = new.say(section.title, language)
        if code not in earlier:
            found.append(Change(What.ADDED, code, label))
        elif details := _section_details(earlier[code], section):
            found.append(Change(What.CHANGED, code, label, details))
    gone = [section for code, section in earlier.items() if code not in later]
    found.extend(Change(What.REMOVED, each.code, old.say(each.title, language)) for each in gone)
    return found


def _section_details(old: Section, new: Section) -> tuple[Text, ...]:
    differs = (
        (dict(old.title) != dict(new.title) or dict(old.intro) != dict(new.intro), _("text")),
        (old.show_if != new.show_if, _("when it is asked")),
    )
    return tuple(word for is_so, word in differs if is_so)


def _details(old: Question, new: Question, *, has_moved: bool) -> tuple[Text, ...]:
    differs = (
        (old.kind != new.kind, _("kind of answer")),
        (dict(old.label) != dict(new.label), _("text")),
        (dict(old.help) != dict(new.help), _("help")),
        (old.is_required != new.is_required, _("required or not")),
        (old.show_if != new.show_if, _("when it is asked")),
        ((old.options, old.has_other) != (new.options, new.has_other), _("answers to choose from")),
        (old.rows != new.rows, _("rows")),
        ((old.range, old.most, old.is_long) != (new.range, new.most, new.is_long), _("limits")),
        (dict(old.meaning) != dict(new.meaning), _("what the answer means")),
        (has_moved, pgettext_lazy("question", "place")),
    )
    return tuple(word for is_so, word in differs if is_so)


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Return the codes whose neighbours in front changed among those that both have; few, not all."""
    common = set(old) & set(new)
    before = [code for code in old if code in common]
    after = [code for code in new if code in common]
    kept = _longest_common(before, after)
    return set(after) - kept


def _longest_common(before: list[str], after: list[str]) -> set[str]:
    """Return the largest set of codes that stands in the same order in both. Cost: O(n log n)."""
    place = {code: index for index, code in enumerate(before)}
    tails: list[int] = []
    ends: list[str] = []
    came_from: dict[str, str | None] = {}
    for code in after:
        at = bisect_left(tails, place[code])
        came_from[code] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(place[code])
            ends.append(code)
        else:
            tails[at], ends[at] = place[code], code
    kept: set[str] = set()
    code_now: str | None = ends[-1] if ends else None
    while code_now is not None:
        kept.add(code_now)
        code_now = came_from[code_now]
    return kept
