"""Voting in a real browser: on a phone, by keyboard, without script, and on two devices at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from kontor.votes import services
from kontor.votes.models import Elector
from tests.votes.factories import ElectorFactory, link_of, running, voted
from tests.votes.test_casting import in_the_box

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def elector(cluster) -> Elector:
    """Return an organisation that may put three options in order."""
    return ElectorFactory(vote=running(cluster, method="ranked"))


@pytest.fixture
def phone(browser, live_server) -> Iterator[object]:
    """Return a function that opens a link on a fresh phone."""
    opened: list[BrowserContext] = []

    def take(link: str, *, script: bool = True, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport=PHONE,
            locale="en",
            base_url=live_server.url,
            color_scheme=scheme,
            java_script_enabled=script,
        )
        opened.append(context)
        page = context.new_page()
        page.goto(link)
        return page

    yield take
    for context in opened:
        context.close()


def continue_from(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Is this your choice?")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_vote_is_cast_on_a_phone_with_and_without_script(phone, elector, script):
    page = phone(link_of(elector), script=script)
    lists = page.get_by_role("combobox")
    lists.nth(1).select_option("1")
    lists.nth(0).select_option("2")
    continue_from(page)
    page.get_by_role("button", name="Cast the vote").click()

    expect(page.get_by_role("heading", name="is in")).to_be_visible()
    assert in_the_box(elector.vote) == [[2, 1, 0]]


def test_a_vote_is_cast_by_keyboard_alone(phone, elector):
    page = phone(link_of(elector))
    page.get_by_role("combobox").first.focus()
    page.keyboard.press("1")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cast the vote").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="is in")).to_be_visible()
    assert in_the_box(elector.vote) == [[1, 0, 0]]


def test_of_two_devices_the_second_is_told_and_going_back_shows_the_receipt(phone, elector):
    first, second = phone(link_of(elector)), phone(link_of(elector))
    for page in (first, second):
        page.get_by_label("Abstain").check()
        continue_from(page)
        page.get_by_role("button", name="Cast the vote").click()
    expect(second.get_by_role("heading", name="was in already")).to_be_visible()
    first.goto(first.url)

    expect(first.get_by_role("heading", name="is in")).to_be_visible()
    assert in_the_box(elector.vote) == ["abstains"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_behind_the_link_is_accessible_and_fits_a_phone(phone, elector, scheme):
    link, found = link_of(elector), []

    def look(page: Page) -> None:
        found.extend(each["id"] for each in Axe().run(page).response["violations"])
        found.extend(["too wide"] * (page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]))

    page = phone(link, scheme=scheme)
    look(page)
    page.get_by_role("button", name="Continue").click()
    look(page)  # nothing was chosen
    page.get_by_role("combobox").first.select_option("1")
    continue_from(page)
    look(page)
    page.get_by_role("button", name="Cast the vote").click()
    look(page)
    voted(elector.vote, (1, 2, 3), (2, 1, 3), (1, 3, 2))
    services.close_vote(vote=elector.vote, now=timezone.now())
    page.goto(link)
    look(page)

    assert found == []
