"""Marking passages in a real browser, with the mouse and by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

from kontor.listening.models import Interview, Passage
from kontor.needs.models import Need
from tests.factories import InterviewFactory, NeedTopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Emoji, right-to-left script and an earlier passage lie before what is marked: browsers count them otherwise.
TEXT = "Gut 🙂 שלום. Uns fehlen Leute. Wir suchen einen Partner 👩‍🚀 in Esbjerg. Das war es."


@pytest.fixture
def talk(cluster) -> Interview:
    found = InterviewFactory(study__cluster=cluster, study__guide=None, transcript=TEXT)
    Passage.objects.create(cluster=cluster, interview=found, start=4, end=12, quote=TEXT[4:12])
    NeedTopicFactory(cluster=cluster, name="Partners")
    return found


@pytest.fixture
def page(browser, live_server, manager_client, talk):
    """Return a function that opens the transcript as the manager."""
    contexts = []

    def open_page(width: int = 1280, *, script: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="en", java_script_enabled=script
        )
        contexts.append(context)
        session = manager_client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        opened = context.new_page()
        opened.goto(live_server.url + reverse("listening:interview-transcript", args=["nord", talk.pk]))
        return opened

    yield open_page
    for context in contexts:
        context.close()


def send(opened) -> None:
    with opened.expect_navigation():
        opened.click("form[data-mark] button[type=submit]")


def new_passage(talk: Interview) -> Passage:
    return talk.passages.order_by("-pk")[0]


def test_words_selected_with_the_mouse_become_the_passage_and_its_need(page, talk):
    opened = page()
    place = opened.evaluate(
        """() => {
          const text = document.querySelector("[data-transcript]");
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf("Partner");
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 7);
            const box = range.getBoundingClientRect();
            return [box.left, box.right, box.top + box.height / 2];
          }
        }"""
    )
    opened.mouse.dblclick((place[0] + place[1]) / 2, place[2])
    opened.select_option("[name=topic]", label="Partners")
    send(opened)
    passage = new_passage(talk)

    assert (passage.quote, TEXT[passage.start : passage.end], Need.objects.get().statement) == (
        "Partner",
        "Partner",
        "Partner",
    )


def test_a_sentence_chosen_by_keyboard_alone_becomes_the_passage(page, talk):
    opened = page()
    opened.focus("[data-transcript]")
    for key in ("ArrowDown", "ArrowDown", "Shift+ArrowDown", "Enter"):
        opened.keyboard.press(key)
    for _field in ("topic", "comment"):
        opened.keyboard.press("Tab")
    with opened.expect_navigation():
        opened.keyboard.press("Enter")
    passage = new_passage(talk)

    words = "Uns fehlen Leute. Wir suchen einen Partner 👩‍🚀 in Esbjerg."
    assert (passage.quote, TEXT[passage.start : passage.end]) == (words, words)


def test_words_can_be_pasted_without_a_script(page, talk):
    opened = page(script=False)
    opened.fill("[name=words]", "in Esbjerg")
    send(opened)

    assert new_passage(talk).quote == "in Esbjerg"


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_transcript_and_nothing_scrolls_sideways(page, width):
    opened = page(width)
    report = Axe().run(opened, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    sideways = opened.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert ([fault["id"] for fault in report.response["violations"]], sideways) == ([], 0)
