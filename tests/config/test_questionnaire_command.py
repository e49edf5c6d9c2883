"""`kontor questionnaire`: check and convert, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kontor.config.command import main
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.stored import to_json
from tests.factories import small_definition
from tests.questionnaires.exchange.forms import form

HEAD = ("type", "name", "label")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Return a form with one question that arrives and one that does not."""
    path = tmp_path / "good.xlsx"
    path.write_bytes(form(HEAD, ("select_one yes_no", "a", "A"), ("geopoint", "place", "Where?")))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Return a form with two faults."""
    path = tmp_path / "bad.xlsx"
    path.write_bytes(form(HEAD, ("text", None, "A"), ("select_one none", "b", "B")))
    return path


def test_check_tells_what_arrives_and_what_not(good: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["questionnaire", "check", str(good)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{good}: good",
        "  title      Form",
        "  languages  en",
        "  holds      1 section, 1 question, 2 options",
        "  carried as something simpler: 0",
        "  not carried: 1",
        "    survey, row 3, column type: Kontor cannot ask this, the question was left out: “geopoint”.",
    ]


def test_check_tells_every_fault_of_a_refused_file_and_goes_on(
    good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["questionnaire", "check", str(bad), str(good)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        f"{bad}: refused",
        "  survey, row 2, column name: The question has no name. Write one into the column “name”.",
        "  survey, row 3, column type: "
        "The list “none” is not on the sheet “choices”. Add it, or correct its name.",
        f"{good}: good",
    ]


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_convert_writes_what_is_read_back_the_same(good: Path, tmp_path: Path, ending: str):
    target = tmp_path / f"out.{ending}"
    assert main(["questionnaire", "convert", str(good), "-o", str(target)]) == 0
    first = read_questionnaire(file_name="good.xlsx", data=good.read_bytes()).definition
    assert read_questionnaire(file_name=target.name, data=target.read_bytes()).definition == first


def test_convert_takes_kontors_own_file(tmp_path: Path):
    source, target = tmp_path / "own.json", tmp_path / "out"
    source.write_text(json.dumps(to_json(small_definition())), encoding="utf-8")
    assert main(["questionnaire", "convert", str(source), "-o", str(target), "--to", "xlsform"]) == 0
    read = read_questionnaire(file_name="out.xlsx", data=target.read_bytes())
    assert read.definition == small_definition()


def test_convert_of_a_refused_file_writes_nothing(bad: Path, tmp_path: Path):
    target = tmp_path / "out.json"
    assert main(["questionnaire", "convert", str(bad), "-o", str(target)]) == 1
    assert not target.exists()


@pytest.mark.parametrize(
    ("file", "target"), [("nowhere.xlsx", "out.json"), ("good.xlsx", "out.pdf"), ("good.xlsx", "no/out.json")]
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    good: Path, tmp_path: Path, file: str, target: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["questionnaire", "convert", str(tmp_path / file), "-o", str(tmp_path / target)]) == 1
    assert capsys.readouterr().err.startswith("kontor: ")
