"""Every page of the demo cluster that the manager can reach by links, in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, Response

from tests.browser.conftest import DESKTOP, PHONE, Server, context_for

pytestmark = pytest.mark.browser

START = "/nordlicht/"
# Files and ways out are no pages.
NOT_PAGES = re.compile(
    r"\.(xlsx|csv|ics|zip|json|geojson|docx|pdf)$|/(docx|pdf|xlsx|csv|html)/$|/logout/|/export"
)
MOST_PAGES = 400
WEIGHT_LIMIT = 300_000
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes need not be described
}
CHARTS = "[...document.querySelectorAll('figure svg')].reduce((sum, svg) => sum + svg.outerHTML.length, 0)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visit:
    """What was seen of one page."""

    path: str
    status: int = 0
    weight: int = 0
    overflow: int = 0
    barriers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def page_name(path: str) -> str:
    """Return the route's name, so that a page is looked at once and not for each of its objects."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    fixed = {key: value for key, value in match.kwargs.items() if key in {"area", "language", "slug"}}
    return f"{match.view_name} {fixed or ''}".strip()


class Tour:
    """A walk through all pages with one language, colour scheme and window."""

    def __init__(self, page: Page, server: Server, label: str) -> None:
        self.page = page
        self.server = server
        self.label = label
        self.now = Visit("")
        self.weights: list[Response] = []
        page.on("response", self.keep)
        page.on("request", lambda r: self.is_own(r.url) or self.now.foreign.append(r.url))
        page.on("pageerror", lambda error: self.now.complaints.append(f"script: {error}"))
        page.on("console", lambda m: m.type == "error" and self.now.complaints.append(f"console: {m.text}"))

    def keep(self, response: Response) -> None:
        self.weights.append(response)

    def is_own(self, url: str) -> bool:
        return url.startswith((self.server.address, "data:", "blob:", "about:"))

    def visit(self, path: str) -> Visit:
        """Open a page and look at it in every respect."""
        self.now = Visit(path)
        self.weights.clear()
        response = self.page.goto(self.server.url(path), wait_until="load")
        self.now.status = response.status if response else 0
        self.now.overflow = self.page.evaluate(OVERFLOW)
        for violation in Axe().run(self.page, options=AXE_RULES).response["violations"]:
            targets = [node["target"] for node in violation["nodes"][:3]]
            self.now.barriers.append(f"{violation['id']} {targets}")
        loaded = sum(each.request.sizes()["responseBodySize"] for each in self.weights if each.ok)
        self.now.weight = loaded - self.page.evaluate(CHARTS)
        self.picture(path)
        return self.now

    def picture(self, path: str) -> None:
        """Keep a picture of the page where KONTOR_PICTURES names a folder."""
        folder = os.environ.get("KONTOR_PICTURES", "")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^a-z0-9]+", "-", page_name(path)).strip("-")
            self.page.screenshot(path=Path(folder) / f"{name}-{self.label}.png", full_page=True)

    def links(self) -> Iterator[str]:
        """Yield the addresses of further pages of the cluster."""
        for link in self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            parts = urlsplit(link)
            if self.is_own(link) and page_name(parts.path) and not NOT_PAGES.search(parts.path):
                yield parts.path


# Each walk may have a worker of its own.
WALKS = [
    pytest.param(
        ("de", "light", DESKTOP), marks=pytest.mark.xdist_group("german"), id="german-light-desktop"
    ),
    pytest.param(("en", "dark", PHONE), marks=pytest.mark.xdist_group("english"), id="english-dark-phone"),
]


@pytest.fixture(scope="module", params=WALKS)
def visits(request: pytest.FixtureRequest, browser, server: Server, states) -> list[Visit]:
    """Walk along the links through every page, with one language, colour scheme and window."""
    language, scheme, size = request.param
    context = context_for(browser, server, states, language=language, scheme=scheme, size=size)
    tour = Tour(context.new_page(), server, request.node.name.split("[")[-1].rstrip("]"))
    waiting, seen, found = [START], {page_name(START)}, []
    while waiting and len(found) < MOST_PAGES:
        found.append(tour.visit(waiting.pop(0)))
        for path in tour.links():
            if page_name(path) not in seen:
                seen.add(page_name(path))
                waiting.append(path)
    context.close()
    return found


def test_links_lead_to_the_main_pages(visits):
    assert 180 < len(visits) < MOST_PAGES


def test_every_link_leads_somewhere(visits):
    assert [(visit.path, visit.status) for visit in visits if visit.status != 200] == []


def test_no_page_is_closed_to_anyone(visits):
    """axe finds no violation of WCAG 2.2 AA."""
    assert [(visit.path, visit.barriers) for visit in visits if visit.barriers] == []


def test_no_page_has_to_be_scrolled_sideways(visits):
    assert [(visit.path, visit.overflow) for visit in visits if visit.overflow > 0] == []


def test_nothing_leaves_the_origin(visits):
    assert [(visit.path, visit.foreign) for visit in visits if visit.foreign] == []


def test_no_script_fails_and_no_policy_is_violated(visits):
    assert [(visit.path, visit.complaints) for visit in visits if visit.complaints] == []


def test_no_page_is_heavy(visits):
    """What a page brings along stays under 300 kB before charts, even where nothing is kept from before."""
    assert [(visit.path, visit.weight) for visit in visits if visit.weight > WEIGHT_LIMIT] == []
