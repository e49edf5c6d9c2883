"""What is turned away at the entrance."""

from __future__ import annotations

import logging

import pytest
from asgiref.sync import async_to_sync
from django.urls import reverse

from kontor.accounts.services.tokens import new_token
from kontor.config.guards import HideTokens, LimitedBody


def statuses(chunks: list[bytes], announced: int | None) -> list[object]:
    """Send a body to a page that reads all of it; return how many bytes it got, or the status."""
    told: list[object] = []

    async def page(scope, receive, send):
        got = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                told.append("hung up")
                return
            got += len(message["body"])
            if not message["more_body"]:
                told.append(got)
                return

    async def receive():
        body = chunks.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(chunks)}

    async def send(message):
        if "status" in message:
            told.append(message["status"])

    headers = [] if announced is None else [(b"content-length", str(announced).encode())]
    async_to_sync(LimitedBody(page, most=10))({"type": "http", "headers": headers}, receive, send)
    return told


def test_a_body_that_fits_is_passed_on():
    assert statuses([b"12345", b"67890"], announced=10) == [10]


def test_a_body_that_is_announced_too_large_is_not_read():
    assert statuses([b"1"], announced=11) == [413]


def test_a_body_without_length_is_cut_off_at_the_bound():
    assert statuses([b"12345", b"67890", b"1"], announced=None) == ["hung up"]


NUL = "Kiel\x00"


def test_a_nul_character_in_a_query_is_a_bad_request(manager_client, cluster):
    response = manager_client.get(reverse("actors:directory", args=[cluster.slug]), {"q": NUL})

    assert (response.status_code, "Content-Security-Policy" in response) == (400, True)


@pytest.mark.parametrize("form", [{"q": NUL}, {NUL: "q"}], ids=["value", "name"])
def test_a_nul_character_in_a_form_is_a_bad_request(manager_client, cluster, form):
    response = manager_client.post(reverse("actors:directory", args=[cluster.slug]), form)

    assert (response.status_code, "Content-Security-Policy" in response) == (400, True)


def test_a_nul_character_in_a_cookie_is_a_bad_request(client, db):
    assert client.get("/account/login/", HTTP_COOKIE='sessionid="aaaaaaaaaaaa\\000"').status_code == 400


@pytest.mark.parametrize(
    "path", ["/invitation/{}/", "/nord/members/confirm/{}/", "/account/password/reset/key/1-cx2f3a-{}/"]
)
def test_no_token_stands_in_the_log(path):
    said = logging.LogRecord(
        "django.request", 30, "", 0, "%s: %s", ("Not Found", path.format(new_token())), None
    )

    HideTokens().filter(said)

    assert said.getMessage() == f"Not Found: {path.partition('{')[0].removesuffix('1-cx2f3a-')}…/"


def test_what_holds_no_token_is_logged_as_it_is():
    said = logging.LogRecord("django.request", 30, "", 0, "Gone: %s", ("/nord/members/12/",), None)

    HideTokens().filter(said)

    assert said.getMessage() == "Gone: /nord/members/12/"


def test_every_line_of_the_log_passes_the_filter(settings):
    assert {name: handler["filters"] for name, handler in settings.LOGGING["handlers"].items()} == {
        "console": ["hide_tokens"]
    }
