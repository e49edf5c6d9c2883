"""Small XLSForm and LimeSurvey files, made for one test each."""

from __future__ import annotations

import pytest

from kontor.questionnaires.definition import Definition, Question
from kontor.questionnaires.exchange.carried import Carried
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from tests.imports.workbooks import xlsx

YES_NO = (("list_name", "name", "label"), ("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))


def form(*survey: tuple, choices: tuple = YES_NO, settings: tuple = ()) -> bytes:
    """Return an XLSForm; the first row of each sheet holds the headings."""
    told = settings or (("form_title", "default_language"), ("Form", "English (en)"))
    return xlsx(*survey, sheet="survey", choices=choices, settings=told)


def read(*survey: tuple, **sheets: tuple) -> Carried:
    """Return what comes of an XLSForm."""
    return read_questionnaire(file_name="form.xlsx", data=form(*survey, **sheets))


def question(definition: Definition, code: str) -> Question:
    """Return a question that must be there."""
    found = definition.question(code)
    assert found is not None, [each.code for each in definition.questions()]
    return found


def faults_of(data: bytes, file_name: str = "form.xlsx") -> list[tuple[str, str]]:
    """Return (code, place) of every fault; fails where the file is taken."""
    with pytest.raises(QuestionnaireError, match=r"exchange\.faulty") as refusal:
        read_questionnaire(file_name=file_name, data=data)
    return [(fault.code, str(fault.place)) for fault in refusal.value.params["faults"]]


def told(carried: Carried) -> list[tuple[str, str]]:
    """Return (code, place) of every note."""
    return [(note.code, str(note.place)) for note in carried.notes]


def lss(questions: str, **tables: str) -> bytes:
    """Return a LimeSurvey file with the given rows; one group, one language."""
    rows = {
        "groups": "<row><gid>1</gid><group_order>1</group_order></row>",
        "group_l10ns": "<row><gid>1</gid><group_name>Page</group_name><language>en</language></row>",
        "surveys": "<row><sid>9</sid><language>en</language></row>",
        "surveys_languagesettings": "<row><surveyls_language>en</surveyls_language>"
        "<surveyls_title>Survey</surveyls_title></row>",
        "questions": questions,
        **tables,
    }
    told = "".join(f"<{name}><rows>{content}</rows></{name}>" for name, content in rows.items())
    return f"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>{told}</document>".encode()


def asked(qid: int, code: str, letter: str, **more: str) -> str:
    """Return a row of the table of questions."""
    cells = {"relevance": "1", "mandatory": "N", "other": "N", "question_order": str(qid), **more}
    rest = "".join(f"<{key}><![CDATA[{text}]]></{key}>" for key, text in cells.items())
    about = f"<qid>{qid}</qid><parent_qid>0</parent_qid><gid>1</gid><type>{letter}</type>"
    return f"<row>{about}<title>{code}</title>{rest}</row>"


def spoken(*texts: tuple[int, str]) -> str:
    """Return rows of the table of question texts in English."""
    return "".join(
        f"<row><qid>{qid}</qid><question><![CDATA[{text}]]></question><language>en</language></row>"
        for qid, text in texts
    )


def sub(qid: int, parent: int, code: str, scale: int = 0) -> str:
    """Return a row of the table of sub-questions."""
    return (
        f"<row><qid>{qid}</qid><parent_qid>{parent}</parent_qid><title>{code}</title>"
        f"<question_order>{qid}</question_order><scale_id>{scale}</scale_id></row>"
    )


def answer(aid: int, qid: int, code: str, scale: int = 0) -> str:
    """Return a row of the table of answers, its text in the older way."""
    return (
        f"<row><aid>{aid}</aid><qid>{qid}</qid><code>{code}</code><sortorder>{aid}</sortorder>"
        f"<scale_id>{scale}</scale_id><answer>{code}!</answer><language>en</language></row>"
    )
