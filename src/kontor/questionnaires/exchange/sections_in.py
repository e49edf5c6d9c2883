"""Pages of questions → sections, each part with its condition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kontor.questionnaires.conditions import All, Condition
from kontor.questionnaires.definition import Section
from kontor.questionnaires.exchange.carried import Findings
from kontor.questionnaires.exchange.exact import exact_condition, exact_section
from kontor.questionnaires.exchange.expressions import ExpressionError, xpath
from kontor.questionnaires.exchange.meaning import CannotCarryError, Find, Target, condition
from kontor.questionnaires.exchange.names import Names
from kontor.questionnaires.exchange.pages_in import Page
from kontor.questionnaires.exchange.questions_in import Asked
from kontor.questionnaires.exchange.sheets import Line
from kontor.questionnaires.exchange.texts_in import plain_text


def sections_of(pages: Sequence[Page], findings: Findings) -> tuple[Section, ...]:
    """Return the sections; conditions that cannot be carried are named and left out."""
    find = _finder(pages)
    names, sections, order = Names(), [], 0
    for number, page in enumerate(pages, 1):
        code = _section_code(page, number, names)
        section = Section(code, page.title, (), page.intro)
        if page.line:
            section = replace(section, show_if=_shown(page.line, find(order), findings))
            section = exact_section(section, page.line)
        questions = []
        for asked in page.asked:
            questions.append(replace(asked.question, show_if=_combined(asked, find(order), findings)))
            order += 1
        sections.append(replace(section, questions=tuple(questions)))
    return tuple(sections)


def _section_code(page: Page, number: int, names: Names) -> str:
    if page.line:
        told = plain_text(page.line.get("kontor_code"))
        return told or names.take(page.line.get("name") or f"section_{number}")
    return names.take(f"section_{number}")


def _combined(asked: Asked, find: Find, findings: Findings) -> Condition | None:
    is_kept, kept = exact_condition(asked.line)
    if is_kept:
        return kept
    quiet = Findings()  # a group's condition is named once, at its own row
    found = [_shown(line, find, quiet) for line in asked.above]
    found.append(_shown(asked.line, find, findings))
    parts = tuple(part for part in found if part is not None)
    for line in asked.above:
        _name_once(line, find, findings)
    return parts[0] if len(parts) == 1 else All(parts) if parts else None


def _name_once(line: Line, find: Find, findings: Findings) -> None:
    place = line.at("relevant")
    if not any(note.place == place for note in findings.notes):
        _shown(line, find, findings)


def _shown(line: Line, find: Find, findings: Findings) -> Condition | None:
    """Return the condition of a row; one that cannot be carried is named, and the row then always shown."""
    is_kept, kept = exact_condition(line)
    if is_kept:
        return kept
    text = line.get("relevant")
    if not text or text.lower() in ("true", "true()", "yes"):
        return None
    try:
        return condition(xpath(plain_text(text)), find)
    except ExpressionError:
        findings.dropped("exchange.condition_unreadable", line.at("relevant"), found=text)
    except CannotCarryError as problem:
        findings.dropped(problem.code, line.at("relevant"), **{"found": text, **problem.params})
    return None


def _finder(pages: Sequence[Page]) -> Callable[[int], Find]:
    """Return place → (name → Target among the questions before that place)."""
    targets: dict[str, Target] = {}
    for order, asked in enumerate(asked for page in pages for asked in page.asked):
        question = asked.question
        if not question.takes_answer:
            continue
        targets.setdefault(asked.name, Target(question.code, question.kind, order, values=asked.values))
        for name, row in asked.rows.items():
            targets.setdefault(name, Target(question.code, question.kind, order, row=row))

    def before(place: int) -> Find:
        def find(name: str) -> Target:
            target = targets.get(name)
            if target is None:
                raise CannotCarryError("exchange.condition_unknown", question=name)
            if target.order >= place:
                raise CannotCarryError("exchange.condition_looks_ahead", question=name)
            return target

        return find

    return before
