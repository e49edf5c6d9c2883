"""Printed blocks → Word's XML, each with the space it takes."""

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from kontor.reports import charts, prose
from kontor.reports.printed import (
    PrintedBlock,
    PrintedChart,
    PrintedFigure,
    PrintedFigures,
    PrintedMissing,
    PrintedProse,
    PrintedTable,
    column_shares,
)
from kontor.reports.word import pages, tables, xml
from kontor.reports.word.ruler import line_count, width
from kontor.reports.word.styles import BULLETS, STYLES, add_numbering, twips

NARROW, WIDE = 1.08, 1.32  # how much wider than Arial: Georgia, and what may stand in for it
_PIXEL = pages.ROOM_WIDTH / 640  # a drawing is as wide as the text
_TALLEST = pages.ROOM_HEIGHT - 110  # leaves room for the caption and the source
_MARKS = {"bold": "<w:b/>", "italic": "<w:i/>", "strike": "<w:strike/>"}
_CODE = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
_LINK = '<w:color w:val="1C5F8A"/><w:u w:val="single"/>'
_BORDER = '<w:left w:val="single" w:sz="12" w:space="8" w:color="A63D2A"/>'


@dataclass(frozen=True)
class Drawing:
    """A chart's picture and its size in pixels; kept while a section is tried in variants."""

    png: bytes
    across: float
    down: float


@dataclass
class Flow:
    """The content of a section as it grows: XML elements and the atoms of their layout.

    scale: of the pictures; gap: points below a block. Both may be varied a little, so that a section ends
    clearly on a page and not at its very edge.
    """

    document: WordDocument
    language: str
    no_data: str
    heading_size: float
    drawings: dict[str, Drawing]
    scale: float = 1.0
    gap: float = 10.0
    elements: list[Any] = field(default_factory=list)
    atoms: list[pages.Atom] = field(default_factory=list)

    def add(self, style: str, content: str, words: list[tuple[str, bool]], **layout: Any) -> None:
        """Add a paragraph. layout: properties (XML), indent and after in points, keep."""
        indent = layout.get("indent", 0.0)
        size, line, before, after, bold, keep = _measures(style)
        size = self.heading_size * NARROW if style == "Heading 1" else size
        before = self._take_space(before)
        after = layout.get("after", after)
        measured = [(text, marked or bold) for text, marked in words]
        count = line_count(measured, size, pages.ROOM_WIDTH - indent)
        keep = keep or layout.get("keep", False)
        self.atoms += pages.lines(count, line, before=before, after=after, keep=keep)
        element = parse_xml(xml.paragraph(style, content, layout.get("properties", "")))
        if before > _measures(style)[2]:
            element.get_or_add_pPr().spacing_before = Pt(before)
        self.elements.append(element)

    def _take_space(self, before: float) -> float:
        """Let a paragraph with space above take over the space below the one before it.

        Office programs disagree whether the two add up; so there is only ever one of them.
        """
        if not before or not self.elements or not self.elements[-1].tag.endswith("}p"):
            return before
        last = self.atoms[-1]
        self.elements[-1].get_or_add_pPr().spacing_after = Pt(0)
        self.atoms[-1] = replace(last, after=0.0)
        return max(before, last.after)

    def text(self, style: str, text: str, **layout: Any) -> None:
        """Add a paragraph of plain text, or nothing where there is none."""
        if text:
            self.add(style, xml.text_run(text), [(text, False)], **layout)


def add_block(flow: Flow, block: PrintedBlock) -> None:
    """Add a block to a section."""
    match block:
        case PrintedProse():
            add_nodes(flow, prose.tree(block.markdown))
        case PrintedFigures():
            _figures(flow, block)
        case PrintedTable():
            _table(flow, block)
        case PrintedChart():
            _chart(flow, block)
        case PrintedMissing():
            _missing(flow, block)


def add_nodes(flow: Flow, nodes: list[prose.Node], level: int = 0) -> None:
    """Add what people wrote."""
    for node in nodes:
        match node["type"]:
            case "heading" if prose.runs_text(node["runs"]).strip():
                _runs(flow, f"Heading {node['level']}", node["runs"])
            case "paragraph":
                _runs(flow, "Normal", node["runs"], indent=18.0 * level)
            case "list":
                _list(flow, node, level)
            case "quote":
                _quote(flow, node)
            case "code":
                flow.text("Code", node["text"], properties='<w:shd w:val="clear" w:fill="E8F0F5"/>')
            case "rule":
                border = '<w:bottom w:val="single" w:sz="4" w:space="1" w:color="E3DED4"/>'
                flow.add("Normal", "", [], properties=f"<w:pBdr>{border}</w:pBdr>")
            case "table":
                _prose_table(flow, node)


