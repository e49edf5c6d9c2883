"""Every page of the demo cluster that the manager can reach by links, in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import DESKTOP, PHONE, Server, context_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

START = "/nordlicht/"
# Files and ways out are no pages.
NOT_PAGES = re.compile(r"\.(xlsx|csv|ics|zip|json|geojson)$|/(docx|pdf|xlsx|csv|html)/$|/logout/|/export")
MOST_PAGES = 90
WEIGHT_LIMIT = 300_000


def page_name(path: str) -> str:
    """Return the route's name, so that a page is looked at once and not for each of its objects."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    fixed = {key: value for key, value in match.kwargs.items() if key in {"area", "language", "slug"}}
    return f"{match.view_name} {fixed or ''}"


@pytest.fixture(scope="module")
def paths(browser, server: Server, states) -> list[str]:
    """Return one address of every page that links lead to."""
    context = context_for(browser, server, states, language="de", scheme="light", size=DESKTOP)
    found = list(walk(context.new_page(), server))
    context.close()
    return found


def walk(page: Page, server: Server) -> Iterator[str]:
    waiting, seen = [START], {page_name(START)}
    while waiting and len(seen) <= MOST_PAGES:
        path = waiting.pop(0)
        response = page.goto(server.url(path))
        assert response is not None
        assert response.status == 200, path
        yield path
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for link in links:
            parts = urlsplit(link)
            name = page_name(parts.path)
            is_here = f"{parts.scheme}://{parts.netloc}" == server.address
            if is_here and name and name not in seen and not NOT_PAGES.search(parts.path):
                seen.add(name)
                waiting.append(parts.path)


def visit(context: BrowserContext, server: Server, paths: list[str]) -> Iterator[tuple[Page, str]]:
    """Yield each page in turn, loaded."""
    page = context.new_page()
    for path in paths:
        page.goto(server.url(path), wait_until="networkidle")
        yield page, path


def picture_folder() -> Path | None:
    """Return where pictures are wanted, if anywhere."""
    wanted = os.environ.get("KONTOR_PICTURES", "")
    return Path(wanted) if wanted else None


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("de", "light", DESKTOP), ("en", "dark", DESKTOP), ("en", "light", PHONE), ("de", "dark", PHONE)],
    ids=["de-light-desktop", "en-dark-desktop", "en-light-phone", "de-dark-phone"],
)
def test_no_page_is_closed_to_anyone(browser, server, states, paths, language, scheme, size):
    """axe finds no WCAG 2.2 AA violation, and nothing has to be scrolled sideways."""
    context = context_for(browser, server, states, language=language, scheme=scheme, size=size)
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    faults = []
    for page, path in visit(context, server, paths):
        for violation in Axe().run(page, options=rules).response["violations"]:
            targets = [node["target"] for node in violation["nodes"][:3]]
            faults.append(f"{path}: {violation['id']} {targets}")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            faults.append(f"{path}: {overflow} px wider than the window")
        folder = picture_folder()
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            width = "desktop" if size == DESKTOP else "phone"
            name = (
                page_name(path).strip().replace(":", "-").replace(" ", "_").replace("'", "").replace("/", "")
            )
            page.screenshot(path=folder / f"{name}-{language}-{scheme}-{width}.png", full_page=True)
    context.close()

    assert faults == []


def test_nothing_leaves_the_origin_and_nothing_breaks(browser, server, states, paths):
    """No request goes elsewhere, no script fails, no policy is violated."""
    context = context_for(browser, server, states, language="de", scheme="light", size=DESKTOP)
    faults: list[str] = []
    context.on(
        "request", lambda r: None if is_own(r.url, server) else faults.append(f"left the origin: {r.url}")
    )
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    context.on("console", lambda m: faults.append(f"console: {m.text}") if m.type == "error" else None)
    for _page, _path in visit(context, server, paths):
        pass
    context.close()

    assert faults == []


def is_own(url: str, server: Server) -> bool:
    return url.startswith((server.address, "data:", "blob:", "about:"))


def test_no_page_is_heavy(browser, server, states, paths):
    """What the browser loads for a page stays under 300 kB, charts aside."""
    heavy = {}
    for path in paths:
        context = context_for(browser, server, states, language="de", scheme="light", size=DESKTOP)
        page = context.new_page()
        weights: list[int] = []
        page.on("response", lambda response, weights=weights: weights.append(weight(response)))
        page.goto(server.url(path), wait_until="networkidle")
        charts = page.evaluate(
            "[...document.querySelectorAll('figure svg')].reduce((sum, s) => sum + s.outerHTML.length, 0)"
        )
        if sum(weights) - charts > WEIGHT_LIMIT:
            heavy[path] = sum(weights)
        context.close()

    assert heavy == {}


def weight(response) -> int:
    sizes = response.request.sizes()
    return int(sizes["responseBodySize"])
