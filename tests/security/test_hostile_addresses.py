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

# What an attacker writes behind the question mark, raw.
QUERIES = {
    "nul": "\x00",
    "huge number": HUGE,
    "endless number": ENDLESS,
    "other digits": "²",
    "arabic digits": "٣",
    "negative": "-1",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2026-02-31",
    "quote": "'\"><script>%_\\",
    "long": "ä" * 10_000,
    "surrogate": "\udcff",
}
ASKED = (
    *("q", "page", "on", "sort", "rows", "scope", "column", "filters", "kind", "size", "start_up", "country"),
    *("region", "section", "competence", "abroad", "missing", "consent", "topic", "organisation", "urgency"),
    *("source", "orphans", "first", "last", "needs", "partner", "below", "member", "state", "actor", "since"),
    *("until", "old", "new", "next", "decided", "ids"),
)
POSTED = (
    *ASKED,
    *("version", "name", "goal", "needs", "whole_topic", "code", "do", "column-0", "column-name"),
    *("choice-1", "choice-99999999999999999999", "organisation-x", "topic-x", "same-1", "email", "emails"),
    *("title_de", "statement", "person", "responsible", "valid_from", "valid_to", "parent", "competence"),
    *("level", "latitude", "longitude", "total_cost", "contribution", "founded", "target_year", "body"),
    *("label", "note", "note_0", "city", "website", "reference", "family_name", "consent_on", "kept"),
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


def query(names: tuple[str, ...], value: str) -> str:
    return "&".join(f"{name}={written(value)}" for name in names)


def addresses(home: Furnished) -> list[tuple[str, str]]:
    return [
        (name, reverse(name, args=[home.cluster.slug, *home.arguments(name, parameters)]))
        for name, parameters in ROUTES
        if "token" not in parameters
    ]


@pytest.mark.parametrize("value", QUERIES.values(), ids=QUERIES)
def test_no_query_makes_a_page_crash(intruder, home, value):
    asked = query(ASKED, value)

    crashed = [name for name, url in addresses(home) if intruder.get(f"{url}?{asked}").status_code >= 500]

    assert crashed == []


@pytest.mark.parametrize("value", QUERIES.values(), ids=QUERIES)
def test_no_form_makes_a_page_crash(intruder, home, value):
    sent = query(POSTED, value)
    form = "application/x-www-form-urlencoded"

    crashed = [
        name
        for name, url in addresses(home)
        if intruder.post(url, sent, content_type=form).status_code >= 500
    ]

    assert crashed == []


@pytest.mark.parametrize("number", [0, int(HUGE), 2**63, 2**31], ids=str)
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


@pytest.mark.parametrize("word", ["\x00", "..", "'", "ä" * 3000, "%", "\u202egnp.exe"], ids=ascii)
def test_no_word_in_an_address_makes_a_page_crash(intruder, home, word):
    crashed = []
    for name, parameters in ROUTES:
        usual = home.arguments(name, [p for p in parameters if p != "token"])
        given = [p for p in parameters if p != "cluster"]
        hostile = [word if p in {"key", "token", "file_format", "kind"} else None for p in given]
        if not any(hostile):
            continue
        known = iter(usual)
        values = [
            other or next(known) if p == "token" else (next(known), other)[1] or 1
            for p, other in zip(given, hostile, strict=True)
        ]
        try:
            url = reverse(name, args=[home.cluster.slug, *values])
        except NoReverseMatch:
            continue
        if intruder.get(url).status_code >= 500:
            crashed.append(name)

    assert crashed == []
