"""A questionnaire → the rows of an XLSForm, as dicts from heading to text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kontor.questionnaires.definition import OTHER, Definition, Kind, Option, Question, Section, Texts
from kontor.questionnaires.exchange.conditions_out import Written, quoted, relevant
from kontor.questionnaires.exchange.exact import json_cell
from kontor.questionnaires.exchange.languages import heading
from kontor.questionnaires.exchange.questions_in import STEP
from kontor.questionnaires.exchange.texts_in import guarded
from kontor.ui.vocabulary import country_choices

Row = dict[str, str]
BLANK = "–"  # other programs want words everywhere
_OTHER_NAMED = {"de": "Anderes", "en": "Other"}
_RESERVED = ("meta", "data", "instanceid", "instancename", "entity")
_SELECTS = {Kind.SINGLE: "select_one", Kind.MULTIPLE: "select_multiple", Kind.RANKING: "rank"}
_PLAIN = {Kind.DATE: "date", Kind.TEXT: "text", Kind.NOTE: "note", Kind.COMPETENCE: "text"}


@dataclass
class Rows:
    """The three sheets in the making, and where each section and question begins in the first."""

    languages: tuple[str, ...]
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: Row = field(default_factory=dict)
    sections: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)
    written: dict[str, Written] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=lambda: set(_RESERVED))

    def name(self, wanted: str, *, keeps_other: bool = False) -> str:
        """Return a name that other programs take and nobody else has, whatever the capitals."""
        base = re.sub(r"[^A-Za-z0-9_.-]", "_", wanted)[:80] or "_"
        base = base if re.match(r"[A-Za-z_]", base) else f"_{base}"
        found, number = base, 2
        while found.lower() in self.taken or (keeps_other and f"{found}_other".lower() in self.taken):
            found, number = f"{base}_{number}", number + 1
        self.taken |= {found.lower(), f"{found}_other".lower()} if keeps_other else {found.lower()}
        return found

    def texts(self, key: str, texts: Texts) -> Row:
        """Return the cells of a text, one for each language that has it."""
        told = {code: guarded(text) for code, text in texts.items() if text}
        return {f"{key}::{heading(code)}": text if text.strip() else BLANK for code, text in told.items()}

    def add(self, row: Row) -> Row:
        """Add a row to the survey; empty cells are left out."""
        kept = {key: text for key, text in row.items() if text}
        self.survey.append(kept)
        return kept

    def list_of(self, question: str, options: list[tuple[str, Texts, Row]]) -> str:
        """Return the name of the list with these options; questions with the same ones share it."""
        key = json.dumps([(code, dict(label), more) for code, label, more in options], sort_keys=True)
        if key not in self.lists:
            self.lists[key] = self.name(f"{question}_list")
            for code, label, more in options:
                row = {
                    "list_name": self.lists[key],
                    "name": guarded(code),
                    **self.texts("label", label),
                    **more,
                }
                self.choices.append({head: text for head, text in row.items() if text})
        return self.lists[key]


def rows_of(definition: Definition) -> Rows:
    """Return the sheets; conditions are written as expressions on the questions before them."""
    rows = Rows(definition.languages)
    _part(rows, "intro", "welcome", definition.intro)
    for section in definition.sections:
        _section(rows, section)
    _part(rows, "thanks", "thanks", definition.thanks)
    first = definition.languages[0]
    title = guarded(definition.say(definition.title, first))
    rows.settings = {
        "form_title": title,
        "form_id": re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:60] or "questionnaire",
        "default_language": heading(first),
        "style": "pages",
        "kontor_languages": " ".join(definition.languages),
    }
    return rows


def _part(rows: Rows, part: str, name: str, texts: Texts) -> None:
    if any(texts.values()):
        row = {"type": "note", "name": rows.name(name), **rows.texts("label", texts)}
        rows.add({**row, "kontor_part": part})


def _section(rows: Rows, section: Section) -> None:
    name = rows.name(section.code)
    row = {
        "type": "begin_group",
        "name": name,
        **rows.texts("label", section.title),
        "relevant": relevant(section.show_if, rows.written),
        "appearance": "field-list",
        "kontor_part": "section",
        "kontor_code": guarded(section.code) if section.code != name else "",
    }
    rows.sections.append(rows.add(row))
    _part(rows, "section_intro", f"{name}_intro", section.intro)
    for question in section.questions:
        _question(rows, question)
    rows.add({"type": "end_group", "name": name})


def _question(rows: Rows, question: Question) -> None:
    has_or_other = _has_or_other(question)
    name = rows.name(question.code, keeps_other=has_or_other)
    row = {
        "type": _PLAIN.get(question.kind, ""),
        "name": name,
        **rows.texts("label", question.label),
        **rows.texts("hint", question.help),
        "required": "yes" if question.is_required else "",
        "relevant": relevant(question.show_if, rows.written),
        "constraint": _constraint(question),
        "appearance": "multiline" if question.is_long and question.kind == Kind.TEXT else "",
        "kontor_kind": str(question.kind),
        "kontor_code": question.code if question.code != name else "",
        "kontor_meaning": _meaning(question.meaning),
    }
    if question.kind == Kind.MATRIX:
        _matrix(rows, question, row)
        return
    rows.written[question.code] = Written(name, question.kind, other="other" if has_or_other else OTHER)
    row["type"] = row["type"] or _type(rows, question, name, has_or_other=has_or_other)
    if question.kind == Kind.SCALE and row["type"] != "integer":
        row["appearance"] = "likert"
    rows.questions.append(rows.add(row))


def _has_or_other(question: Question) -> bool:
    """Return whether XLSForm's own "or_other" says it; not beside an option that is called "other"."""
    is_select = question.kind in (Kind.SINGLE, Kind.MULTIPLE)
    return question.has_other and is_select and question.option("other") is None and bool(question.options)


