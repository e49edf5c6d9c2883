"""A passkey in a real browser, under the real Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from kontor.demo.people import PASSWORD
from tests.browser.conftest import DESKTOP, Server, log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Somebody whom no other browser test logs in as: the second factor stays.
NAME = "projekt"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser, server: Server) -> Iterator[Page]:
    """Return a page of somebody logged in, on a device that holds passkeys."""
    context = browser.new_context(viewport=DESKTOP, locale="de")
    opened = log_in(context, server, NAME)
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield opened
    context.close()


def test_passkey_is_added_and_opens_the_door_alone(page, server):
    page.goto(server.url("/account/2fa/webauthn/add/"))
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto(server.url("/account/logout/"))
    page.click("main form .btn")
    page.wait_for_url(server.url("/account/login/"))

    page.click("#passkey_login")

    page.wait_for_url("**/nordlicht/")
