"""The whole way as a new user goes it: ask, answer, remind, call, meet, understand, set a goal, write."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import smtp
from tests.browser import office
from tests.browser.conftest import DESKTOP, PHONE, ROOT, free_port, own_database, wait_for
from tests.smtp import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hearing")]

HOME = f"/{office.SLUG}/"
PATIENCE = 15_000  # milliseconds
OWN_WORDS = "Wir suchen einen Händler in Aarhus 🙂"


@dataclass
class Story:
    """Where it happens, and what was seen on the way."""

    address: str
    mailbox: Mailbox
    seen: dict[str, object] = field(default_factory=dict)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Serve a new cluster, its mail through a real SMTP server, on the database that the tests run on."""
    port = free_port()
    with smtp.running() as (mailbox, mail_port), own_database(port) as database:
        environment = {
            **os.environ,
            "KONTOR_HOME": str(tmp_path_factory.mktemp("office")),
            "KONTOR_DATABASE_URL": database,
            "KONTOR_PUBLIC_URL": f"http://localhost:{port}",
            "KONTOR_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        subprocess.run([sys.executable, "-m", "tests.browser.office"], env=environment, check=True)
        command = [sys.executable, "-m", "kontor.config", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://localhost:{port}", process)
            yield Story(f"http://localhost:{port}", mailbox)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def story(browser: Browser, place: Story) -> Story:
    """Go the whole way once; the tests look at what was seen."""
    desk = desk_of(browser, place)
    for step in (build, invite, answer, remind, close, call, meet, understand, set_goal, read_the_concept):
        step(browser, place, desk)
    return place


def desk_of(browser: Browser, place: Story) -> Page:
    """Log the manager in."""
    context = browser.new_context(viewport=DESKTOP, locale="en", base_url=place.address)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("input[name=login]", office.MANAGER)
    page.fill("input[name=password]", office.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}")
    return page


def until(holds: Callable[[], bool]) -> None:
    """Wait for what happens in the background."""
    for _ in range(150):
        if holds():
            return
        time.sleep(0.2)
    pytest.fail("It did not happen within half a minute.")


def write_question(page: Page, kind: str, german: str, english: str, meaning: str = "") -> None:
    """Add a question of a kind by its form, but do not save it yet."""
    page.get_by_role("link", name="Add a question").first.click()
    page.get_by_role("link", name=kind).click()
    page.fill("textarea[name=label-de]", german)
    page.fill("textarea[name=label-en]", english)
    if meaning:
        page.check(f"input[name=meaning][value='{meaning}']")


def confirm(page: Page) -> None:
    """Say yes to the question that comes before a grave act."""
    page.locator("#confirm-dialog button[value=yes]").click()
    page.wait_for_load_state()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.click()


def build(browser: Browser, place: Story, page: Page) -> None:
    """Build a questionnaire of three questions in two languages."""
    page.goto(f"{HOME}questionnaires/new/")
    page.fill("input[name=title]", "Needs abroad")
    page.check("input[name=purpose][value=survey]")
    page.check("input[name=languages][value=de]")
    page.check("input[name=languages][value=en]")
    page.click("button[name=way][value=empty]")
    write_question(page, "Several answers", "Was brauchen Sie?", "What do you need?", "need:topic")
    for number, (code, german, english) in enumerate(
        (
            ("market_access", "Zugang zu Märkten", "Access to markets"),
            ("skilled_staff", "Fachkräfte", "Skilled staff"),
        )
    ):
        page.fill(f"input[name=option-{number}-label-de]", german)
        page.fill(f"input[name=option-{number}-label-en]", english)
        page.fill(f"input[name=option-{number}-code]", code)
    page.check("input[name=required]")
    save(page)
    write_question(page, "Countries", "In welchem Land?", "In which country?", "need:country")
    save(page)
    write_question(page, "Own words", "In Ihren Worten", "In your words", "need:words")
    save(page)
    place.seen["questions"] = page.locator("main").get_by_text("What do you need?").count()


def invite(browser: Browser, place: Story, page: Page) -> None:
    """Set a survey up, open it, and let the worker send twelve mails."""
    page.get_by_role("link", name="Check and release").first.click()
    page.get_by_role("button", name="Release").first.click()
    page.get_by_role("link", name="Ask the members").first.click()
    page.fill("input[name=name]", "Spring survey")
    save(page)
    page.get_by_role("button", name="Open the survey and send").click()
    confirm(page)
    until(lambda: len(place.mailbox.mails) >= len(office.MEMBERS))
    place.seen["invited"] = sorted(str(mail["To"]) for mail in place.mailbox.mails)
    place.seen["survey"] = re.search(r"/surveys/(\d+)/", page.url)[1]  # type: ignore[index]


def guest(browser: Browser, place: Story, *, is_phone: bool, language: str) -> BrowserContext:
    size = PHONE if is_phone else DESKTOP
    context = browser.new_context(viewport=size, locale=language, base_url=place.address)
    context.set_default_timeout(PATIENCE)
    return context


def sheet(browser: Browser, place: Story, name: str, *, is_phone: bool = False, language: str = "de") -> Page:
    """Open a member's link from the mail."""
    page = guest(browser, place, is_phone=is_phone, language=language).new_page()
    page.goto(place.mailbox.last_link(office.address(name)))
    return page


def answer(browser: Browser, place: Story, page: Page) -> None:
    """Four members answer: two at once, one on a phone in English, one on two devices."""
    for name, topic in (("Ankerglas GmbH", "market_access"), ("Bojenfunk GmbH", "skilled_staff")):
        one = sheet(browser, place, name)
        one.check(f"input[value={topic}]")
        send(one)
    phone = sheet(browser, place, office.ENGLISH, is_phone=True, language="en")
    place.seen["english"] = phone.get_by_text("What do you need?").count()
    phone.check("input[value=market_access]")
    send(phone)
    first = sheet(browser, place, "Deichpumpen GmbH")
    first.check("input[value=market_access]")
    first.locator("textarea[name^='q-'], input[type=text][name^='q-']").last.fill(OWN_WORDS)
    first.wait_for_selector("[data-save-status][data-state=saved]")
    second = sheet(browser, place, "Deichpumpen GmbH", is_phone=True)
    words = second.locator("textarea[name^='q-'], input[type=text][name^='q-']").last
    place.seen["resumed"] = words.input_value()
    second.locator("select[name^='q-']").first.select_option("DK")
    send(second)


def send(page: Page) -> None:
    """Submit an answer and see the thanks."""
    page.get_by_role("button", name=re.compile("^(Antwort absenden|Send the answer|Send)")).click()
    expect(page.locator("[data-answers-done]")).to_be_visible()


def remind(browser: Browser, place: Story, page: Page) -> None:
    """Remind those who have not answered, and only those."""
    before = len(place.mailbox.mails)
    page.goto(f"{HOME}listening/surveys/{place.seen['survey']}/remind/")
    page.locator("button[name=send]").click()
    until(lambda: len(place.mailbox.mails) >= before + len(office.MEMBERS) - 4)
    time.sleep(1)
    place.seen["reminded"] = sorted(str(mail["To"]) for mail in place.mailbox.mails[before:])


def close(browser: Browser, place: Story, page: Page) -> None:
    """Close the survey; a link then says so."""
    page.goto(f"{HOME}listening/surveys/{place.seen['survey']}/")
    page.get_by_role("button", name="Close now").click()
    confirm(page)
    late = sheet(browser, place, "Elbventil GmbH")
    place.seen["late"] = late.locator("form[data-answers]").count()
    page.goto(f"{HOME}listening/surveys/{place.seen['survey']}/results/")
    place.seen["answers"] = page.locator(".page-head .lead").inner_text()


def call(browser: Browser, place: Story, page: Page) -> None:
    """Call two of the silent members."""
    page.goto(f"{HOME}listening/calls/new/")
    page.fill("input[name=name]", "Autumn calls")
    page.locator("select[name=questionnaire]").select_option(label="Needs abroad")
    page.check("input[name=only_silent]")
    page.get_by_role("button", name="Draw the call list").click()
    called = []
    for _number in range(2):
        page.get_by_role(
            "button", name=re.compile("Next call|Call the next|Start calling", re.IGNORECASE)
        ).first.click()
        called.append(page.locator("h1").inner_text())
        page.check("input[value=skilled_staff]")
        page.check("input[name=outcome][value=talked]")
        page.locator("button[name=act][value=done]").click()
        expect(page.get_by_role("button", name="Next call").first).to_be_visible()
    place.seen["called"] = len(set(called))


def meet(browser: Browser, place: Story, page: Page) -> None:
    """Collect two ideas from phones, sort them, give points and make needs of them."""
    page.goto(f"{HOME}listening/boards/new/")
    page.fill("input[name=name]", "Annual meeting")
    page.fill("textarea[name=question]", "What do you need abroad?")
    page.locator("select[name=language]").select_option("en")
    save(page)
    board = page.url
    page.locator("button[name=phase][value=collecting]").first.click()
    page.wait_for_load_state()
    code = re.search(r"/b/\s*([A-Z0-9]{8})", page.locator("main").inner_text())
    assert code
    phones = []
    for name, idea in (
        ("Reetdach GmbH", "A stand in Utrecht"),
        ("Schilfrohr GmbH", "People who speak Dutch"),
    ):
        phone = guest(browser, place, is_phone=True, language="en").new_page()
        phone.goto(f"/b/{code[1]}/")
        phone.fill("input[name=organisation]", name)
        phone.get_by_role("button", name="Take part").click()
        phone.fill("textarea[name=text]", idea)
        phone.get_by_role("button", name="Send idea").click()
        expect(phone.locator("[data-own]").get_by_text(idea)).to_be_visible()
        phones.append(phone)
    page.goto(board)
    sort_and_weigh(page, board, phones)
    page.goto(f"{board}results/")
    place.seen["points"] = page.locator("main").inner_text().count("Staff and fairs")


def sort_and_weigh(page: Page, board: str, phones: list[Page]) -> None:
    page.locator("button[name=phase][value=grouping]").first.click()
    expect(page.locator("button[name=phase][value=weighing]").first).to_be_visible()
    for box in page.locator("input[name=ideas]").all():
        box.check()
    page.locator("select[name=target]").select_option("new")
    page.fill("input[name=title]", "Staff and fairs")
    page.locator("button[name=place]").click()
    expect(page.get_by_role("heading", name="Staff and fairs")).to_be_visible()
    page.locator("button[name=phase][value=weighing]").first.click()
    expect(page.locator("button[name=phase][value=closed]").first).to_be_visible()
    for phone in phones:
        phone.reload()
        phone.locator("input[type=number]").first.fill("3")
        phone.get_by_role("button", name="Save points").click()
        expect(phone.locator("[data-points-status]")).not_to_be_empty()
    page.goto(board)
    page.locator("button[name=phase][value=closed]").first.click()
    page.get_by_role("link", name="Make needs of the ideas").click()
    page.locator("select[name^=topic]").first.select_option(label="Skilled staff")
    page.get_by_role("button", name="Save the topics").click()
    page.get_by_role("button", name="Record them as needs").click()
    expect(page.get_by_role("link", name="See the needs")).to_be_visible()


def understand(browser: Browser, place: Story, page: Page) -> None:
    """Read the analysis."""
    page.goto(f"{HOME}needs/analysis/")
    place.seen["analysis"] = page.locator("main").inner_text()
    page.goto(f"{HOME}listening/")
    place.seen["heard"] = page.locator(".page-head .lead").inner_text()


def set_goal(browser: Browser, place: Story, page: Page) -> None:
    """Make a goal of the most wanted topic in one step."""
    page.goto(f"{HOME}needs/analysis/")
    page.get_by_role("button", name="Make a goal of it").first.click()
    page.wait_for_load_state()
    place.seen["goal"] = page.url


def read_the_concept(browser: Browser, place: Story, page: Page) -> None:
    """Find all of it in the concept."""
    page.goto(f"{HOME}strategy/document/en/")
    place.seen["concept"] = page.locator("main").inner_text()


def test_a_questionnaire_is_built(story: Story):
    assert story.seen["questions"] == 1


def test_every_member_with_an_address_is_invited_once(story: Story):
    assert story.seen["invited"] == sorted(map(office.address, office.MEMBERS))


def test_the_link_speaks_the_language_of_its_reader(story: Story):
    assert story.seen["english"] == 1


def test_another_device_goes_on_where_the_first_one_stopped(story: Story):
    assert story.seen["resumed"] == OWN_WORDS


def test_only_those_who_have_not_answered_are_reminded(story: Story):
    answered = {"Ankerglas GmbH", "Bojenfunk GmbH", "Deichpumpen GmbH", office.ENGLISH}

    assert story.seen["reminded"] == sorted(
        office.address(name) for name in office.MEMBERS if name not in answered
    )


def test_a_closed_survey_takes_no_answer(story: Story):
    assert story.seen["late"] == 0


def test_two_members_are_called(story: Story):
    assert story.seen["called"] == 2


def test_all_ways_together_tell_who_was_heard(story: Story):
    assert story.seen["heard"].split(" members")[0] == "8 of 14"  # type: ignore[attr-defined]


def test_the_analysis_counts_each_need_once(story: Story):
    rows = re.findall(
        r"^(Skilled staff|Access to markets)\t.*\t(\d+)$", str(story.seen["analysis"]), re.MULTILINE
    )

    assert dict(rows) == {"Skilled staff": "5", "Access to markets": "3"}


def test_one_press_makes_a_goal_of_a_topic(story: Story):
    assert re.sub(r"\d+", "N", str(story.seen["goal"]).removeprefix(story.address)) == f"{HOME}goals/N/edit/"


@pytest.mark.parametrize("told", ["Skilled staff", "Access to markets", "Response to the last member survey"])
def test_the_concept_tells_what_the_members_said(story: Story, told: str):
    assert str(story.seen["concept"]).count(told) > 0
