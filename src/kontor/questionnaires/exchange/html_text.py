"""HTML of other programs → plain text, as a person reads it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

_BREAKS = {"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
_SILENT = {"script", "style", "title", "template", "object", "iframe", "svg"}
_MEDIA = {"img", "audio", "video", "source", "embed"}
LONGEST_HTML = 30_000


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.media: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin lines where a page does, collect the names of media."""
        if tag in _BREAKS:
            self.pieces.append("\n- " if tag == "li" else "\n")
        if tag in _MEDIA:
            told = dict(attrs)
            name = told.get("src") or told.get("alt") or tag
            self.media.append(name.rsplit("/", 1)[-1] if not name.startswith("data:") else tag)
            self.pieces.append(told.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """End lines."""
        if tag in _BREAKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.pieces.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the text, and the names of the images and other media in it.

    >>> text_of("<p>Which <b>colour</b>?<br>Pick &amp; choose</p><img src='a/b.png'>")
    ('Which colour?\\nPick & choose', ('b.png',))
    """
    if len(html) > LONGEST_HTML or not ("<" in html or "&" in html):
        return html.strip(), ()
    reader = _Reader()
    reader.feed(_tidied(html))
    reader.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), tuple(reader.media)


def _tidied(html: str) -> str:
    """Return the HTML well-formed and without what nobody reads.

    On "<!--<!--<!--…" Python's own parser would need minutes.
    """
    return nh3.clean(
        html,
        tags=_BREAKS | _MEDIA,
        clean_content_tags=_SILENT,
        attributes={tag: {"src", "alt"} for tag in _MEDIA},
        url_schemes={"http", "https", "data"},
        link_rel=None,
    )
