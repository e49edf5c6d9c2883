"""Answering a survey in a real browser: saved by itself, resumed, in two tabs, on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from kontor.listening.models import AnswerDraft, Invitee, SurveyResponse
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import InviteeFactory, SurveyFactory
from tests.listening.answering import link_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "textarea[name=q-words]"


@pytest.fixture
def invitee() -> Invitee:
    """Return somebody who was asked in English."""
    return InviteeFactory(survey=SurveyFactory())


@pytest.fixture
def device(browser, live_server) -> Iterator[object]:
    """Return a function that gives a fresh device: desk or phone."""
    opened: list[BrowserContext] = []

    def make(size: dict[str, int] = DESKTOP, scheme: str = "light") -> BrowserContext:
        context = browser.new_context(
            viewport=size, locale="en", color_scheme=scheme, base_url=live_server.url, reduced_motion="reduce"
        )
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


def page_of(context: BrowserContext, link: str) -> Page:
    page = context.new_page()
    page.goto(link)
    return page


def saved(page: Page) -> None:
    """Wait until the page says that it has saved."""
    expect(page.locator("[data-save-status][data-state=saved]")).to_be_visible()


def test_what_is_typed_is_saved_by_itself_and_there_on_another_device(device, invitee):
    link = link_of(invitee)
    page = page_of(device(), link)
    page.get_by_label("Markets").check()
    page.fill(WORDS, "Half a thought")
    saved(page)
    phone = page_of(device(PHONE), link)

    assert (phone.input_value(WORDS), phone.get_by_label("Markets").is_checked()) == ("Half a thought", True)


def test_a_second_tab_is_told_and_can_keep_its_own(device, invitee):
    link, desk = link_of(invitee), device()
    first, second = page_of(desk, link), page_of(desk, link)
    first.fill(WORDS, "from the first tab")
    saved(first)
    second.fill(WORDS, "from the second tab")
    expect(second.get_by_text("Saved elsewhere meanwhile")).to_be_visible()
    second.get_by_role("button", name="Keep what is here").click()
    saved(second)

    assert AnswerDraft.objects.get().fields == {"q-words": ["from the second tab"]}


def test_a_second_tab_can_load_the_other_state(device, invitee):
    link, desk = link_of(invitee), device()
    first, second = page_of(desk, link), page_of(desk, link)
    first.fill(WORDS, "from the first tab")
    saved(first)
    second.fill(WORDS, "from the second tab")
    second.get_by_role("link", name="Load the other state").click()
    second.wait_for_load_state()

    expect(second.locator(WORDS)).to_have_value("from the first tab")


def test_a_network_that_is_away_loses_nothing(device, invitee):
    link, desk = link_of(invitee), device()
    page = page_of(desk, link)
    desk.set_offline(True)
    page.fill(WORDS, "typed in the train")
    expect(page.locator("[data-save-status][data-state=failed]")).to_be_visible()
    desk.set_offline(False)
    saved(page)

    assert AnswerDraft.objects.get().fields["q-words"] == ["typed in the train"]


def test_a_page_that_is_closed_at_once_brings_the_words_back(device, invitee):
    link, desk = link_of(invitee), device()
    page = page_of(desk, link)
    page.fill(WORDS, "lid shut")
    page.close(run_before_unload=False)
    again = page_of(desk, link)

    expect(again.locator(WORDS)).to_have_value("lid shut")


def test_an_answer_is_sent_on_a_phone_and_the_browser_forgets_it(device, invitee):
    page = page_of(device(PHONE), link_of(invitee))
    page.get_by_label("Markets").check()
    page.fill(WORDS, "A partner in Denmark")
    page.get_by_role("button", name="Send my answer").dblclick()
    expect(page.get_by_role("heading", name="Thank you for your answer")).to_be_visible()

    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('answers:'))")
    assert (SurveyResponse.objects.get().answers["words"], kept) == ("A partner in Denmark", [])


def test_the_summary_of_what_is_missing_leads_to_the_question(device, invitee):
    page = page_of(device(PHONE), link_of(invitee))
    page.get_by_role("button", name="Send my answer").click()
    page.locator(".error-summary a").first.click()

    assert page.evaluate("document.activeElement.dataset.question") == "q-topics"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_answer_page_is_accessible_and_fits(device, invitee, size, scheme):
    page = page_of(device(size, scheme), link_of(invitee))
    report = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    found = [fault["id"] for fault in report.response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert (found, width) == ([], 0)
