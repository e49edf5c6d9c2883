"""The whole way to a partner as a new user goes it: from two names to a protocol that both sides accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser import office
from tests.browser import test_hearing_members as hearing
from tests.browser.test_hearing_members import HOME, Story, confirm, desk_of, guest, save, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("choosing")]

place = hearing.place

BY_HAND = ("Aarhus Sensor Valley", "Turku Maritime Tech")
FROM_EXCEL = (
    *("Gdansk Port Cluster", "Riga Photonics", "Tartu Robotics", "Utrecht Robot Valley", "Oslo Ocean Lab"),
    *("Lund Sensor Park", "Vilnius Laser Union"),
)
SURE, DOUBTFUL = BY_HAND
CRITERIA = ("willingness", "technology_level", "equal_terms", "active_members", "key_actors", "competences")
PEOPLE = {"Anna Points": "points", "Ben Ranking": "ranking", "Cleo Swing": "swing"}
SCORER, ON_PHONE = "Anna Points", "Cleo Swing"
VOTERS = ("Ankerglas GmbH", "Bojenfunk GmbH", office.ENGLISH)
NEGOTIATOR = "negotiator@turku.example"


def mail_of(name: str) -> str:
    """Return where somebody who judges reads mail."""
    return f"{name.split()[0].lower()}@judges.example"


@pytest.fixture(scope="module")
def story(browser: Browser, place: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Go the whole way once; the tests look at what was seen."""
    desk = desk_of(browser, place)
    place.seen["folder"] = tmp_path_factory.mktemp("files")
    steps: tuple[Callable[[Browser, Story, Page], None], ...] = (
        *(add_by_hand, bring_from_excel, publish_criteria, begin_study, choose, ask_people),
        *(weigh, score, open_weights, find_out, put_to_vote, cast_votes, decide),
        *(draft_protocol, agree, read_the_strategy),
    )
    for step in steps:
        step(browser, place, desk)
    return place


def add_by_hand(browser: Browser, place: Story, page: Page) -> None:
    """Two candidates are typed."""
    for name, country in zip(BY_HAND, ("DK", "FI"), strict=True):
        page.goto(f"{HOME}partners/new/")
        page.fill("input[name=name]", name)
        page.select_option("select[name=country]", country)
        save(page)
        expect(page.locator("h1")).to_contain_text(name)


def bring_from_excel(browser: Browser, place: Story, page: Page) -> None:
    """Seven come from a filled template, looked at before they are written."""
    page.goto(f"{HOME}partners/import/")
    path = download(page, place, "Download the template")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value).strip(" *"): cell.column for cell in sheet[1]}
    sheet.delete_rows(2)
    for row, (name, country) in enumerate(
        zip(FROM_EXCEL, ("PL", "LV", "EE", "NL", "NO", "SE", "LT"), strict=True), start=2
    ):
        sheet.cell(row, columns["Name"], name)
        sheet.cell(row, columns["Country"], country)
    book.save(path)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Read and check").click()
    page.get_by_role("button", name="Write 7 rows").click()
    expect(page.locator("h1")).to_have_text("The list has been brought in")
    page.get_by_role("link", name="See the partner clusters").click()
    listed = page.locator("main").inner_text()
    place.seen["listed"] = {name for name in (*BY_HAND, *FROM_EXCEL) if name in listed}


def download(page: Page, place: Story, link: str) -> Path:
    """Press a link to a file and return where it was kept."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    folder = place.seen["folder"]
    assert isinstance(folder, Path)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def publish_criteria(browser: Browser, place: Story, page: Page) -> None:
    """The guide's criteria are brought in and published."""
    page.goto(f"{HOME}criteria/partners/")
    press(page, "Bring in the guide")
    page.goto(f"{HOME}criteria/partners/publish/")
    page.get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.locator("h1")).to_contain_text("1")


