"""A LimeSurvey export (.lss) → a questionnaire."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kontor.questionnaires.conditions import All, Condition
from kontor.questionnaires.definition import Definition, Section
from kontor.questionnaires.exchange.carried import Carried, Findings, Place
from kontor.questionnaires.exchange.expressions import ExpressionError, limesurvey
from kontor.questionnaires.exchange.lss_questions import Made, Maker
from kontor.questionnaires.exchange.lss_survey import Group, Survey
from kontor.questionnaires.exchange.lss_tables import tables_of
from kontor.questionnaires.exchange.meaning import CannotCarryError, Find, Target, condition
from kontor.questionnaires.exchange.names import Names
from kontor.questionnaires.exchange.xlsform import refuse_too_many, refuse_unsound

# Attributes that change what people are asked, and that Kontor has no words for.
_NAMED = {
    *("array_filter", "array_filter_exclude", "em_validation_q", "em_validation_sq", "equals_num_value"),
    *("min_answers", "date_min", "date_max", "maximum_chars", "prefix", "suffix", "random_group"),
    *("other_replace_text", "time_limit", "exclude_all_others_auto", "max_subquestions"),
    *("min_num_value", "max_num_value", "subquestion_width", "other_comment_mandatory", "random_order"),
}
_NOTHING = {"", "0", "N", "random_group"}
_SUFFIXES = {"NAOK", "code", "value", "valueNAOK"}


def read_lss(data: bytes, untitled: str = "") -> Carried:
    """Return the questionnaire. Raises QuestionnaireError "exchange.faulty" with every fault."""
    findings = Findings()
    survey = Survey(tables_of(data), findings)
    maker = Maker(survey.languages, findings, Names())
    pages = [(group, _made(group, maker)) for group in survey.groups()]
    refuse_too_many(sum(len(made) for _group, made in pages), findings)
    title = survey.settings_text("surveyls_title")
    if not title:
        findings.simpler("exchange.no_title", Place(), title=untitled)
    definition = Definition(
        title=title or {survey.languages[0]: untitled},
        languages=survey.languages,
        sections=_sections(pages, survey, findings),
        intro=_both(
            survey.settings_text("surveyls_description"), survey.settings_text("surveyls_welcometext")
        ),
        thanks=survey.settings_text("surveyls_endtext"),
    )
    _name_the_rest(survey, findings)
    refuse_unsound(definition, findings)
    return Carried(definition, tuple(findings.notes))


def _both(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    codes = dict.fromkeys((*first, *second))
    return {code: "\n\n".join(text for text in (first.get(code), second.get(code)) if text) for code in codes}


def _made(group: Group, maker: Maker) -> list[Made]:
    made = []
    for asked in group.questions:
        made += maker.make(asked)
        for key, value in asked.attributes.items():
            if key in _NAMED and value not in _NOTHING:
                maker.findings.dropped("exchange.attribute_not_carried", asked.at(), name=key, found=value)
        if asked.row.get("preg"):
            maker.findings.dropped("exchange.constraint_not_carried", asked.at(), found=asked.row["preg"])
    return made


def _sections(
    pages: Sequence[tuple[Group, list[Made]]], survey: Survey, findings: Findings
) -> tuple[Section, ...]:
    targets = _targets(pages, survey)
    sections, names, order = [], Names(), 0
    for number, (group, made) in enumerate(pages, 1):
        if not made:
            continue
        title = next(iter(group.title.values()), "")
        find = _finder(targets, order)
        place = Place(sheet=title)
        section = Section(
            names.take(f"g{group.row.get('gid') or number}"),
            group.title,
            (),
            group.intro,
            _shown(group.row.get("grelevance", ""), find, place, findings),
        )
        questions, seen = [], ""
        for each in made:
            quiet = findings if each.asked.code != seen else Findings()
            shown = _shown(
                each.asked.row.get("relevance", ""), _finder(targets, order), each.asked.at(), quiet
            )
            questions.append(replace(each.question, show_if=shown))
            order, seen = order + 1, each.asked.code
        sections.append(replace(section, questions=tuple(questions)))
    return tuple(sections)


def _targets(pages: Sequence[tuple[Group, list[Made]]], survey: Survey) -> dict[str, Target]:
    """Return what names in expressions stand for: codes, and LimeSurvey's older 12X3X45 numbers."""
    targets: dict[str, Target] = {}
    everything = (made for _group, each in pages for made in each)
    for order, made in enumerate(everything):
        row = made.asked.row
        numbers = f"{survey.about.get('sid', '')}X{row.get('gid', '')}X{row.get('qid', '')}"
        for name, target in made.targets.items() if made.question.takes_answer else ():
            placed = replace(target, order=order)
            targets.setdefault(name, placed)
            targets.setdefault(numbers + name.removeprefix(made.asked.code).removeprefix("_"), placed)
    return targets


def _finder(targets: Mapping[str, Target], place: int) -> Find:
    def find(name: str) -> Target:
        code, _point, suffix = name.partition(".")
        target = targets.get(code)
        if suffix and suffix not in _SUFFIXES:
            raise CannotCarryError("exchange.condition_beyond")
        if target is None:
            raise CannotCarryError("exchange.condition_unknown", question=code)
        if target.order >= place:
            raise CannotCarryError("exchange.condition_looks_ahead", question=code)
        return target

    return find


def _shown(text: str, find: Find, place: Place, findings: Findings) -> Condition | None:
    text = re.sub(r"^\{(.*)\}$", r"\1", text.strip(), flags=re.DOTALL)
    if text in ("", "1"):
        return None
    try:
        found = condition(limesurvey(text), find)
    except ExpressionError:
        findings.dropped("exchange.condition_unreadable", place, found=text)
    except CannotCarryError as problem:
        findings.dropped(problem.code, place, **{"found": text, **problem.params})
    else:
        return None if found == All(()) else found
    return None


def _name_the_rest(survey: Survey, findings: Findings) -> None:
    """Name what belongs to the survey as a whole and has no place in a questionnaire."""
    for row in survey.tables.get("quota", ()):
        findings.dropped("exchange.quota_not_carried", Place(), name=row.get("name", ""))
    for row in survey.tables.get("assessments", ()):
        findings.dropped("exchange.assessment_not_carried", Place(), name=row.get("name", ""))
    titles = {row.get("qid"): row.get("title", "") for row in survey.tables.get("questions", ())}
    for row in survey.tables.get("defaultvalues", ()):
        findings.dropped("exchange.default_not_carried", Place(code=titles.get(row.get("qid"), "")))
    for key in ("startdate", "expires"):
        if survey.about.get(key):
            findings.dropped("exchange.survey_date_not_carried", Place(), found=survey.about[key])
