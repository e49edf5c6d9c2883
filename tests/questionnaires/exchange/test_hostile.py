"""Whatever the bytes are: a questionnaire or one refusal, never a traceback."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kontor.questionnaires.exchange.expressions import ExpressionError, limesurvey, xpath
from kontor.questionnaires.exchange.html_text import text_of
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.exchange.writing import write_xlsform
from kontor.questionnaires.problems import QuestionnaireError
from kontor.ui.sentences import SENTENCES
from tests.factories import small_definition
from tests.imports.workbooks import SHEET, changed, with_document_type, with_part, xlsx
from tests.questionnaires.exchange.forms import answer, asked, faults_of, form, lss, spoken, sub

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SOUND = write_xlsform(small_definition())
LSS = lss(
    asked(1, "Q1", "F") + asked(2, "Q2", "M", relevance='Q1_SQ1 == "A1"'),
    subquestions=sub(11, 1, "SQ1") + sub(12, 2, "SQ2"),
    answers=answer(21, 1, "A1"),
    question_l10ns=spoken((1, "Q?"), (2, "R?")),
)


def outcome(data: bytes) -> str:
    """Return "taken" or the code of the refusal; every fault must have a sentence."""
    try:
        read_questionnaire(file_name="anything", data=data)
    except QuestionnaireError as refusal:
        is_told = all(fault.code in SENTENCES for fault in refusal.params["faults"])
        return refusal.code if is_told else "not told"
    return "taken"


@SLOW
@given(st.binary(max_size=300))
@example(b"")
@example(b"{")
@example(b'{"languages": 1}')
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b"<" * 1000)
@example(b"%PDF-1.7")
@example(b"PK\x03\x04")
def test_random_bytes_are_refused(data: bytes):
    assert outcome(data) == "exchange.faulty"


@SLOW
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_taken_or_refused(place: int, noise: bytes):
    assert outcome(SOUND[:place] + noise + SOUND[place + len(noise) :]) in ("taken", "exchange.faulty")


@SLOW
@given(st.integers(0, len(LSS) - 1), st.binary(min_size=1, max_size=20))
def test_a_damaged_survey_is_taken_or_refused(place: int, noise: bytes):
    assert outcome(LSS[:place] + noise + LSS[place + len(noise) :]) in ("taken", "exchange.faulty")


WORDS = (
    *(
        "text",
        "q",
        "begin group",
        "end group",
        "select_one l",
        "range",
        "note",
        "rank l",
        "${q}",
        "${q} = ''",
    ),
    *("kontor_exact", '{"options": 5}', '{"show_if": ["is"], "relevant": ""}', "matrix", "scale", "country"),
    *("table-list", "section", "help", "yes", "start=1 end=3", "l", "a", "_other", "count-selected(.) <= 2"),
)
CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8),
    st.sampled_from(WORDS),
)
HEADS = (
    *("type", "name", "label", "label::Deutsch (de)", "relevant", "constraint", "appearance", "required"),
    *(
        "parameters",
        "calculation",
        "kontor_exact",
        "kontor_kind",
        "kontor_part",
        "kontor_code",
        "kontor_meaning",
    ),
)


@SLOW
@given(
    st.lists(st.lists(CELLS, min_size=len(HEADS), max_size=len(HEADS)), min_size=1, max_size=6),
    st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=4),
    st.lists(CELLS, min_size=3, max_size=3),
)
def test_a_workbook_with_anything_in_its_cells_is_taken_or_refused(rows: list, choices: list, told: list):
    data = xlsx(
        HEADS,
        *(tuple(row) for row in rows),
        sheet="survey",
        choices=(("list_name", "name", "label", "kontor_meaning", "kontor_exclusive"), *map(tuple, choices)),
        settings=(("form_title", "default_language", "kontor_languages"), tuple(told)),
    )
    assert outcome(data) in ("taken", "exchange.faulty")


@SLOW
@given(st.text("${}()'\"=!<>andornot,.|&/[]@:* ab1-", max_size=60))
@example("/" * 15_000)
@example("(" * 15_000)
@example("not(" * 5_000)
@example("1" + "+1" * 5_000)
@example("a" + " and a" * 3_000)
def test_an_expression_is_read_or_refused(text: str):
    for read in (xpath, limesurvey):
        with contextlib.suppress(ExpressionError):
            read(text)


@SLOW
@given(st.text("<>&;/!-abimgsrc=\"' ", max_size=80))
@example("<" * 50_000)
@example("<!--" * 7_000)
@example("&" * 50_000)
def test_any_html_becomes_text(html: str):
    text, _media = text_of(html)
    assert text == text.strip()


def zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 220_000_000)
    return target.getvalue()


FAR_AWAY = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
BLACK_HOLE = changed(SOUND, SHEET, lambda part: part.replace(b"</sheetData>", FAR_AWAY))
ENTITY = b'<!DOCTYPE d [<!ENTITY a "aaaa">]>'
WITH_ENTITIES = changed(SOUND, SHEET, lambda part: with_document_type(part, ENTITY))


def with_title(text: str) -> bytes:
    """Return a questionnaire whose title is `text`."""
    return json.dumps({"title": {"en": text}, "languages": ["en"], "sections": []}).encode()


def with_scale(low: str) -> bytes:
    """Return a questionnaire with a scale that begins at `low`."""
    scale = f'{{"code": "a", "kind": "scale", "label": {{"en": "A"}}, "range": {{"low": {low}, "high": 5}}}}'
    return f'{{"languages": ["en"], "sections": [{{"code": "s", "questions": [{scale}]}}]}}'.encode()


REFUSED = [
    ("zip bomb", zip_bomb, "import.too_large_unpacked"),
    ("220 MB", lambda: b"PK\x03\x04" + bytes(220_000_000), "import.too_large"),
    ("220 MB of XML", lambda: b"<document>" + b" " * 220_000_000, "import.too_large"),
    ("entities", lambda: WITH_ENTITIES, "import.external_entities"),
    ("macros", lambda: with_part(SOUND, "xl/vbaProject.bin", b"x"), "import.macros"),
    ("a cell at the end of the world", lambda: BLACK_HOLE, "import.too_large_unpacked"),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "exchange.not_a_questionnaire"),
    ("a list", lambda: b"name;city\nA;B\n", "exchange.not_a_questionnaire"),
    ("a workbook of something else", lambda: xlsx(("Name", "Ort"), ("A", "B")), "exchange.no_survey_sheet"),
    ("JSON of something else", lambda: b'{"name": "x"}', "questionnaire.unreadable"),
    ("broken JSON", lambda: b'{"title": ', "exchange.json_unreadable"),
    ("JSON with U+0000", lambda: with_title("\x00"), "exchange.json_unreadable"),
    ("JSON with half a character", lambda: with_title("\ud800"), "exchange.json_unreadable"),
    ("JSON with a number without end", lambda: with_scale("1e400"), "exchange.json_unreadable"),
    ("JSON with no number", lambda: with_scale("NaN"), "exchange.json_unreadable"),
]


@pytest.mark.parametrize(("make", "code"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_a_hostile_file_is_refused_with_one_clear_sentence(make, code: str):
    assert [found for found, _place in faults_of(make())] == [code]


def test_more_questions_than_kontor_takes_are_refused():
    rows = [("text", f"q{number}", "Q") for number in range(301)]
    data = form(("type", "name", "label"), *rows)
    assert faults_of(data) == [("questionnaire.too_many_questions", "")]


def test_a_list_longer_than_kontor_takes_is_asked_as_text():
    choices = (("list_name", "name", "label"), *(("towns", f"t{number}", "T") for number in range(301)))
    data = form(("type", "name", "label"), ("select_one towns", "q", "Town"), choices=choices)
    carried = read_questionnaire(file_name="form.xlsx", data=data)
    assert [note.code for note in carried.notes] == ["exchange.list_too_long"]


def test_kontors_own_file_comes_back_the_same():
    from kontor.questionnaires.stored import to_json

    data = json.dumps(to_json(small_definition())).encode()
    assert read_questionnaire(file_name="form.json", data=data).definition == small_definition()
