"""When something is asked, as lines of selects: question, test, value; several joined by "all" or "any"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import OTHER, Definition, Kind, Question
from kontor.questionnaires.forms.fields import Act, text_in
from kontor.ui.components import Text
from kontor.ui.forms import number_in

MOST_LINES = 12
ORDERED = frozenset({Kind.NUMBER, Kind.SCALE, Kind.DATE})


@dataclass(frozen=True)
class Test:
    """One line: of a question "is", "is_not", "answered", "not_answered" or an order such as ">="."""

    question: str
    test: str = "is"
    value: str = ""

    @property
    def needs_value(self) -> bool:
        """True where there is something to compare with."""
        return self.test not in ("answered", "not_answered")


@dataclass(frozen=True)
class ShownTest:
    """A line for the page. values: what may be chosen, None for a field to type in."""

    number: int
    name: str
    question: str
    test: str
    value: str
    tests: tuple[tuple[str, Text], ...]
    values: tuple[tuple[str, Text], ...] | None
    needs_value: bool
    problem: str = ""


def to_tests(condition: Condition | None) -> tuple[str, tuple[Test, ...]] | None:
    """Return ("all" or "any", lines) for a condition that lines can tell, None for one nested deeper."""
    if condition is None:
        return "all", ()
    if (single := _test(condition)) is not None:
        return "all", (single,)
    if isinstance(condition, All | Some) and condition.parts and len(condition.parts) <= MOST_LINES:
        tests = [_test(part) for part in condition.parts]
        told = tuple(test for test in tests if test is not None)
        if len(told) == len(tests):
            return ("all" if isinstance(condition, All) else "any"), told
    return None


def from_tests(join: str, tests: Sequence[Test]) -> Condition | None:
    """Return the condition that the lines tell, None without any."""
    parts = tuple(_part(test) for test in tests)
    if len(parts) < 2:
        return parts[0] if parts else None
    return Some(parts) if join == "any" else All(parts)


def tests_in(posted: QueryDict) -> tuple[str, list[Test]]:
    """Return what was typed: join and lines, those without a question too."""
    count = min(number_in(posted.get("if-count", "")), MOST_LINES)
    tests = [
        Test(
            text_in(posted, f"if-{index}-question"),
            text_in(posted, f"if-{index}-test") or "is",
            text_in(posted, f"if-{index}-value")[:2000],
        )
        for index in range(count)
    ]
    return ("any" if posted.get("if-join") == "any" else "all"), tests


def tests_after(tests: list[Test], act: Act) -> list[Test]:
    """Return the lines after one was removed; lines without a question go."""
    if act.name == "if-remove":
        tests = [test for index, test in enumerate(tests) if index != act.index]
    return [test for test in tests if test.question]


def shown_tests(
    tests: Sequence[Test], definition: Definition, names: Mapping[Kind, Mapping[str, Text]], language: str
) -> tuple[ShownTest, ...]:
    """Return the lines for the page. names: what country and competence questions offer."""
    return tuple(_shown(number, test, definition, names, language) for number, test in enumerate(tests))


def tests_of(kind: Kind | None) -> tuple[tuple[str, Text], ...]:
    """Return the tests that fit a kind of question, with their words; all of them for an unknown question."""
    words = (
        ("is", _("is")),
        ("is_not", _("is not")),
        (">", _("is greater than")),
        (">=", _("is at least")),
        ("<", _("is smaller than")),
        ("<=", _("is at most")),
        ("answered", _("is answered")),
        ("not_answered", _("is not answered")),
    )
    if kind is None or kind in ORDERED:
        return words
    return tuple((code, word) for code, word in words if code[0] not in "<>")


def values_of(
    question: Question | None, definition: Definition, names: Mapping[Kind, Mapping[str, Text]], language: str
) -> tuple[tuple[str, Text], ...] | None:
    """Return what an answer to the question can be, None where it is typed."""
    if question is None:
        return None
    if question.kind in names:
        return tuple(names[question.kind].items())
    if question.kind == Kind.SCALE and question.range.low is not None and question.range.high is not None:
        steps = range(int(question.range.low), min(int(question.range.high), 100) + 1)
        return tuple((str(step), str(step)) for step in steps)
    if not question.options:
        return None
    told = [
        (option.code, definition.say(option.label, language) or option.code) for option in question.options
    ]
    return (*told, *(((OTHER, pgettext("answer", "Other")),) if question.has_other else ()))


def _shown(
    number: int,
    test: Test,
    definition: Definition,
    names: Mapping[Kind, Mapping[str, Text]],
    language: str,
) -> ShownTest:
    question = definition.question(test.question)
    values = values_of(question, definition, names, language)
    if values is not None and test.value and test.value not in dict(values):
        values = (*values, (test.value, test.value))
    return ShownTest(
        number=number,
        name=f"if-{number}",
        question=test.question,
        test=test.test,
        value=test.value,
        tests=tests_of(question.kind if question else None),
        values=values,
        needs_value=test.needs_value,
    )


def _test(condition: Condition) -> Test | None:
    match condition:
        case Compare():
            return Test(condition.question, condition.operator, condition.value)
        case Answered(question=question):
            return Test(question, "answered")
        case Not(part=Compare(operator="is", question=question, value=value)):
            return Test(question, "is_not", value)
        case Not(part=Answered(question=question)):
            return Test(question, "not_answered")
    return None


def _part(test: Test) -> Condition:
    match test.test:
        case "answered":
            return Answered(test.question)
        case "not_answered":
            return Not(Answered(test.question))
        case "is_not":
            return Not(Compare(test.question, "is", test.value))
        case "<" | "<=" | ">" | ">=":
            return Compare(test.question, test.test, test.value)
    return Compare(test.question, "is", test.value)
