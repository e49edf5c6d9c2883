"""Markdown → a small tree that every writer can set; no HTML, no images, only links that are safe.

A tree is a list of nodes, plain dicts, so that it can travel as JSON:
heading(level, runs) · paragraph(runs) · list(ordered, start, items: lists of nodes) · quote(nodes) ·
code(text) · rule() · table(head: cells, rows: rows of cells), each cell a list of runs.
A run is {"text": …} with "bold", "italic", "code", "strike" (true where so) and "href".
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from kontor.reports.format import clean

Node: TypeAlias = dict[str, Any]
Run: TypeAlias = dict[str, Any]

SAFE_LINKS = ("http://", "https://", "mailto:")
_MARKS = {"strong": "bold", "em": "italic", "s": "strike"}
_TOP = 2  # a section's title is level 1; what stands below it starts here
_DEEPEST = 4


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and strikethrough, without HTML and images."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def tokens(markdown: str) -> list[Token]:
    """Parse Markdown; headings are re-levelled to start at 2 and never to skip a level."""
    parsed = parser().parse(clean(markdown))
    levels = _heading_levels([int(token.tag[1]) for token in parsed if token.type == "heading_open"])
    for token in parsed:
        if token.type == "heading_open":
            token.tag = f"h{next(levels)}"
            opened = token.tag
        elif token.type == "heading_close":
            token.tag = opened
    return parsed


@lru_cache(maxsize=128)
def tree(markdown: str) -> list[Node]:
    """Return the tree of a Markdown text; shared, so not to be changed."""
    return _nodes(SyntaxTreeNode(tokens(markdown)).children)


def plain(markdown: str) -> list[str]:
    """Return the paragraphs of a Markdown text as plain text, one string per block in reading order."""
    return [text for text in _plain(tree(markdown)) if text]


def runs_text(runs: list[Run]) -> str:
    """Return the text of runs without their marks."""
    return "".join(run["text"] for run in runs)


def _plain(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if "runs" in node:
            yield runs_text(node["runs"])
        elif node["type"] == "list":
            for item in node["items"]:
                yield from _plain(item)
        elif node["type"] == "quote":
            yield from _plain(node["nodes"])
        elif node["type"] == "code":
            yield node["text"]
        elif node["type"] == "table":
            for row in (node["head"], *node["rows"]):
                yield " | ".join(runs_text(runs) for runs in row)


def _heading_levels(levels: list[int]) -> Iterator[int]:
    """Yield a level for each heading, from 2 on, at most one deeper than the heading before."""
    open_levels: list[int] = []
    for level in levels:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        yield min(_TOP + len(open_levels) - 1, _DEEPEST)


def _nodes(children: list[SyntaxTreeNode]) -> list[Node]:
    return [node for child in children if (node := _node(child)) is not None]


def _node(source: SyntaxTreeNode) -> Node | None:
    match source.type:
        case "heading":
            return {"type": "heading", "level": int(source.tag[1]), "runs": _inline(source)}
        case "paragraph":
            return {"type": "paragraph", "runs": _inline(source)}
        case "bullet_list" | "ordered_list":
            return _list(source)
        case "blockquote":
            return {"type": "quote", "nodes": _nodes(source.children)}
        case "fence" | "code_block":
            return {"type": "code", "text": source.content.rstrip("\n")}
        case "table":
            return _table(source)
        case "hr":
            return {"type": "rule"}
    return None


def _list(source: SyntaxTreeNode) -> Node:
    ordered = source.type == "ordered_list"
    start = int(source.attrs.get("start", 1)) if ordered else 1
    items = [_nodes(item.children) for item in source.children]
    return {"type": "list", "ordered": ordered, "start": min(start, 9999), "items": items}


def _table(source: SyntaxTreeNode) -> Node:
    rows = [[_inline(cell) for cell in row.children] for part in source.children for row in part.children]
    return {"type": "table", "head": rows[0], "rows": rows[1:]}


def _inline(source: SyntaxTreeNode) -> list[Run]:
    return [run for child in source.children for run in _runs(child, {})]


def _runs(source: SyntaxTreeNode, marks: Run) -> Iterator[Run]:
    match source.type:
        case "text":
            yield {"text": source.content, **marks}
        case "code_inline":
            yield {"text": source.content, **marks, "code": True}
        case "softbreak":
            yield {"text": " ", **marks}
        case "hardbreak":
            yield {"text": "\n", **marks}
        case "link":
            href = str(source.attrs.get("href", ""))
            inner = {**marks, "href": href} if href.lower().startswith(SAFE_LINKS) else marks
            yield from (run for child in source.children for run in _runs(child, inner))
        case _:
            mark = _MARKS.get(source.type)
            inner = {**marks, mark: True} if mark else marks
            yield from (run for child in source.children for run in _runs(child, inner))
