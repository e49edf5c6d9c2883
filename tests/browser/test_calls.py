"""The call page in a real browser: a whole call by keyboard, nothing typed lost, everything in sight."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from kontor.accounts.models import RoleKind
from kontor.listening.models import CallTarget
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import CallCampaignFactory, CallTargetFactory, ClusterFactory, PersonFactory, RoleFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def campaign():
    made = CallCampaignFactory(cluster=ClusterFactory(slug="nord"), opening="Good morning, ten minutes?")
    for name in ("Albers Optik", "Brandt Laser"):
        target = CallTargetFactory(campaign=made, organisation__name=name)
        PersonFactory(organisation=target.organisation, phone="+49 431 8812")
    return made


@pytest.fixture
def at_desk(browser, live_server, campaign):
    """Return a function that opens the cockpit as a caller, in the size and scheme asked for."""
    user = RoleFactory(cluster=campaign.cluster, kind=RoleKind.TEAM).user
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    opened = []

    def open_cockpit(size=DESKTOP, scheme="light") -> Page:
        context = browser.new_context(
            viewport=size, color_scheme=scheme, locale="en", reduced_motion="reduce"
        )
        opened.append(context)
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "en"}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.goto(live_server.url + reverse("listening:call-campaign", args=["nord", campaign.pk]))
        return page

    yield open_cockpit
    for context in opened:
        context.close()


def arrived(page: Page, name: str) -> Page:
    """Wait until the member's page is there with its scripts."""
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_load_state()
    return page


def in_a_call(page: Page) -> Page:
    page.locator("[data-next-call]").first.click()
    return arrived(page, "Albers Optik")


def outcomes() -> list[tuple[str, str, str]]:
    rows = CallTarget.objects.order_by("place").select_related("organisation")
    return [(row.organisation.name, row.state, row.notes) for row in rows]


def test_two_calls_by_keyboard_alone(at_desk):
    page = at_desk()
    page.locator("[data-next-call]").first.focus()
    page.keyboard.press("Enter")
    arrived(page, "Albers Optik")
    page.keyboard.press("Alt+q")
    page.keyboard.press("Space")
    page.keyboard.press("Alt+n")
    page.keyboard.type("Likes Aarhus, is that ok?")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Alt+s")
    arrived(page, "Brandt Laser")
    page.keyboard.press("Alt+4")
    page.keyboard.press("Alt+s")
    page.wait_for_url("**/listening/calls/*/")

    assert outcomes() == [
        ("Albers Optik", "done", "Likes Aarhus, is that ok?"),
        ("Brandt Laser", "later", ""),
    ]
    assert CallTarget.objects.get(state="done").answers == {"topics": ["market_access"]}


def test_a_call_back_asks_for_its_time_at_once(at_desk):
    page = in_a_call(at_desk())
    page.keyboard.press("Alt+2")

    assert page.evaluate("document.activeElement.id") == "call_back_at"


def test_the_question_mark_helps_but_never_while_somebody_types(at_desk):
    page = in_a_call(at_desk())
    page.keyboard.press("Alt+n")
    page.keyboard.type("Why?")
    while_typing = page.locator("dialog[data-keys]").is_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")

    assert (while_typing, page.locator("dialog[data-keys]").is_visible()) == (False, True)


def test_the_single_key_can_be_switched_off(at_desk):
    page = in_a_call(at_desk())
    page.keyboard.press("Alt+h")
    page.locator("[data-single-keys]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")

    assert page.locator("dialog[data-keys]").is_visible() is False


def test_what_was_typed_is_there_after_the_power_went(at_desk):
    page = in_a_call(at_desk())
    page.fill("#notes", "Back from Japan in May")
    expect(page.locator("[data-save-status]")).to_have_attribute("data-state", "saved")
    address = page.url
    page.close()
    again = at_desk()
    again.goto(address)

    assert again.input_value("#notes") == "Back from Japan in May"


def test_who_comes_back_from_dialling_goes_on_typing(at_desk):
    # The telephone's own page hides ours: what is typed is sent then, and the next save must still fit.
    page = in_a_call(at_desk())
    page.fill("#notes", "Dialled")
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(page.locator("[data-save-status]")).to_have_attribute("data-state", "saved")
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'visible', configurable: true})"
    )
    page.fill("#notes", "Dialled, engaged")
    page.keyboard.press("Alt+4")
    page.keyboard.press("Alt+s")
    arrived(page, "Brandt Laser")

    assert outcomes()[0] == ("Albers Optik", "later", "Dialled, engaged")


def test_enter_ends_no_call(at_desk):
    page = in_a_call(at_desk())
    page.locator("input[name=person]").focus()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.tagName") != "BODY"
    assert outcomes()[0][1] == "reserved"


def test_a_call_works_without_scripts(browser, live_server, at_desk):
    page = at_desk()
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), viewport=PHONE, locale="en"
    )
    plain = context.new_page()
    plain.goto(page.url)
    plain.locator("[data-next-call]").first.click()
    plain.locator("input[value=market_access]").check()
    plain.locator("input[name=outcome][value=talked]").check()
    plain.get_by_role("button", name="Done, next call").click()
    name = plain.get_by_role("heading", level=1).inner_text()
    context.close()

    assert (name, outcomes()[0][1]) == ("Brandt Laser", "done")


def test_a_desk_shows_number_opening_words_and_buttons_without_scrolling(at_desk):
    page = in_a_call(at_desk())
    selectors = (".call-number", ".call-opening", ".question", "#notes", "[data-save-and-next]")
    bottoms = [page.locator(selector).first.bounding_box() for selector in selectors]

    assert [box["y"] + box["height"] <= DESKTOP["height"] for box in bottoms] == [True] * len(selectors)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(at_desk, size, scheme):
    page = at_desk(size, scheme)
    found = []
    for step in (lambda: None, lambda: in_a_call(page)):
        step()
        found += [fault["id"] for fault in Axe().run(page, options=STANDARDS).response["violations"]]
        found += ["scrolls"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")

    assert found == []