def begin_study(browser: Browser, place: Story, page: Page) -> None:
    """A study is begun with all nine."""
    page.goto(f"{HOME}studies/new/")
    page.fill("input[name=title_en]", "A partner at the Baltic Sea")
    page.fill("textarea[name=question_en]", "With which cluster do we work from next year on?")
    page.get_by_role("button", name="Go on to the candidates").click()
    page.wait_for_url("**/candidates/**")
    found = re.search(r"/studies/(\d+)/", page.url)
    assert found
    place.seen["study"] = f"{HOME}studies/{found[1]}/"


def choose(browser: Browser, place: Story, page: Page) -> None:
    """Candidates and criteria are ticked."""
    study = place.seen["study"]
    page.goto(f"{study}candidates/choose/?list=all")
    tick_all(page, "partners")
    press(page, "Take the ticked ones")
    page.goto(f"{study}criteria/choose/")
    for code in CRITERIA:
        page.check(f"input[name=codes][value={code}]")
    press(page, "Take the ticked ones")
    page.goto(str(study))
    place.seen["prepared"] = page.locator("main").inner_text()


def tick_all(page: Page, name: str) -> None:
    for box in page.locator(f"input[name={name}]").all():
        box.check()


def ask_people(browser: Browser, place: Story, page: Page) -> None:
    """Three people get their links by mail."""
    study = place.seen["study"]
    for name in PEOPLE:
        page.goto(f"{study}people/")
        page.fill("input[name=name]", name)
        page.fill("input[name=email]", mail_of(name))
        page.select_option("select[name=language]", "en")
        page.locator("input[name=scores_candidates]").set_checked(name == SCORER)
        page.locator("#new").get_by_role("button", name="Add").click()
        expect(page.locator("main")).to_contain_text(mail_of(name))
    page.goto(str(study))
    with page.expect_navigation():
        page.locator(".next form button[type=submit]").click()
    page.goto(f"{study}people/")
    page.get_by_role("button", name="Send the links").click()
    until(lambda: all(place.mailbox.to(mail_of(name)) for name in PEOPLE))


def weigh(browser: Browser, place: Story, page: Page) -> None:
    """Each weighs by link, in an own way; one on a phone."""
    typed = {
        "points": ("20", "15", "15", "15", "20", "15"),
        "ranking": ("1", "3", "2", "4", "2", "5"),
        "swing": ("", "80", "90", "70", "95", "60"),
    }
    for name, technique in PEOPLE.items():
        one = guest(browser, place, is_phone=name == ON_PHONE, language="en").new_page()
        one.goto(place.mailbox.last_link(mail_of(name)))
        one.get_by_role("link", name="Weigh the criteria").click()
        one.locator(f"button[name=switch][value={technique}]").click()
        expect(one.locator(f"button[name=switch][value={technique}]")).to_have_attribute(
            "aria-pressed", "true"
        )
        if technique == "swing":
            with kept(one):
                one.locator("input[type=radio][name^='best:']").first.check()
        for row, value in zip(
            one.locator(".weigh-rows input[type=text]").all(), typed[technique], strict=True
        ):
            if value:
                with kept(one):
                    row.fill(value)
                    row.blur()
        one.get_by_role("button", name="Hand in my weights").click()
        expect(one.get_by_text("handed in", exact=True)).to_be_visible()
        place.seen[f"fits {name}"] = one.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        one.context.close()


@contextmanager
def kept(page: Page) -> Iterator[None]:
    """Type something, and go on once the page has kept it."""
    edition = page.locator("#weights-preview input[name=edition]")
    before = edition.input_value()
    yield
    expect(edition).not_to_have_value(before)


def score(browser: Browser, place: Story, page: Page) -> None:
    """The scores of one person come from Excel; two of them are not known."""
    page.goto(f"{place.seen['study']}scores/import/")
    path = download(page, place, "Download the template")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows(max_col=1)}
    points: dict[str, tuple[object, ...]] = {SURE: (4, 4, 4, 4, 4, 4), DOUBTFUL: (5, 4, 4, 4, "?", "?")}
    for name in (*BY_HAND, *FROM_EXCEL):
        for column, value in enumerate(points.get(name, (3, 2, 3, 2, 3, 2)), start=2):
            sheet.cell(rows[name], column, value)
    book.save(path)
    page.set_input_files("input[type=file]", path)
    page.select_option("select[name=assessor]", label=SCORER)
    page.get_by_role("button", name="Read and check").click()
    press(page, "Write 54 scores")
    page.goto(f"{place.seen['study']}scores/")
    place.seen["unknown"] = page.locator("td.unknown").count()


