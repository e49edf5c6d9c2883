"""The main tasks by keyboard alone, as somebody without a mouse does them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kontor.demo.people import DOMAIN, PASSWORD
from tests.browser.conftest import DESKTOP, PHONE, Server, context_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def desk(browser, server, states) -> Page:
    """Return the manager's window in English."""
    context = context_for(browser, server, states, language="en", scheme="light", size=DESKTOP)
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement && document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {selector}")


def test_logging_in_by_keyboard(browser, server: Server):
    context = browser.new_context(viewport=DESKTOP, locale="en")
    page = context.new_page()
    page.goto(server.url("/"))
    tab_to(page, "input[name=login]")
    page.keyboard.type(f"team@{DOMAIN}")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/nordlicht/")
    context.close()


def test_searching_by_keyboard(desk: Page, server: Server):
    desk.goto(server.url("/nordlicht/"))
    desk.keyboard.press("/")
    desk.keyboard.type("harmsdoerffer")
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("link", name="Harmsdörffer Druckmesstechnik GmbH & Co. KG").first).to_be_visible()


def test_writing_a_section_by_keyboard(desk: Page, server: Server):
    desk.goto(server.url("/nordlicht/strategy/sections/finance/en/"))
    tab_to(desk, "textarea[name=body]")
    desk.keyboard.type("Written without a mouse.")
    tab_to(desk, "form[data-draft] button.btn:not([name])")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/strategy/")
    desk.goto(server.url("/nordlicht/strategy/document/en/"))

    expect(desk.get_by_text("Written without a mouse.")).to_be_visible()


def test_a_draft_survives_a_reload(desk: Page, server: Server):
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.goto(server.url("/nordlicht/strategy/sections/monitoring/en/"))
    desk.fill("textarea[name=body]", "Half a thought")
    desk.wait_for_timeout(1500)
    desk.reload()

    expect(desk.locator("textarea[name=body]")).to_have_value("Half a thought")


def test_every_area_can_be_reached_on_a_phone(browser, server, states):
    context = context_for(browser, server, states, language="en", scheme="light", size=PHONE)
    page = context.new_page()
    page.goto(server.url("/nordlicht/"))
    page.get_by_text("More", exact=True).first.click()

    expect(page.get_by_role("link", name="Impact").locator("visible=true").first).to_be_visible()
    context.close()
