"""The shell around every page, on stand-in pages (tests/ui/urls.py)."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from kontor.ui.context import shell
from kontor.ui.notices import notify

pytestmark = pytest.mark.urls("tests.ui.urls")

AREAS = ["Today", "Members", "Strategy", "Partners", "Projects", "Network", "Impact"]


@pytest.fixture
def guide(client, db):
    """Return the style guide's HTML in a language."""

    def fetch(language: str = "en", **cookies: str) -> str:
        client.cookies.load(cookies)
        return client.get("/guide/", headers={"accept-language": language}).content.decode()

    return fetch


def names_in(html: str, landmark: str) -> list[str]:
    """Return the words of the links in the first element with a class."""
    part = html.split(f'class="{landmark}"', 1)[1].split("</nav>", 1)[0]
    return re.findall(r"</svg>\s*<span>([^<]+)</span>", part)


def test_the_rail_shows_the_seven_areas_and_settings(guide):
    assert names_in(guide(), "rail") == [*AREAS, "Settings"]


def test_the_phone_reaches_every_area(guide):
    assert sorted(names_in(guide(), "bottom-bar")) == sorted([*AREAS, "More", "Settings"])


def test_the_shell_speaks_german(guide):
    names = [
        "Heute",
        "Mitglieder",
        "Strategie",
        "Partner",
        "Projekte",
        "Netzwerk",
        "Wirkung",
        "Einstellungen",
    ]

    assert names_in(guide("de"), "rail") == names


def test_the_title_is_written_once_and_shown_twice(guide):
    html = guide()

    assert "<title>Style guide · Nordlicht Sensorik e. V. · Kontor</title>" in html
    assert "<h1>Style guide</h1>" in html


def test_the_page_says_where_it_is(guide):
    assert (
        re.findall(r'aria-current="page">\s*<svg.*?</svg>\s*<span>([^<]+)', guide(), re.DOTALL)[0]
        == "Members"
    )


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto")])
def test_the_theme_comes_from_the_cookie(guide, cookie, theme):
    assert f'data-theme="{theme}"' in guide(kontor_theme=cookie)


def test_nothing_needs_inline_style_or_script(guide):
    html = guide()

    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html) == []


def test_every_asset_comes_from_this_origin(guide):
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', guide()) == []


@pytest.mark.parametrize(
    ("sent", "target", "kept"),
    [
        ({"theme": "dark", "next": "/nord/today/?a=b"}, "/nord/today/?a=b", "dark"),
        ({"theme": "pink", "next": "https://elsewhere.example/"}, "/", "auto"),
        ({}, "/", "auto"),
    ],
)
def test_choosing_a_theme_leads_back_and_never_elsewhere(client, db, sent, target, kept):
    response = client.post("/ui/theme/", sent)

    assert (response.status_code, response["Location"], response.cookies["kontor_theme"].value) == (
        302,
        target,
        kept,
    )


def test_a_theme_is_not_chosen_by_a_link(client, db):
    assert client.get("/ui/theme/?theme=dark").status_code == 405


def test_without_a_cluster_there_are_no_areas():
    assert shell(RequestFactory().get("/"))["shell"].areas == ()


@pytest.mark.urls("kontor.ui.urls")
def test_addresses_that_do_not_exist_are_left_out():
    request = RequestFactory().get("/")
    request.cluster = type("Cluster", (), {"slug": "nord", "name": "Nord"})()

    assert shell(request)["shell"].areas == ()


def test_a_message_can_carry_its_undo():
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    notify(request, "The member has been deleted.", undo_url="/nord/members/7/restore/")
    html = render_to_string("ui/partials/messages.html", {"messages": request._messages}, request)

    assert 'action="/nord/members/7/restore/"' in html
    assert "The member has been deleted." in html


@pytest.mark.parametrize("name", ["400", "403", "404", "403_csrf"])
@pytest.mark.parametrize(("language", "way_on"), [("de", "Zur Startseite"), ("en", "To the start page")])
def test_error_pages_offer_a_way_on(name, language, way_on):
    from django.utils.translation import override

    with override(language):
        html = render_to_string(f"{name}.html", {}, RequestFactory().get("/x/"))

    assert way_on in html


def test_the_page_for_our_own_failures_needs_no_context():
    html = engines["django"].get_template("500.html").render()

    assert ("Zur Startseite" in html, "To the start page" in html) == (True, True)
