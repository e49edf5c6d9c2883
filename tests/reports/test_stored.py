import json

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings

from kontor.reports.model import Report, ReportError
from kontor.reports.stored import from_json, to_json
from tests.reports import sample
from tests.reports.strategies import reports


@given(reports())
@settings(max_examples=60, deadline=None)
def test_a_stored_report_comes_back_as_it_was(report):
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_the_sample_comes_back_as_it_was():
    report = sample.report("en")

    assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_a_lazy_text_is_stored_in_the_language_of_the_report():
    report = Report(gettext_lazy("Contents"), "", "", "de", sample.AS_OF, ())

    assert from_json(to_json(report)).title == "Inhalt"


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ({"format": 99, "report": {}}, "report.format_unknown"),
        ({}, "report.format_unknown"),
        ([], "report.format_unknown"),
        ({"format": 1, "report": {}}, "report.unreadable"),
        ({"format": 1}, "report.unreadable"),
    ],
)
def test_what_is_no_report_is_refused_by_a_code(stored, code):
    with pytest.raises(ReportError) as refused:
        from_json(stored)

    assert refused.value.code == code
