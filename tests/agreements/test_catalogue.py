"""The catalogue of clauses: whole, in both languages, and filled in without a rest."""

from __future__ import annotations

import pytest

from kontor.agreements.catalogue import kinds
from kontor.agreements.texts import as_markdown, fill, pieces, placeholders_in, tidy
from kontor.reports.prose import plain

LANGUAGES = ("de", "en")
KINDS = list(kinds().values())


def test_a_file_in_the_folder_is_a_kind():
    assert "cooperation_protocol" in kinds()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_text_is_there_in_both_languages(kind):
    texts = [kind.names, kind.leads, kind.titles]
    texts += [group.names for group in kind.groups]
    texts += [
        each for clause in kind.clauses.values() for each in (clause.headings, clause.texts, clause.whys)
    ]
    for asked in kind.placeholders:
        texts += [asked.labels, *(option.texts for option in asked.options)]

    assert [each for each in texts if not all(each.get(code, "").strip() for code in LANGUAGES)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_both_languages_leave_the_same_open_and_everything_is_asked_for(kind):
    asked = {each.code for each in kind.placeholders} | {"us", "them"}
    used: set[str] = set()
    for clause in kind.clauses.values():
        german, english = (set(placeholders_in(clause.texts[code])) for code in LANGUAGES)
        assert german == english, clause.code
        used |= german

    assert used | {"us", "them"} == asked


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_codes_are_unique_and_defaults_are_options(kind):
    codes = [clause.code for group in kind.groups for clause in group.clauses]
    defaults = [each for each in kind.placeholders if each.kind == "choice"]

    assert len(codes) == len(set(codes))
    assert all(each.default in {option.code for option in each.options} for each in defaults)


def test_the_protocol_has_what_the_guide_asks_for():
    kind = kinds()["cooperation_protocol"]

    assert 18 <= len(kind.clauses) <= 25
    assert {group.code for group in kind.groups} >= {
        *("purpose", "data", "money", "rules", "confidence", "communication"),
        *("contacts", "names", "results", "duration"),
    }


def test_filled_in_clauses_leave_nothing_open():
    kind = kinds()["cooperation_protocol"]
    for code in LANGUAGES:
        values = {each.code: "x" for each in kind.placeholders} | {"us": "A", "them": "B"}
        for clause in kind.clauses.values():
            assert "{" not in fill(clause.texts[code], values), clause.code


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "1. a\n2. b",
        "    a",
        "a  \nb",
        "*a* _b_ `c`",
        "<b>&lt;</b>",
        "a\n===",
        "[a](b)",
        "| a |\n|---|",
        "\\*",
    ],
)
def test_markdown_of_a_clause_prints_exactly_what_was_typed(text):
    lines = [line for piece in pieces(text) for line in piece.lines]

    assert "\n".join(plain(as_markdown(text))).split("\n") == lines


def test_tidy_is_done_after_once():
    text = " a \r\n\r\n\r\n\r\n b\t\r"

    assert tidy(tidy(text)) == tidy(text)
