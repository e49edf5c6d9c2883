"""The sheet "choices" → lists of options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kontor.questionnaires.definition import OTHER, Option
from kontor.questionnaires.exchange.carried import Findings, Place
from kontor.questionnaires.exchange.names import option_code
from kontor.questionnaires.exchange.sheets import TRANSLATED, Line, Sheet
from kontor.questionnaires.exchange.texts_in import Tongues, meaning_in, plain_text, setting
from kontor.questionnaires.soundness import MOST_OPTIONS

_KNOWN = {"list_name", "name", "label", "kontor_meaning", "kontor_exclusive"}
_YES = {"yes", "true", "true()", "1", "ja"}


@dataclass
class ChoiceList:
    """A list. has_other: it offers "_other" itself. values: names in the file → codes, where they differ."""

    options: list[Option] = field(default_factory=list)
    has_other: bool = False
    values: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def is_yes(text: str) -> bool:
    """Return whether a cell says yes, as XLSForm writes it."""
    return text.strip().lower() in _YES


def choice_lists(sheets: Mapping[str, Sheet], tongues: Tongues, findings: Findings) -> dict[str, ChoiceList]:
    """Return the lists by name."""
    lists: dict[str, ChoiceList] = {}
    sheet = sheets.get("choices", Sheet("choices"))
    may_repeat = is_yes(setting(sheets, "allow_choice_duplicates")) or _has_filters(sheets)
    for line in sheet.lines:
        if not line.get("list_name"):
            if line.get("name"):
                findings.dropped("exchange.choice_without_list", line.at("list_name"), name=line.get("name"))
            continue
        found = lists.setdefault(line.get("list_name"), ChoiceList())
        _take(line, found, tongues, findings, may_repeat=may_repeat)
    _name_other_columns(sheet, findings)
    return lists


def _has_filters(sheets: Mapping[str, Sheet]) -> bool:
    return any(line.get("choice_filter") for line in sheets["survey"].lines)


def _take(line: Line, found: ChoiceList, tongues: Tongues, findings: Findings, *, may_repeat: bool) -> None:
    if len(found.options) > MOST_OPTIONS:
        return  # the list is too long already; whoever asks for it is told so
    name = plain_text(line.get("name"))
    label = tongues.texts(line, "label")
    if not name:
        findings.fault("exchange.choice_no_name", line.at("name"), list=line.get("list_name"))
        return
    if name == OTHER:
        found.has_other = True
        return
    if name in found.names and not may_repeat:
        findings.fault("exchange.choice_twice", line.at("name"), name=name, list=line.get("list_name"))
        return
    code = option_code(name, found.taken)
    if code != name:
        findings.simpler("exchange.choice_renamed", line.at("name"), name=name, code=code)
        found.values.setdefault(name, code)
    if not label:
        findings.simpler("exchange.choice_no_label", line.at("label"), name=name)
        label = {tongues.base: name}
    found.names.add(name)
    for heading, text in line.cells.items():
        if heading.key in TRANSLATED and heading.key != "label":
            findings.dropped("exchange.cell_not_carried", line.at(heading.shown), found=text)
    is_alone = is_yes(line.get("kontor_exclusive"))
    found.options.append(Option(code, label, is_alone, meaning_in(line.get("kontor_meaning"))))


def _name_other_columns(sheet: Sheet, findings: Findings) -> None:
    """Name columns that only filters of choices use, each once."""
    for heading in sheet.headings:
        if heading.key not in _KNOWN and heading.key not in TRANSLATED:
            findings.dropped("exchange.column_not_carried", Place("choices", 1, heading.shown))