def _type(rows: Rows, question: Question, name: str, *, has_or_other: bool) -> str:
    if question.kind == Kind.NUMBER:
        return "integer" if question.range.is_whole else "decimal"
    if question.kind == Kind.COUNTRY:
        listed = rows.list_of("countries", _countries(rows.languages))
        return f"{'select_one' if question.most == 1 else 'select_multiple'} {listed}"
    if question.kind == Kind.SCALE:
        return f"select_one {rows.list_of(name, _steps(question, rows.languages))}"
    has_own_other = question.has_other and not has_or_other
    listed = rows.list_of(name, _options(question.options, rows.languages, has_other=has_own_other))
    return f"{_SELECTS[question.kind]} {listed}{' or_other' if has_or_other else ''}"


def _matrix(rows: Rows, question: Question, row: Row) -> None:
    listed = rows.list_of(
        row["name"], _options(question.options, rows.languages, has_other=question.has_other)
    )
    needed, help_cells = row.pop("required"), rows.texts("label", question.help)
    group = {key: text for key, text in row.items() if not key.startswith("hint::")}
    rows.questions.append(rows.add({**group, "type": "begin_group", "appearance": "table-list"}))
    if help_cells:
        note = {"type": "note", "name": rows.name(f"{row['name']}_help"), **help_cells}
        rows.add({**note, "kontor_part": "help"})
    names = {}
    for line in question.rows:
        name = names[line.code] = rows.name(f"{row['name']}_{line.code}")
        cells = {
            "type": f"select_one {listed}",
            "name": name,
            **rows.texts("label", line.label or {rows.languages[0]: BLANK}),
        }
        cells |= {
            "required": needed,
            "kontor_code": guarded(line.code),
            "kontor_meaning": _meaning(line.meaning),
        }
        rows.add(cells)
    rows.add({"type": "end_group", "name": row["name"]})
    rows.written[question.code] = Written(row["name"], Kind.MATRIX, rows=names)


def _options(
    options: tuple[Option, ...], languages: tuple[str, ...], *, has_other: bool
) -> list[tuple[str, Texts, Row]]:
    listed: list[tuple[str, Texts, Row]] = [
        (
            option.code,
            option.label,
            {
                "kontor_exclusive": "yes" if option.is_exclusive else "",
                "kontor_meaning": _meaning(option.meaning),
            },
        )
        for option in options
    ]
    if has_other:
        label = {code: _OTHER_NAMED["de" if code.startswith("de") else "en"] for code in languages}
        listed.append((OTHER, label, {}))
    return listed


def _steps(question: Question, languages: tuple[str, ...]) -> list[tuple[str, Texts, Row]]:
    limits = question.range
    low, high = int(limits.low or 0), int(limits.high or 0)
    ends: dict[int, Texts] = {low: limits.low_label, high: limits.high_label}
    listed: list[tuple[str, Texts, Row]] = []
    for step in range(low, high + 1):
        words = ends.get(step, {})
        spoken = dict.fromkeys((*languages, *words))
        label = {code: f"{step}{STEP}{words[code]}" if words.get(code) else str(step) for code in spoken}
        listed.append((str(step), label, {}))
    return listed


def _countries(languages: tuple[str, ...]) -> list[tuple[str, Texts, Row]]:
    named = {code: dict(country_choices(code)) for code in languages}
    codes = named[languages[0]]
    return [(code, {each: named[each].get(code, code) for each in languages}, {}) for code in codes]


def _constraint(question: Question) -> str:
    parts = []
    if question.kind == Kind.NUMBER:
        limits = question.range
        parts += [f". >= {_plain(limits.low)}"] if limits.low is not None else []
        parts += [f". <= {_plain(limits.high)}"] if limits.high is not None else []
    has_most = question.kind in (Kind.MULTIPLE, Kind.RANKING) and question.most > 0
    if has_most or (question.kind == Kind.COUNTRY and question.most > 1):
        parts.append(f"count-selected(.) <= {question.most}")
    if question.kind == Kind.MULTIPLE:
        alone = [option.code for option in question.options if option.is_exclusive]
        parts += [f"not(selected(., {quoted(code)}) and count-selected(.) > 1)" for code in alone]
    return " and ".join(parts)


def _plain(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return format(value, "f").rstrip("0") if abs(value) >= 1e-4 else format(value, ".20f").rstrip("0")


def _meaning(meaning: Mapping[str, str]) -> str:
    return json_cell(dict(meaning)) if meaning else ""
