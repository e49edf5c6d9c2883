"""The face in a real browser: accessible, whole at 360 px, inside its own origin, operable by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.ui.urls"),
    pytest.mark.django_db(transaction=True),
]

GUIDE = "/guide/"


@pytest.fixture
def page(browser, live_server):
    """Return a page on the style guide; the test may ask for another size or theme."""
    contexts = []

    def open_page(address: str = GUIDE, width: int = 1280, theme: str = "light"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, locale="en", reduced_motion="reduce"
        )
        contexts.append(context)
        opened = context.new_page()
        opened.goto(live_server.url + address)
        opened.wait_for_load_state("networkidle")
        return opened

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", [GUIDE, "/plain/"])
def test_axe_finds_nothing(page, address, width, theme):
    report = Axe().run(
        page(address, width, theme), options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    )

    found = [
        (fault["id"], [node["html"] for node in fault["nodes"]]) for fault in report.response["violations"]
    ]
    assert found == []


@pytest.mark.parametrize("width", [360, 600, 900, 1440])
def test_nothing_scrolls_sideways(page, width):
    assert page(width=width).evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_no_request_leaves_the_origin_and_the_policy_is_kept(browser, live_server):
    opened = browser.new_page()
    foreign, complaints = [], []
    opened.on(
        "request", lambda request: request.url.startswith(live_server.url) or foreign.append(request.url)
    )
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(live_server.url + GUIDE)
    opened.wait_for_load_state("networkidle")
    opened.close()

    assert (foreign, complaints) == ([], [])


def test_the_slash_leads_to_the_search(page):
    opened = page("/guide/")
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("/")

    assert opened.evaluate("document.activeElement.id") == "search"


def test_a_menu_closes_on_escape_and_gives_the_focus_back(page):
    opened = page()
    opened.locator(".menu summary").click()
    opened.locator(".menu-body button").first.focus()
    opened.keyboard.press("Escape")

    assert opened.evaluate("[document.querySelector('.menu').open, document.activeElement.tagName]") == [
        False,
        "SUMMARY",
    ]


def test_a_phone_reaches_the_last_area_by_touch(page):
    opened = page(width=360)
    opened.locator(".bottom-bar summary").click()
    opened.locator(".bottom-bar .sheet").get_by_text("Impact").click()

    assert opened.url.endswith("/nord/impact/")


def test_the_summary_of_faults_takes_the_focus(page):
    assert page().evaluate("document.activeElement.className") == "error-summary"


def test_select_all_selects_all_and_counts(page):
    opened = page()
    opened.locator("[data-select-all]").check()

    assert opened.locator("[data-selected-count]").inner_text() == "3"


def test_a_grave_act_asks_first_and_no_is_no(page):
    opened = page()
    opened.locator("[data-confirm]").click()
    words = opened.locator("#confirm-sentence").inner_text()
    opened.keyboard.press("Enter")

    assert (words, opened.locator("dialog").is_visible()) == ("Export all of them?", False)


def test_the_theme_is_chosen_in_the_menu_and_stays(page):
    opened = page()
    opened.locator(".menu summary").click()
    opened.get_by_role("button", name="Dark").click()
    opened.goto(opened.url)

    assert opened.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_map_shows_its_points_and_each_opens_by_key(page):
    opened = page()
    opened.locator("[data-map] path.point").first.focus()
    opened.keyboard.press("Enter")

    assert opened.locator(".leaflet-popup-content").inner_text().split("\n") == ["Kiel", "12 members"]


def test_without_scripts_every_area_is_still_reached(browser, live_server):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="en"
    )
    opened = context.new_page()
    opened.goto(live_server.url + GUIDE)
    opened.locator(".bottom-bar summary").click()
    opened.locator(".bottom-bar .sheet").get_by_text("Network").click()
    url = opened.url
    context.close()

    assert url.endswith("/nord/network/")