def runs_xml(document: WordDocument, runs: list[prose.Run]) -> str:
    """Return runs as XML, links as hyperlinks."""
    found = []
    for run in runs:
        marks = (_CODE if run.get("code") else "") + "".join(
            mark for name, mark in _MARKS.items() if run.get(name)
        )
        if "href" not in run:
            found.append(xml.text_run(run["text"], marks))
            continue
        relation = document.part.relate_to(run["href"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        found.append(
            f'<w:hyperlink r:id="{relation}">{xml.text_run(run["text"], marks + _LINK)}</w:hyperlink>'
        )
    return "".join(found)


def _runs(flow: Flow, style: str, runs: list[prose.Run], **layout: Any) -> None:
    indent = layout.get("indent")
    if indent and "properties" not in layout:
        layout["properties"] = f'<w:ind w:left="{twips(indent)}"/>'
    flow.add(style, runs_xml(flow.document, runs), _words(runs), **layout)


def _words(runs: list[prose.Run]) -> list[tuple[str, bool]]:
    return [(run["text"], bool(run.get("bold"))) for run in runs]


def _list(flow: Flow, node: prose.Node, level: int) -> None:
    level = min(level, 8)
    number = add_numbering(flow.document, node["start"]) if node["ordered"] else BULLETS
    mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    for item in node["items"]:
        first, rest = (item[0], item[1:]) if item and "runs" in item[0] else ({"runs": []}, item)
        _runs(flow, "List Paragraph", first["runs"], properties=mark, indent=18.0 * (level + 1))
        add_nodes(flow, rest, level + 1)
    if level == 0:
        # The last item stands as far from what follows as a paragraph does.
        spacing = xml.paragraph(
            "Source", "", '<w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/>'
        )
        flow.elements.append(parse_xml(spacing))
        flow.atoms.append(pages.Atom(4.0))


def _quote(flow: Flow, node: prose.Node) -> None:
    border = f'<w:pBdr>{_BORDER}</w:pBdr><w:ind w:left="240"/>'
    for inner in node["nodes"]:
        if "runs" in inner:
            _runs(flow, "Quote", inner["runs"], properties=border, indent=12.0)
        else:
            add_nodes(flow, [inner], 1)


def _figures(flow: Flow, block: PrintedFigures) -> None:
    for start in range(0, len(block.figures), 4):
        row = block.figures[start : start + 4]
        share = pages.ROOM_WIDTH / max(len(row), 2)
        cells = [_figure_cell(figure, share - 12) for figure in row]
        flow.elements.append(parse_xml(tables.figure_table([cell for cell, _ in cells], share)))
        flow.atoms.append(
            pages.Atom(max(height for _, height in cells) + 2 * tables.FIGURE_PADDING + 1, keep=True)
        )
    notes = [text for text in (block.explanation, block.source) if text]
    for text in notes[:-1]:
        flow.text("Source", text, keep=True)
    last = notes[-1] if notes else " "
    flow.text("Source", last, properties=_after(flow.gap), after=flow.gap)


def _figure_cell(figure: PrintedFigure, room: float) -> tuple[str, float]:
    size = min(17.0, max(9.0, 16.6 * room / max(width(figure.value, 17.0, bold=True), 1.0)))
    parts = [("Figure Value", figure.value), ("Figure Label", figure.label)]
    parts += [("Source", text) for text in (figure.explanation, figure.source) if text]
    height, content = 0.0, ""
    for style, text in parts:
        type_size, line, before, after, bold, _ = _measures(style)
        is_value = style == "Figure Value"
        height += line_count([(text, bold)], size if is_value else type_size, room) * line + before + after
        fitted = f'<w:sz w:val="{int(size * 2)}"/>' if is_value else ""
        content += xml.paragraph(style, xml.text_run(text, fitted), "<w:keepLines/>")
    return content, height


def _table(flow: Flow, table: PrintedTable) -> None:
    _caption(flow, table)
    if not table.rows:
        flow.text("Source", flow.no_data, keep=True)
    else:
        cells = [[xml.text_run(cell) for cell in row] for row in table.rows]
        heads = [xml.text_run(head) for head in table.heads]
        shape = tables.Shape(column_shares(table.heads, table.rows), table.numeric, table.caption)
        flow.elements.append(parse_xml(tables.table(heads, cells, shape)))
        words = [[[(cell, False)] for cell in row] for row in table.rows]
        flow.atoms += tables.atoms([[(head, True)] for head in table.heads], words, shape)
    _notes(flow, table)


def _prose_table(flow: Flow, node: prose.Node) -> None:
    rows = [node["head"], *node["rows"]]
    texts = tuple(tuple(prose.runs_text(cell) for cell in row) for row in rows)
    shape = tables.Shape(column_shares(texts[0], texts[1:]), (False,) * len(texts[0]), "")
    cells = [[runs_xml(flow.document, cell) for cell in row] for row in rows]
    flow.elements.append(parse_xml(tables.table(cells[0], cells[1:], shape)))
    words = [[_words(cell) for cell in row] for row in rows]
    flow.atoms += tables.atoms(words[0], words[1:], shape)
    flow.text("Source", " ", properties=_after(4), after=4.0)


def _caption(flow: Flow, table: PrintedTable) -> None:
    label = xml.text_run(f"{table.label}  ", '<w:b w:val="0"/><w:color w:val="4A5A66"/>')
    words = [(f"{table.label}  ", False), (table.caption, True)]
    flow.add("Caption", label + xml.text_run(table.caption), words)


def _notes(flow: Flow, table: PrintedTable) -> None:
    texts = [text for text in (table.note, table.explanation, table.source) if text]
    for number, text in enumerate(texts):
        last = number == len(texts) - 1
        space = f'<w:spacing w:before="{0 if number else 80}" w:after="{twips(flow.gap if last else 2)}"/>'
        keep = "" if last else "<w:keepNext/>"
        after = flow.gap if last else 2.0
        if number == 0:
            flow.atoms.append(pages.Atom(4.0, keep=True))
        flow.text("Source", text, properties=keep + space, after=after, keep=not last)


def _chart(flow: Flow, block: PrintedChart) -> None:
    if not block.table.rows:
        _table(flow, block.table)
        return
    _caption(flow, block.table)
    drawing = flow.drawings.get(block.key)
    if drawing is None:
        size = charts.size(charts.svg(block.chart, flow.language))
        drawing = flow.drawings[block.key] = Drawing(charts.png(block.chart, flow.language), *size)
    scale = min(_PIXEL * flow.scale, _TALLEST / drawing.down)
    place = Pt(drawing.across * scale), Pt(drawing.down * scale)
    inline = flow.document.part.new_pic_inline(BytesIO(drawing.png), *place)
    inline.docPr.set("descr", block.alternative)
    inline.docPr.set("name", block.label)
    holder = parse_xml(xml.paragraph("Picture", xml.run("<w:drawing/>")))
    holder.find(f".//{qn('w:drawing')}").append(inline)
    flow.elements.append(holder)
    flow.atoms.append(pages.Atom(drawing.down * scale + 1, keep=True))
    _notes(flow, block.table)


def _missing(flow: Flow, block: PrintedMissing) -> None:
    border = f'<w:pBdr>{_BORDER}</w:pBdr><w:ind w:left="240"/>'
    title = xml.text_run(f"{block.title}: ", "<w:b/>")
    words = [(f"{block.title}: ", True), (block.reason, False)]
    flow.add(
        "Missing", title + xml.text_run(block.reason), words, properties=f"<w:keepNext/>{border}", keep=True
    )
    space = f'<w:pBdr>{_BORDER}</w:pBdr><w:spacing w:after="{twips(flow.gap)}"/><w:ind w:left="240"/>'
    flow.text("Missing", block.next_step, properties=space, after=flow.gap)


def _after(points: float) -> str:
    return f'<w:spacing w:after="{twips(points)}"/>'


def _measures(style: str) -> tuple[float, float, float, float, bool, bool]:
    _font, size, line, before, after, _colour, bold, _italic, keep = STYLES[style]
    return size, line, before, after, bold, keep
