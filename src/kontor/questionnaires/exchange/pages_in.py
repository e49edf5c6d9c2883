"""Groups within groups → pages of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kontor.questionnaires.definition import Kind, Question
from kontor.questionnaires.exchange.carried import Findings
from kontor.questionnaires.exchange.matrix_in import matrix_of
from kontor.questionnaires.exchange.questions_in import Asked, Form, name_leftovers, question_of
from kontor.questionnaires.exchange.sheets import Line
from kontor.questionnaires.exchange.tree import Group, Item, Part

_KEPT_ELSEWHERE = ("intro", "thanks", "section_intro", "other", "help")


@dataclass
class Page:
    """A section in the making. line: of its group, None for questions outside of all groups."""

    line: Line | None
    title: Mapping[str, str] = field(default_factory=dict)
    intro: Mapping[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)


class Pages:
    """Walks through groups: those at the top become sections, those within them give up their walls."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.pages: list[Page] = []
        self.told: dict[str, Mapping[str, str]] = {}
        self.names_in_groups: list[set[str]] = [set()]

    def read(self, parts: Sequence[Part]) -> None:
        """Read the top level; questions outside of groups share a section with their neighbours."""
        is_loose = False
        for part in parts:
            if isinstance(part, Group) and not self._matrix(part, is_peek=True):
                self.pages.append(self._page(part))
                self._within(part, ())
                is_loose = False
                continue
            if not is_loose and not self._is_told(part):
                self.pages.append(Page(None))
                is_loose = True
            self._part(part, ())

    def _page(self, group: Group) -> Page:
        self._mind_group(group)
        self._mind_name(group.line)
        return Page(group.line, title=self.form.tongues.texts(group.line, "label"))

    def _within(self, group: Group, above: tuple[Line, ...]) -> None:
        self.names_in_groups.append(set())
        for part in group.parts:
            self._part(part, above)
        self.names_in_groups.pop()

    def _part(self, part: Part, above: tuple[Line, ...]) -> None:
        if isinstance(part, Item):
            if not self._is_told(part, takes=True):
                self._mind_name(part.line)
                self._ask(question_of(part, self.form), above)
            return
        self._mind_name(part.line)
        if matrix := self._matrix(part):
            self._ask(matrix, above)
            return
        self._mind_group(part)
        self._head(part, above)
        self._within(part, (*above, part.line))

    def _matrix(self, group: Part, *, is_peek: bool = False) -> Asked | None:
        if not isinstance(group, Group) or group.is_repeat:
            return None
        if is_peek:
            form = self.form
            return matrix_of(group, Form(replace(form.tongues, findings=Findings()), form.lists, Findings()))
        return matrix_of(group, self.form)

    def _ask(self, asked: Asked | None, above: tuple[Line, ...]) -> None:
        if asked:
            self.pages[-1].asked.append(replace(asked, above=above))

    def _head(self, group: Group, above: tuple[Line, ...]) -> None:
        """Keep the words above an inner group as a note."""
        label = self.form.tongues.texts(group.line, "label")
        if label:
            code = self.form.names.take(group.line.get("name") or f"group_{group.line.number}")
            note = Question(code, Kind.NOTE, label)
            # The note stands inside of its group: it is shown when the group is.
            self._ask(Asked(note, Line(group.line.sheet, group.line.number, {}), ""), (*above, group.line))
            self.form.findings.simpler("exchange.group_as_note", group.line.at("label"))

    def _mind_group(self, group: Group) -> None:
        if group.is_repeat:
            self.form.findings.simpler(
                "exchange.repeat_once", group.line.at("type"), name=group.line.get("name")
            )
        if group.line.texts("hint"):
            self.form.findings.dropped("exchange.cell_not_carried", group.line.at("hint"), found="…")
        name_leftovers(group.line, self.form.findings)

    def _mind_name(self, line: Line) -> None:
        name = line.get("name")
        if name and name in self.names_in_groups[-1]:
            self.form.findings.fault("exchange.name_twice", line.at("name"), name=name)
        self.names_in_groups[-1].add(name)

    def _is_told(self, part: Part, *, takes: bool = False) -> bool:
        """Return whether a row is a text that Kontor keeps elsewhere; with `takes`, keep it there."""
        kept = part.line.get("kontor_part") if isinstance(part, Item) else ""
        if kept not in _KEPT_ELSEWHERE:
            return False
        if takes:
            texts = self.form.tongues.texts(part.line, "label")
            if kept == "section_intro":
                self.pages[-1].intro = texts
            else:
                self.told[kept] = texts
        return True
