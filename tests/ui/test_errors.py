"""Error codes become sentences; conflicts and grave acts speak plainly."""

from __future__ import annotations

import pytest
from django import forms
from django.utils.translation import override

from kontor.ui import errors
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName, Difference, differences


class CodedError(Exception):
    """An error as the rooms raise it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@pytest.fixture
def sentence(monkeypatch):
    """Add one sentence to the known ones."""
    monkeypatch.setitem(errors.SENTENCES, "row.too_many", "%(rows)s rows are too many in %(name)s.")


def test_a_known_code_becomes_its_sentence(sentence):
    assert explain(CodedError("row.too_many", rows=7, name="a.csv")) == "7 rows are too many in a.csv."


def test_a_missing_parameter_is_an_ellipsis(sentence):
    assert explain(CodedError("row.too_many", rows=7)) == "7 rows are too many in …."


@pytest.mark.parametrize("error", [ValueError("boom"), CodedError("no.such_code"), KeyError()])
def test_an_unknown_error_gets_a_calm_sentence_without_its_insides(error):
    with override("de"):
        said = explain(error)

    assert said == "Das hat nicht geklappt. Es wurde nichts verändert. Bitte versuchen Sie es noch einmal."


def test_every_sentence_can_be_filled_in():
    class Anything(dict):
        def __missing__(self, key):
            return "x"

    for text in errors.SENTENCES.values():
        assert str(text) % Anything() != ""


@pytest.mark.parametrize(
    ("typed", "is_valid"), [("Hansa Optik", True), (" hansa optik ", True), ("Hansa", False)]
)
def test_a_grave_act_needs_the_name(typed, is_valid):
    assert ConfirmByName({"confirm_name": typed}, name="Hansa Optik").is_valid() is is_valid


class MemberForm(forms.Form):
    """Two fields, one with choices."""

    name = forms.CharField(label="Name")
    kinds = forms.MultipleChoiceField(label="Kinds", choices=[("sme", "SME"), ("large", "Large company")])


def test_a_conflict_names_only_what_differs_and_in_words():
    form = MemberForm({"name": "Förde AG", "kinds": ["large"]})

    assert differences(form, {"name": "Förde AG", "kinds": ["sme", "large"]}) == (
        Difference("Kinds", "SME, Large company", "Large company"),
    )


def test_an_emptied_field_reads_as_a_dash():
    form = MemberForm({"name": ""})

    assert differences(form, {"name": "Förde AG"}) == (Difference("Name", "Förde AG", "–"),)
