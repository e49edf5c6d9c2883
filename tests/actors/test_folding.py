"""Names meet however they are spelled."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.actors.folding import folded, search_key
from kontor.actors.queries.rows import ALL, rows
from kontor.actors.services.organisation import create_organisation, update_organisation

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("query", ["Müller", "Mueller", "Muller", "MÜLLER", "müller optik", "optik Mueller"])
def test_every_spelling_of_a_name_finds_the_same_organisation(cluster, query):
    made = create_organisation(cluster=cluster, name="Müller Optik GmbH", country="DE", city="Kiel")
    create_organisation(cluster=cluster, name="Möller Akustik GmbH", country="DE", city="Kiel")

    assert [row.pk for row in rows(cluster, TODAY, scope=ALL, query=query)] == [made.pk]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Straße", "strasse"),
        ("Ørsted A/S", "orsted a s"),
        ("Société Générale", "societe generale"),
        ("Größmann & Söhne", "grossmann sohne"),
        ("  ", ""),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
    ],
)
def test_folding_drops_accents_and_punctuation(text, key):
    assert folded(text) == key


@given(st.text())
def test_folding_does_not_depend_on_capitals(text):
    assert folded(text.upper().lower()) == folded(text.lower().upper().lower())


def test_search_key_follows_the_name_and_the_town(cluster):
    made = create_organisation(cluster=cluster, name="Förde Werk", country="DE", city="Kiel")

    update_organisation(organisation=made, expected_version=1, city="Lübeck")

    made.refresh_from_db()
    assert made.search_key == search_key("Förde Werk", "", "Lübeck") == "forde werk lubeck"
