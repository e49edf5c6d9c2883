"""The sheets of an XLSForm → a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping

from kontor.questionnaires.definition import Definition
from kontor.questionnaires.exchange.carried import Carried, Fault, Findings, Note, Place
from kontor.questionnaires.exchange.choices_in import choice_lists
from kontor.questionnaires.exchange.exact import exact_head
from kontor.questionnaires.exchange.pages_in import Pages
from kontor.questionnaires.exchange.questions_in import Form
from kontor.questionnaires.exchange.sections_in import sections_of
from kontor.questionnaires.exchange.sheets import Sheet
from kontor.questionnaires.exchange.texts_in import Tongues, plain_text, setting, tongues_of
from kontor.questionnaires.exchange.tree import tree_of
from kontor.questionnaires.soundness import MOST_QUESTIONS, problems

_SETTINGS = {
    *("form_title", "form_id", "default_language", "allow_choice_duplicates", "version", "style"),
    *("omit_instanceid", "clean_text_values"),
}


def definition_of(
    sheets: Mapping[str, Sheet], findings: Findings, *, unstated: str, untitled: str
) -> Carried:
    """Return the questionnaire. unstated, untitled: language and title of a form that names none.

    Raises QuestionnaireError "exchange.faulty" with every fault.
    """
    _require_survey(sheets, findings)
    tongues = tongues_of(sheets, unstated, findings)
    form = Form(tongues, choice_lists(sheets, tongues, findings), findings)
    reader = Pages(form)
    reader.read(tree_of(sheets["survey"].lines, findings))
    _name_settings(sheets, findings)
    refuse_too_many(sum(len(page.asked) for page in reader.pages), findings)
    pages = [page for page in reader.pages if page.asked or (page.line and page.line.get("kontor_part"))]
    definition = Definition(
        title=_title(sheets, tongues, untitled, findings),
        languages=tongues.codes,
        sections=sections_of(pages, findings),
        intro=reader.told.get("intro", {}),
        thanks=reader.told.get("thanks", {}),
    )
    if "settings" in sheets and sheets["settings"].lines:
        definition = exact_head(definition, sheets["settings"].lines[0])
    refuse_unsound(definition, findings)
    return Carried(definition, _in_order(findings))


def refuse_too_many(questions: int, findings: Findings) -> None:
    """Refuse more questions than Kontor takes, before their conditions are worked out."""
    if questions > MOST_QUESTIONS:
        findings.fault("questionnaire.too_many_questions", Place(), most=MOST_QUESTIONS)
    findings.refuse_faults()


def refuse_unsound(definition: Definition, findings: Findings) -> None:
    """Refuse what could never be asked, such as more questions than Kontor takes."""
    for problem in problems(definition):
        findings.faults.append(Fault(problem.code, Place(code=problem.where), problem.params))
    findings.refuse_faults()


def _in_order(findings: Findings) -> tuple[Note, ...]:
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