def open_weights(browser: Browser, place: Story, page: Page) -> None:
    """All weights are opened together."""
    page.goto(f"{place.seen['study']}weights/")
    place.seen["weighed"] = page.locator("main").inner_text()
    page.get_by_role("button", name="Open the weights").click()
    confirm(page)
    expect(page.get_by_role("heading", name="The weights of the group")).to_be_visible()


def find_out(browser: Browser, place: Story, page: Page) -> None:
    """The sentence is read, the fact that matters most is found out, and the sentence is read again."""
    place.seen["before"] = sentence(page, place)
    page.goto(f"{place.seen['study']}result/facts/")
    place.seen["fact"] = page.locator(".say").inner_text()
    page.get_by_role("link", name="Fill in").first.click()
    page.check("input[name=value][value='5']")
    page.fill("textarea[name=evidence]", "They told us on the phone, and sent the list.")
    with page.expect_navigation():
        save(page)
    place.seen["after"] = sentence(page, place)


def sentence(page: Page, place: Story) -> str:
    """Return the first sentence of the result, once it is known how sure it is."""
    page.goto(f"{place.seen['study']}result/")
    expect(page.locator(".result-sentence")).to_contain_text("of cases")
    return page.locator(".result-sentence .say").inner_text()


def put_to_vote(browser: Browser, place: Story, page: Page) -> None:
    """Three members get a ballot on the two best."""
    page.goto(f"{place.seen['study']}decision/vote/")
    for name in (*BY_HAND, *FROM_EXCEL):
        page.get_by_label(name).set_checked(name in BY_HAND)
    page.check("input[name=method][value=approval]")
    page.fill("input[name=question_en]", "With whom do we work?")
    page.get_by_role("button", name="Prepare the vote").click()
    page.wait_for_url("**/votes/**")
    place.seen["vote"] = re.sub(r"(/votes/\d+/).*", r"\1", page.url)
    page.goto(f"{place.seen['vote']}roll/add/")
    for name in VOTERS:
        page.get_by_label(f"Add {name}").check()
    press(page, "Add those ticked")
    page.goto(str(place.seen["vote"]))
    page.get_by_role("button", name="Open the vote").click()
    until(lambda: all(place.mailbox.to(office.address(name)) for name in VOTERS))


def cast_votes(browser: Browser, place: Story, page: Page) -> None:
    """Each votes by the link of the mail; then the vote is closed."""
    for name in VOTERS:
        one = guest(browser, place, is_phone=True, language="en").new_page()
        one.goto(place.mailbox.last_link(office.address(name)))
        one.get_by_label(DOUBTFUL).check()
        one.locator("button[name=look]").click()
        one.locator("button[name=cast]").click()
        expect(one.locator("button[name=cast]")).to_have_count(0)
        one.context.close()
    page.goto(str(place.seen["vote"]))
    place.seen["turnout"] = page.locator("main").inner_text()
    page.get_by_role("button", name="Close now").click()
    with page.expect_navigation():
        confirm(page)


def decide(browser: Browser, place: Story, page: Page) -> None:
    """The decision is recorded."""
    page.goto(f"{place.seen['study']}decision/")
    expect(page.locator("main")).to_contain_text(f"{DOUBTFUL} comes first in the vote.")
    page.get_by_label(DOUBTFUL).check()
    page.fill("textarea[name=reasons_en]", "The members want it, and it is ahead since we asked.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Fingerprint")).to_be_visible()
    place.seen["record"] = page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name=DOUBTFUL).first.click()
    found = re.search(r"/partners/(\d+)/", page.url)
    assert found
    place.seen["partner"] = found[1]


