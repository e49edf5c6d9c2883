"""When a question is asked: small conditions on the answers given before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kontor.questionnaires.problems import QuestionnaireError

Answers: TypeAlias = Mapping[str, Any]
MOST_NESTED = 12
OPERATORS = ("is", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Compare:
    """True where the answer to `question` is, or holds, `value`, or compares with it as a number or date.

    operator: one of OPERATORS. Without an answer every test is False: silence is never a yes.
    """

    question: str
    operator: str
    value: str

    def holds(self, answers: Answers) -> bool:
        """Return whether the answers pass."""
        given = answers.get(self.question)
        if given is None:
            return False
        if self.operator == "is":
            held = given if isinstance(given, list | dict) else [given]
            return self.value in map(str, held)
        return _compared(str(given), self.operator, self.value)


@dataclass(frozen=True)
class Answered:
    """True where `question` has an answer."""

    question: str

    def holds(self, answers: Answers) -> bool:
        """Return whether there is one."""
        return self.question in answers


@dataclass(frozen=True)
class All:
    """True where all parts are; with no parts always."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Return whether all hold."""
        return all(part.holds(answers) for part in self.parts)


@dataclass(frozen=True)
class Some:
    """True where at least one part is; with no parts never."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Return whether one holds."""
        return any(part.holds(answers) for part in self.parts)


@dataclass(frozen=True)
class Not:
    """True where the part is not: also where the question in it was not answered."""

    part: Condition

    def holds(self, answers: Answers) -> bool:
        """Return whether the part fails."""
        return not self.part.holds(answers)


Condition: TypeAlias = Compare | Answered | All | Some | Not


def questions_in(condition: Condition | None) -> Iterator[str]:
    """Yield the codes of the questions that a condition looks at."""
    if isinstance(condition, Compare | Answered):
        yield condition.question
    elif isinstance(condition, Not):
        yield from questions_in(condition.part)
    elif condition is not None:
        for part in condition.parts:
            yield from questions_in(part)


def to_plain(condition: Condition | None) -> list[Any] | None:
    """Return the condition as nested lists, for JSON and for the browser.

    >>> to_plain(All((Compare("size", "is", "sme"), Not(Answered("why")))))
    ['all', ['is', 'size', 'sme'], ['not', ['answered', 'why']]]
    """
    match condition:
        case None:
            return None
        case Compare():
            return [condition.operator, condition.question, condition.value]
        case Answered():
            return ["answered", condition.question]
        case Not():
            return ["not", to_plain(condition.part)]
        case _:
            word = "all" if isinstance(condition, All) else "any"
            return [word, *(to_plain(part) for part in condition.parts)]


def from_plain(plain: Any, depth: int = 0) -> Condition | None:
    """Return the condition that nested lists tell, None for None.

    Raises QuestionnaireError "questionnaire.condition_unreadable".
    """
    if plain is None:
        return None
    match plain:
        case _ if depth > MOST_NESTED:
            pass
        case ["answered", str() as question]:
            return Answered(question)
        case [str() as operator, str() as question, str() as value] if operator in OPERATORS:
            return Compare(question, operator, value)
        case ["not", part] if part is not None:
            return Not(_read(part, depth))
        case ["all", *parts]:
            return All(tuple(_read(part, depth) for part in parts))
        case ["any", *parts]:
            return Some(tuple(_read(part, depth) for part in parts))
    raise QuestionnaireError("questionnaire.condition_unreadable", found=str(plain)[:80])


def _read(plain: Any, depth: int) -> Condition:
    part = from_plain(plain, depth + 1)
    if part is None:
        raise QuestionnaireError("questionnaire.condition_unreadable", found="")
    return part


def _compared(given: str, operator: str, value: str) -> bool:
    """Compare as numbers, else as text; ISO dates compare rightly as text."""
    left: Any
    right: Any
    try:
        left, right = float(given), float(value)
    except ValueError:
        left, right = given, value
    return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])
