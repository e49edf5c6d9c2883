"""The sheets of an XLSForm → a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kontor.questionnaires.conditions import All, Condition
from kontor.questionnaires.definition import Definition, Kind, Question, Section
from kontor.questionnaires.exchange.carried import Carried, Fault, Findings, Place
from kontor.questionnaires.exchange.choices_in import choice_lists
from kontor.questionnaires.exchange.exact import exact_condition, exact_head, exact_section
from kontor.questionnaires.exchange.expressions import ExpressionError, xpath
from kontor.questionnaires.exchange.matrix_in import matrix_of
from kontor.questionnaires.exchange.meaning import CannotCarryError, Find, Target, condition
from kontor.questionnaires.exchange.names import Names
from kontor.questionnaires.exchange.questions_in import Asked, Form, name_leftovers, question_of
from kontor.questionnaires.exchange.sheets import Line, Sheet
from kontor.questionnaires.exchange.texts_in import Tongues, plain_text, setting, tongues_of
from kontor.questionnaires.exchange.tree import Group, Item, Part, tree_of
from kontor.questionnaires.soundness import problems

_SETTINGS = {
    *("form_title", "form_id", "default_language", "allow_choice_duplicates", "version", "style"),
    *("omit_instanceid", "clean_text_values"),
}


@dataclass
class _Page:
    """A section in the making. line: of its group, None for questions outside of all groups."""

    line: Line | None
    title: Mapping[str, str] = field(default_factory=dict)
    intro: Mapping[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)


def definition_of(
    sheets: Mapping[str, Sheet], findings: Findings, *, unstated: str, untitled: str
) -> Carried:
    """Return the questionnaire. unstated, untitled: language and title of a form that names none.

    Raises QuestionnaireError "exchange.faulty" with every fault.
    """
    _require_survey(sheets, findings)
    tongues = tongues_of(sheets, unstated, findings)
    form = Form(tongues, choice_lists(sheets, tongues, findings), findings)
    reader = _Pages(form)
    reader.read(tree_of(sheets["survey"].lines, findings))
    _name_settings(sheets, findings)
    findings.refuse_faults()
    pages = [page for page in reader.pages if page.asked or (page.line and page.line.get("kontor_part"))]
    definition = Definition(
        title=_title(sheets, tongues, untitled, findings),
        languages=tongues.codes,
        sections=_sections(pages, findings),
        intro=reader.told.get("intro", {}),
        thanks=reader.told.get("thanks", {}),
    )
    if "settings" in sheets and sheets["settings"].lines:
        definition = exact_head(definition, sheets["settings"].lines[0])
    refuse_unsound(definition, findings)
    return Carried(definition, _in_order(findings))


def refuse_unsound(definition: Definition, findings: Findings) -> None:
    """Refuse what could never be asked, such as more questions than Kontor takes."""
    for problem in problems(definition):
        findings.faults.append(Fault(problem.code, Place(code=problem.where), problem.params))
    findings.refuse_faults()


def _in_order(findings: Findings) -> tuple:  # type: ignore[type-arg]
    """Return the notes as the file is read: settings, survey, choices, row by row."""
    sheets = {"": -1, "survey": 0, "choices": 1, "settings": 2}
    return tuple(sorted(findings.notes, key=lambda note: (sheets.get(note.place.sheet, 3), note.place.row)))


def _require_survey(sheets: Mapping[str, Sheet], findings: Findings) -> None:
    survey = sheets.get("survey")
    if survey is None:
        findings.faults.insert(0, Fault("exchange.no_survey_sheet", Place()))
    else:
        keys = {heading.key for heading in survey.headings}
        for key in ("type", "name"):
            if key not in keys:
                findings.fault("exchange.column_missing", Place("survey", 1), heading=key)
        if not survey.lines:
            findings.fault("exchange.survey_empty", Place("survey"))
    findings.refuse_faults()


def _title(
    sheets: Mapping[str, Sheet], tongues: Tongues, untitled: str, findings: Findings
) -> dict[str, str]:
    title = plain_text(setting(sheets, "form_title") or setting(sheets, "form_id"))
    if not title:
        findings.simpler("exchange.no_title", Place("settings"), title=untitled)
    return {tongues.base: title or untitled}


def _name_settings(sheets: Mapping[str, Sheet], findings: Findings) -> None:
    lines = sheets["settings"].lines[:1] if "settings" in sheets else ()
    for line in lines:
        for heading, text in line.cells.items():
            if heading.key not in _SETTINGS and not heading.key.startswith("kontor_"):
                findings.dropped("exchange.cell_not_carried", line.at(heading.shown), found=text)


class _Pages:
    """Walks through groups: those at the top become sections, those within them give up their walls."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.pages: list[_Page] = []
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
                self.pages.append(_Page(None))
                is_loose = True
            self._part(part, ())

    def _page(self, group: Group) -> _Page:
        self._mind_group(group)
        self._mind_name(group.line)
        return _Page(group.line, title=self.form.tongues.texts(group.line, "label"))

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
        if kept not in ("intro", "thanks", "section_intro", "other", "help"):
            return False
        if takes:
            texts = self.form.tongues.texts(part.line, "label")
            if kept == "section_intro":
                self.pages[-1].intro = texts
            else:
                self.told[kept] = texts
        return True


def _sections(pages: Sequence[_Page], findings: Findings) -> tuple[Section, ...]:
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


def _section_code(page: _Page, number: int, names: Names) -> str:
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


def _finder(pages: Sequence[_Page]):  # type: ignore[no-untyped-def]
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
