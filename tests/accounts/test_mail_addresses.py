"""Mails lead to the public address, whatever host a browser claims to have asked."""

from __future__ import annotations

import pytest

ASKED = {
    "/account/password/reset/": {"email": "jo@example.org"},
    "/account/login/code/": {"email": "jo@example.org"},
}


@pytest.fixture
def public(settings) -> None:
    settings.PUBLIC_URL = "https://kontor.example.org"
    settings.ALLOWED_HOSTS = ["kontor.example.org", "localhost"]


@pytest.mark.parametrize("path", ASKED)
def test_no_mail_names_the_host_that_was_claimed(client, account, public, mailoutbox, path):
    account()

    client.post(path, ASKED[path], HTTP_HOST="localhost:666")

    assert ("localhost" in mailoutbox[0].body, "https://kontor.example.org" in mailoutbox[0].body) == (
        False,
        True,
    )


def test_the_link_to_a_new_password_opens_its_page(client, account, mailoutbox, settings):
    account()
    client.post("/account/password/reset/", {"email": "jo@example.org"})
    link = next(word for word in mailoutbox[0].body.split() if "/reset/key/" in word)

    opened = client.get(link.removeprefix(settings.PUBLIC_URL), follow=True)

    assert (opened.status_code, "password1" in opened.content.decode()) == (200, True)
