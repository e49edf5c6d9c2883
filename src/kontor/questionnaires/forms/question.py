"""One question as a form: read into a Question, worked on, and shown again with all that was typed."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from kontor.questionnaires.conditions import Condition
from kontor.questionnaires.definition import CHOOSING, Definition, Kind, Question, Range
from kontor.questionnaires.editing import free_code
from kontor.questionnaires.forms import lines
from kontor.questionnaires.forms.condition import from_tests, tests_after, tests_in, to_tests
from kontor.questionnaires.forms.fields import Act, number_typed, text_in, texts_in
from kontor.questionnaires.meanings import COMPANIONS, key_of, meanings_for
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.soundness import QUESTION_CODE
from kontor.ui.errors import explain
from kontor.ui.forms import number_in

MANY = frozenset({Kind.MULTIPLE, Kind.RANKING, Kind.COUNTRY, Kind.COMPETENCE})
WITH_OTHER = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING})
MOST_OF_MOST = 9999


class QuestionForm:
    """What stands in the form of one question.

    before:  the question as stored, or the beginning of a new one.
    typed:   the question that the form tells; equal to `before` where nothing was posted.
    faults:  name of a field → sentence; with any, nothing can be stored.
    act:     what the pressed button asks for.
    """

    def __init__(
        self, definition: Definition, before: Question, section: int, posted: QueryDict | None = None
    ) -> None:
        self.definition, self.before, self.typed, self.section = definition, before, before, section
        self.faults: dict[str, str] = {}
        self.raw: dict[str, str] = {}
        self.act = Act("show")
        self.options, self.rows = lines.lines_of(before.options), lines.lines_of(before.rows)
        self.blanks = {
            "option": lines.BLANKS if before.options else lines.MORE_BLANKS,
            "row": 2 if before.rows else 4,
        }
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
    def renamed_options(self) -> dict[str, str]:
        """Return old → new short names of answers, for the conditions that use them."""
        return lines.renamed(self.options)

    def fitted(self) -> Question:
        """Return the typed question without what its kind does not have."""
        kind, question = self.typed.kind, self.typed
        return replace(
            question,
            options=question.options if kind in CHOOSING else (),
            rows=question.rows if kind == Kind.MATRIX else (),
            has_other=question.has_other and kind in WITH_OTHER,
            most=question.most if kind in MANY else 0,
            range=question.range if kind in (Kind.SCALE, Kind.NUMBER) else Range(),
            is_long=question.is_long and kind == Kind.TEXT,
            is_required=question.is_required and kind != Kind.NOTE,
        )

    def _read(self, posted: QueryDict) -> None:
        self.act = Act.of(posted)
        self.section = number_in(posted.get("section", "")) or self.section
        kind = posted.get("kind", "")
        languages = self.definition.languages
        self._read_lines(posted)
        self.typed = replace(
            self.before,
            kind=Kind(kind) if kind in set(Kind) else self.before.kind,
            label=texts_in(posted, "label", languages, self.before.label),
            help=texts_in(posted, "help", languages, self.before.help),
            is_required="required" in posted,
            show_if=self._condition(posted),
            options=lines.as_options(self.options),
            rows=lines.as_rows(self.rows),
            has_other=self._tick(posted, "other", was=self.before.has_other),
            most=self._most(posted),
            range=self._range(posted),
            is_long=self._tick(posted, "long", was=self.before.is_long),
            meaning=self._meaning(posted),
        )
        self.typed = replace(self.typed, code=self._code(posted))

    def _read_lines(self, posted: QueryDict) -> None:
        languages = self.definition.languages
        for stem, before in (("option", self.before.options), ("row", self.before.rows)):
            if f"{stem}-count" not in posted:
                continue
            found = lines.lines_in(posted, stem, languages, before)
            found = lines.worked_on(found, stem, self.act)
            found = lines.coded([*found, *lines.pasted(text_in(posted, f"{stem}-paste"), languages)], stem)
            self.blanks[stem] = lines.MORE_BLANKS if self.act.name == f"{stem}-more" else lines.BLANKS
            if stem == "option":
                self.options = found
            else:
                self.rows = found

    def _code(self, posted: QueryDict) -> str:
        code = text_in(posted, "code")[:100]
        taken = {each.code for each in self.definition.questions()} - {self.before.code}
        if not code:
            text = next(filter(None, self.typed.label.values()), "")
            return self.before.code or free_code(text, taken)
        if code != self.before.code:
            if not QUESTION_CODE.fullmatch(code):
                self._refuse("code", QuestionnaireError("questionnaire.code_malformed"))
            elif code in taken:
                self._refuse("code", QuestionnaireError("questionnaire.code_twice"))
        return code

    def _condition(self, posted: QueryDict) -> Condition | None:
        if self.is_nested:
            if "if-clear" not in posted:
                return self.before.show_if
            self.is_nested = False
        if "if-count" not in posted:
            return self.before.show_if
        self.join, tests = tests_in(posted)
        self.tests = tests_after(tests, self.act)
        self.extra_tests = 1 if self.act.name == "if-more" else 0
        for index, test in enumerate(self.tests):
            if test.needs_value and not test.value:
                self._refuse(f"if-{index}-value", QuestionnaireError("questionnaire.condition_without_value"))
        return from_tests(self.join, self.tests)

    def _most(self, posted: QueryDict) -> int:
        if "most" not in posted:
            return self.before.most
        value = self._number(posted, "most") or 0
        if value != int(value) or not 0 <= value <= MOST_OF_MOST:
            self.raw["most"] = text_in(posted, "most")
            self._refuse("most", QuestionnaireError("answer.not_whole", found=self.raw["most"]))
            return self.before.most
        return int(value)

    def _range(self, posted: QueryDict) -> Range:
        before, languages = self.before.range, self.definition.languages
        if "low" not in posted:
            return before
        return Range(
            low=self._number(posted, "low"),
            high=self._number(posted, "high"),
            low_label=texts_in(posted, "low_label", languages, before.low_label),
            high_label=texts_in(posted, "high_label", languages, before.high_label),
            is_whole=self._tick(posted, "whole", was=before.is_whole),
        )

    def _number(self, posted: QueryDict, name: str) -> float | None:
        try:
            return number_typed(posted, name)
        except QuestionnaireError as fault:
            self.raw[name] = text_in(posted, name)
            self._refuse(name, fault)
            return None

    def _meaning(self, posted: QueryDict) -> dict[str, str]:
        before = dict(self.before.meaning)
        key = posted.get("meaning")
        known = {meaning.key for meaning in meanings_for(self.before.kind)} | {""}
        if key is None or (key == key_of(before) and key not in known):
            return before
        word, _, what = key.partition(":")
        kept = {
            name: value
            for name, value in before.items()
            if name not in ("need", "expectation", "of", "topic")
        }
        meaning = kept | ({word: what} if what else {})
        if key in COMPANIONS and (of := text_in(posted, "meaning-of")):
            meaning["of"] = of
        if key == "need:statement" and (topic := text_in(posted, "meaning-topic")[:80]):
            meaning["topic"] = topic
        return meaning

    @staticmethod
    def _tick(posted: QueryDict, name: str, *, was: bool) -> bool:
        """Return whether a box is ticked; a form that does not show it (no NAME-shown) leaves it."""
        return name in posted if f"{name}-shown" in posted else was

    def _refuse(self, name: str, fault: QuestionnaireError) -> None:
        self.faults.setdefault(name, explain(fault))
