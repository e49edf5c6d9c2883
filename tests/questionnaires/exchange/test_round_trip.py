"""What Kontor writes as an XLSForm, it reads back exactly, and other programs take it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from kontor.questionnaires.definition import Definition
from kontor.questionnaires.exchange.reading import read_questionnaire
from kontor.questionnaires.exchange.writing import write_xlsform
from tests.questionnaires.exchange.generated import definitions

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(definitions())
def test_what_is_written_is_read_back_exactly(definition: Definition):
    carried = read_questionnaire(file_name="form.xlsx", data=write_xlsform(definition))
    assert carried.definition == definition


@SLOW
@given(definitions())
def test_every_export_is_a_valid_xlsform(tmp_path_factory: pytest.TempPathFactory, definition: Definition):
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    path.write_bytes(write_xlsform(definition))
    assert convert(path).xform.startswith("<?xml")
