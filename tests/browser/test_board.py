"""A meeting in real browsers: a phone, the moderator's desk, the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Server, context_for
from tests.browser.test_pages import AXE_RULES, OVERFLOW
from tests.browser.test_tasks import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def desk(browser, server: Server, states) -> Iterator[Page]:
    """Return the moderator's window at a new board that collects ideas."""
    context = context_for(browser, server, states, language="en", scheme="light", size=DESKTOP)
    page = context.new_page()
    page.goto(server.url("/nordlicht/listening/boards/new/"))
    page.fill("[name=name]", "Annual meeting")
    page.fill("[name=question]", "What do you need abroad?")
    page.select_option("select[name=language]", "en")
    page.fill("[name=held_on]", date.today().isoformat())
    page.fill("[name=expires_at]", "2999-01-01T18:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Open: collect ideas").click()
    expect(page.get_by_role("button", name="Stop collecting and sort")).to_be_visible()
    yield page
    context.close()


@pytest.fixture
def phone(browser, server: Server, desk: Page) -> Iterator[Page]:
    """Return a phone that has joined by the short link."""
    link = desk.locator(".board-short a").get_attribute("href") or ""
    context = browser.new_context(viewport=PHONE, locale="en", color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    page.goto(link)
    page.fill("#organisation", "Harmsdörffer Druckmesstechnik GmbH & Co. KG")
    page.get_by_role("button", name="Take part").click()
    expect(page.locator("#text")).to_be_visible()
    yield page
    context.close()


def send(phone: Page, text: str) -> None:
    phone.fill("#text", text)
    phone.get_by_role("button", name="Send idea").click()


def barriers(page: Page) -> list[str]:
    found = [each["id"] for each in Axe().run(page, options=AXE_RULES).response["violations"]]
    return [*found, *(["overflow"] if page.evaluate(OVERFLOW) > 0 else [])]


def test_a_meeting_from_the_first_idea_to_the_last_point(phone: Page, desk: Page, server: Server):
    send(phone, "A partner in Denmark")
    expect(phone.locator("[data-own] li")).to_have_count(1)

    phone.context.set_offline(True)
    send(phone, "Skilled staff who speak Danish")
    expect(phone.locator("[data-waiting-list] li")).to_have_text("Skilled staff who speak Danish")
    phone.context.set_offline(False)
    expect(phone.locator("[data-own] li")).to_have_count(2)
    expect(phone.locator("[data-waiting]")).to_be_hidden()

    # The desk shows what arrives by itself; then everything by keyboard.
    expect(desk.locator(".board-arrived")).to_have_count(2)
    tab_to(desk, "button[value=grouping]")
    desk.keyboard.press("Enter")
    tab_to(desk, "input[name=ideas]")
    desk.keyboard.press("Space")
    tab_to(desk, "#title")
    desk.keyboard.type("Partners abroad")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-heap]:not([data-heap='0']) [data-idea-card]")).to_have_count(1)

    expect(phone.get_by_text("The ideas are being sorted")).to_be_visible(timeout=10_000)
    tab_to(desk, "button[value=weighing]")
    desk.keyboard.press("Enter")
    phone.get_by_role("button", name="One point more for Partners abroad").click(timeout=10_000)
    expect(phone.locator("[data-points-status]")).to_have_text("Saved.")

    screen = desk.context.new_page()
    screen.goto(re.sub(r"/$", "/screen/", desk.url))
    expect(screen.locator(".board-ranking b")).to_have_text("1")
    phone.get_by_role("button", name="One point more for Partners abroad").click()
    expect(screen.locator(".board-ranking b")).to_have_text("2", timeout=10_000)

    assert (barriers(phone), barriers(desk), barriers(screen)) == ([], [], [])


def test_an_idea_is_sorted_by_dragging(phone: Page, desk: Page):
    send(phone, "A partner in Denmark")
    desk.get_by_role("button", name="Stop collecting and sort").click()
    desk.locator("[data-idea-card]").wait_for()
    desk.get_by_role("checkbox").first.check()
    desk.fill("#title", "Partners")
    desk.get_by_role("button", name="Put there").click()
    unsorted = desk.locator("[data-heap='0']")
    expect(unsorted.locator("[data-idea-card]")).to_have_count(0)
    desk.locator("[data-idea-card]").drag_to(unsorted)

    expect(unsorted.locator("[data-idea-card]")).to_have_count(1)


def test_half_a_sentence_survives_the_end_of_collecting(phone: Page, desk: Page):
    phone.fill("#text", "Half a thought")
    desk.get_by_role("button", name="Stop collecting and sort").click()
    expect(phone.get_by_text("You were still writing")).to_be_visible(timeout=10_000)
    expect(phone.locator("#text")).to_have_value("Half a thought")
    phone.get_by_role("button", name="Send idea").click()

    expect(
        phone.locator("[data-own] li, [data-idea-status]").filter(has_text=re.compile("Sent|Half"))
    ).not_to_have_count(0)


def test_what_is_typed_survives_a_reload(phone: Page):
    phone.fill("#text", "Half a thought")
    phone.reload()

    expect(phone.locator("#text")).to_have_value("Half a thought")