def draft_protocol(browser: Browser, place: Story, page: Page) -> None:
    """A protocol is drafted, its gaps filled, and the other side invited."""
    page.goto(f"{HOME}cooperation/with/{place.seen['partner']}/protocol/")
    for blank in page.locator(".asked input[type=text]:visible").all():
        if not blank.input_value():
            blank.fill("Wiebke Thomsen")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url("**/agreements/**")
    place.seen["protocol"] = page.url
    page.get_by_role("link", name="Invite somebody").first.click()
    page.fill("input[name=name]", "Aino Virtanen")
    page.fill("input[name=email]", NEGOTIATOR)
    page.select_option("select[name=language]", "en")
    page.get_by_role("button", name="Send the invitation").click()
    until(lambda: bool(place.mailbox.to(NEGOTIATOR)))


def agree(browser: Browser, place: Story, page: Page) -> None:
    """The guest accepts every clause by the link; then the final version is laid down."""
    other = guest(browser, place, is_phone=True, language="en").new_page()
    other.goto(place.mailbox.last_link(NEGOTIATOR))
    tick_all(other, "wordings")
    other.get_by_role("button", name="Accept the ticked ones").click()
    expect(other.get_by_role("heading", name="Everything is settled")).to_be_visible()
    page.goto(str(place.seen["protocol"]))
    page.get_by_role("link", name="Lay down the final version").click()
    press(page, "Lay it down")
    page.goto(f"{place.seen['protocol']}versions/1/")
    place.seen["final"] = page.locator("main").inner_text()
    other.reload()
    place.seen["guest reads"] = other.locator("main").inner_text()


def read_the_strategy(browser: Browser, place: Story, page: Page) -> None:
    """All of it stands in the strategy."""
    page.goto(f"{HOME}strategy/document/en/")
    place.seen["strategy"] = page.locator("main").inner_text()


def test_nine_candidates_come_by_hand_and_from_excel(story: Story):
    assert story.seen["listed"] == {*BY_HAND, *FROM_EXCEL}


def test_a_study_says_how_many_it_compares_by_what(story: Story):
    assert re.search(r"9\s+candidates\s+6\s+criteria", str(story.seen["prepared"]))


@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_to_weigh_fits_each_window(story: Story, name: str):
    assert story.seen[f"fits {name}"]


def test_three_people_weighed_before_the_weights_were_opened(story: Story):
    assert "3 of 3 have handed in" in str(story.seen["weighed"])


def test_two_scores_are_not_known(story: Story):
    assert story.seen["unknown"] == 2


def test_the_sure_candidate_comes_first_while_two_scores_are_open(story: Story):
    assert str(story.seen["before"]).startswith(f"{SURE} comes first")


def test_the_next_best_fact_is_one_of_the_open_ones(story: Story):
    assert DOUBTFUL in str(story.seen["fact"])


def test_the_fact_that_was_found_out_changes_the_sentence(story: Story):
    assert str(story.seen["after"]).startswith(f"{DOUBTFUL} comes first")


def test_every_link_to_the_vote_counts_once(story: Story):
    assert "All organisations have voted." in str(story.seen["turnout"])


@pytest.mark.parametrize("told", [DOUBTFUL, "The members want it, and it is ahead since we asked."])
def test_the_record_says_what_was_decided_and_why(story: Story, told: str):
    assert told in str(story.seen["record"])


@pytest.mark.parametrize("where", ["final", "guest reads"])
def test_both_sides_have_the_final_version(story: Story, where: str):
    assert "Version 1" in str(story.seen[where])


def test_the_strategy_shows_how_the_chosen_candidate_stood(story: Story):
    row = re.search(rf"^{DOUBTFUL}\t[\d.]+\t1\t[\d.]+%\tyes$", str(story.seen["strategy"]), re.MULTILINE)

    assert row


def test_the_strategy_shows_the_protocol_as_agreed_in_all_clauses(story: Story):
    row = re.search(
        rf"^{DOUBTFUL}\tFinland\tagreed on [^\t]+\t(\d+)\t\1\t", str(story.seen["strategy"]), re.MULTILINE
    )

    assert row
