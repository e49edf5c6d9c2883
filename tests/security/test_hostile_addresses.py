"""Hostile addresses, queries and forms: every answer is a refusal or a page, never a crash."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.urls import NoReverseMatch, reverse

from kontor.accounts.models import RoleKind
from kontor.actors.models import ImportBatch
from tests.architecture.furnished import Furnished, furnish
from tests.architecture.test_wall import ROUTES, enter, key
from tests.factories import ClusterFactory

HUGE = "9" * 20
ENDLESS = "9" * 5000

# What an attacker writes into the fields for numbers, for days, and for text; all other fields take the text.
ATTACKS = {
    "endless": (ENDLESS, "0001-01-01", "ä" * 2000),
    "foreign": ("²", "9999-12-31", "'\"><script>%_\\ \udcff"),
    "huge": (HUGE, "2026-02-31", "\u202e"),
    "negative": ("-1", "٢٠٢٦-٠١-٠١", ""),
}
NUMBERS = (
    *("page", "rows", "competence", "topic", "organisation", "urgency", "needs", "below", "actor", "ids"),
    *("old", "new", "version", "goal", "whole_topic", "column-0", "column-name", "choice-1", "person"),
    *("organisation-x", "topic-x", "same-1", "responsible", "parent", "level", "latitude", "longitude"),
    *("total_cost", "contribution", "founded", "target_year", "kept"),
)
DAYS = ("on", "first", "last", "since", "until", "valid_from", "valid_to", "consent_on", "recorded_on")
TEXTS = (
    *("q", "sort", "scope", "column", "filters", "kind", "size", "start_up", "country", "region", "section"),
    *("abroad", "missing", "consent", "source", "orphans", "partner", "member", "state", "next", "decided"),
    *("name", "code", "do", "email", "emails", "title_de", "statement", "body", "label", "note", "note_0"),
    *("city", "website", "reference", "family_name", "choice-99999999999999999999"),
)


@pytest.fixture
def home(db: None) -> Furnished:
    """Return a cluster with one object of everything."""
    furnished = furnish(ClusterFactory(slug="home"))
    ImportBatch.objects.update(changes={"created": {}, "altered": {}})
    return furnished


@pytest.fixture
def intruder(client, home: Furnished):
    """Return a client that shows a crash as what the visitor sees: a 500."""
    enter(client, key(RoleKind.MANAGER, home.cluster))
    client.raise_request_exception = False
    return client


def written(value: str) -> str:
    """Return a value as it stands in an address, bytes that are no UTF-8 included."""
    return quote(value.encode("utf-8", "surrogateescape"))


def query(attack: str) -> str:
    """Return an attack on every field at once, as it stands in an address or in a form's body."""
    number, day, text = ATTACKS[attack]
    fields = [*((n, number) for n in NUMBERS), *((n, day) for n in DAYS), *((n, text) for n in TEXTS)]
    return "&".join(f"{name}={written(value)}" for name, value in fields)


def addresses(home: Furnished) -> list[tuple[str, str]]:
    return [
        (name, reverse(name, args=[home.cluster.slug, *home.arguments(name, parameters)]))
        for name, parameters in ROUTES
        if "token" not in parameters
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_query_makes_a_page_crash(intruder, home, attack):
    asked = query(attack)

    crashed = [name for name, url in addresses(home) if intruder.get(f"{url}?{asked}").status_code >= 500]

    assert crashed == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_form_makes_a_page_crash(intruder, home, attack):
    sent, form = query(attack), "application/x-www-form-urlencoded"

    answers = [(name, intruder.post(url, sent, content_type=form)) for name, url in addresses(home)]

    assert [name for name, response in answers if response.status_code >= 500] == []


@pytest.mark.parametrize("number", [0, int(HUGE)], ids=str)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_number_in_an_address_makes_a_page_crash(intruder, home, method, number):
    crashed = []
    for name, parameters in ROUTES:
        given = [p for p in parameters if p != "cluster"]
        if "token" in given:
            continue
        usual = home.arguments(name, parameters)
        hostile = [number if isinstance(value, int) else value for value in usual]
        if hostile != usual:
            url = reverse(name, args=[home.cluster.slug, *hostile])
            if getattr(intruder, method)(url).status_code >= 500:
                crashed.append(name)

    assert crashed == []


@pytest.mark.parametrize("word", ["\x00", "..", "ä" * 3000, "\u202egnp.exe"], ids=ascii)
def test_no_word_in_an_address_makes_a_page_crash(intruder, home, word):
    hostile = {"key", "token", "file_format", "kind"}
    crashed = []
    for name, parameters in ROUTES:
        given = [p for p in parameters if p != "cluster"]
        if not hostile & set(given):
            continue
        values = [word if p in hostile else home.arguments(name, [p])[0] for p in given]
        try:
            url = reverse(name, args=[home.cluster.slug, *values])
        except NoReverseMatch:  # no such address exists
            continue
        if intruder.get(url).status_code >= 500:
            crashed.append(name)

    assert crashed == []
