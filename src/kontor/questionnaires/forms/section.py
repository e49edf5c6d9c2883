"""A section as a form: its texts and when it is asked."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from kontor.questionnaires.definition import Definition, Section
from kontor.questionnaires.forms.condition import Test, from_tests, tests_after, tests_in, to_tests
from kontor.questionnaires.forms.fields import Act, texts_in
from kontor.questionnaires.problems import QuestionnaireError
from kontor.ui.errors import explain


class SectionForm:
    """What stands in the form of a section; as with questions, `typed` holds what it tells."""

    def __init__(self, definition: Definition, before: Section, posted: QueryDict | None = None) -> None:
        self.definition, self.before, self.typed = definition, before, before
        self.faults: dict[str, str] = {}
        self.act = Act("show")
        told = to_tests(before.show_if)
        self.is_nested = told is None
        self.join, self.tests = (told[0], list(told[1])) if told else ("all", [])
        self.extra_tests = 0
        if posted is not None:
            self._read(posted)

    @property
    def may_store(self) -> bool:
        """True where the form is to be stored and can be."""
        return self.act.name == "save" and not self.faults

    @property
    def lines(self) -> list[Test]:
        """Return the lines of the condition with the empty ones asked for."""
        return [*self.tests, *[Test("")] * self.extra_tests]

    def _read(self, posted: QueryDict) -> None:
        self.act = Act.of(posted)
        languages = self.definition.languages
        self.typed = replace(
            self.before,
            title=texts_in(posted, "title", languages, self.before.title),
            intro=texts_in(posted, "intro", languages, self.before.intro),
        )
        if self.is_nested and "if-clear" not in posted:
            return
        self.is_nested = False
        if "if-count" in posted:
            self.join, tests = tests_in(posted)
            self.tests = tests_after(tests, self.act)
            self.extra_tests = 1 if self.act.name == "if-more" else 0
        for index, test in enumerate(self.tests):
            if test.needs_value and not test.value:
                fault = QuestionnaireError("questionnaire.condition_without_value")
                self.faults[f"if-{index}-value"] = explain(fault)
        self.typed = replace(self.typed, show_if=from_tests(self.join, self.tests))
