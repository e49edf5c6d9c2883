"""Report → Word: real headings, contents that are right when the document is first opened.

Word shows a contents table as it is stored and asks before it renews one. So we store the true page numbers:
each section begins on a new page, and a dry run of the layout counts the pages that it fills. Where a section
would end at the very edge of a page, its pictures and gaps give way a little, until the end is clear.
"""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from kontor.reports.model import Report
from kontor.reports.printed import PrintedReport, PrintedSection, printed
from kontor.reports.word import pages, xml
from kontor.reports.word.blocks import NARROW, WIDE, Drawing, Flow, add_block
from kontor.reports.word.ruler import line_count, width
from kontor.reports.word.styles import LANGUAGES, STYLES, prepare, running_heads, twips

# Scale of the pictures, space below a block, more space below the section's title; the plainest first.
_VARIANTS = (
    (1.0, 10.0, 0.0),
    (1.0, 13.0, 0.0),
    (0.94, 10.0, 0.0),
    (1.0, 10.0, 16.0),
    (0.94, 13.0, 0.0),
    (1.0, 7.0, 0.0),
    (1.0, 10.0, 32.0),
    (0.88, 10.0, 0.0),
    (0.94, 10.0, 16.0),
    (0.88, 13.0, 24.0),
    (1.0, 8.0, 44.0),
)
_NUMBER_INDENT = 28.35
_HEADING_SIZES = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0)


def render_docx(report: Report) -> bytes:
    """Return the report as a Word document."""
    content = printed(report)
    document = Document()
    size = _heading_size([section.title for section in content.sections])
    prepare(document, content.language, size)
    _properties(document, content, report)
    running_heads(document, content.title, content.author, content.page_of)
    flows, counts = [], []
    for section in content.sections:
        flow, count = _section(document, content, section, size)
        flows.append(flow)
        counts.append(count)
    body = document.element.body
    end = body.sectPr
    for element in (*_title_page(content), *_contents(content, counts)):
        end.addprevious(element)
    for flow in flows:
        for element in flow.elements:
            end.addprevious(element)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _section(
    document: WordDocument, content: PrintedReport, section: PrintedSection, size: float
) -> tuple[Flow, int]:
    """Set a section in the variant whose end is the clearest; return it and its pages."""
    best: tuple[Flow, pages.Fit] | None = None
    drawings: dict[str, Drawing] = {}
    for scale, gap, lead in _VARIANTS:
        flow = Flow(document, content.language, content.no_data, size, drawings, scale, gap)
        _heading(flow, section, lead)
        for block in section.blocks:
            add_block(flow, block)
        fit = _fit(flow, section.title)
        if best is None or fit.doubts < best[1].doubts:
            best = flow, fit
        if fit.doubts == 0:
            break
    assert best is not None  # nosec B101
    return best[0], best[1].pages


def _fit(flow: Flow, title: str) -> pages.Fit:
    """Return how a section falls onto pages, with a title that may fill one line more in a wider face."""
    more = _title_lines(title, flow.heading_size, WIDE) - _title_lines(title, flow.heading_size, NARROW)
    wider = [pages.Atom(STYLES["Heading 1"][2] * more, keep=True), *flow.atoms]
    return pages.fit(flow.atoms, [wider] if more else [])


def _heading(flow: Flow, section: PrintedSection, lead: float) -> None:
    title = section.title or "–"
    mark = xml.bookmark(_anchor(section), section.number, xml.text_run(title))
    after = STYLES["Heading 1"][4] + lead
    space = f'<w:spacing w:after="{twips(after)}"/>' if lead else ""
    flow.add("Heading 1", mark, [(title, False)], indent=_NUMBER_INDENT, after=after, properties=space)


def _heading_size(titles: list[str]) -> float:
    """Return the largest size at which each title breaks into as many lines in Georgia as in a wider face."""

    def doubtful(size: float) -> int:
        return sum(_title_lines(title, size, NARROW) != _title_lines(title, size, WIDE) for title in titles)

    return min(_HEADING_SIZES, key=lambda size: (doubtful(size), -size))


def _title_lines(title: str, size: float, face: float) -> int:
    return line_count([(title, True)], size * face, pages.ROOM_WIDTH - _NUMBER_INDENT)


def _anchor(section: PrintedSection) -> str:
    return f"_Toc{section.number:06d}"


def _properties(document: WordDocument, content: PrintedReport, report: Report) -> None:
    core = document.core_properties
    core.title, core.author, core.subject = content.title[:255], content.author[:255], content.subtitle[:255]
    core.language, core.comments, core.last_modified_by = (
        LANGUAGES[content.language],
        "",
        content.author[:255],
    )
    made = datetime(report.as_of.year, report.as_of.month, report.as_of.day, tzinfo=UTC)
    core.created = core.modified = made


def _title_page(content: PrintedReport) -> list[object]:
    rule = (
        '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="10" w:color="A63D2A"/></w:pBdr>'
        f'<w:ind w:right="{twips(pages.ROOM_WIDTH - 70)}"/>'
    )
    parts = (
        xml.paragraph("Subtitle", xml.text_run(content.subtitle)),
        xml.paragraph("Title", xml.text_run(content.title, _title_size(content.title))),
        xml.paragraph("Normal", "", rule),
        xml.paragraph("Normal", xml.text_run(content.author)),
        xml.paragraph("Normal", xml.text_run(content.as_of, '<w:color w:val="4A5A66"/>')),
    )
    return [parse_xml(part) for part in parts]


def _title_size(title: str) -> str:
    """Return the size at which the longest word of a title fits on a line, even in a wide fallback font."""
    longest = max((width(word, 1.0, bold=True) for word in title.split()), default=1.0)
    return f'<w:sz w:val="{int(2 * max(14.0, min(28.0, pages.ROOM_WIDTH / (longest * WIDE))))}"/>'


def _contents(content: PrintedReport, counts: list[int]) -> list[object]:
    """Return the contents as a field that holds its entries, page numbers included."""
    page = 1 + _contents_pages(content) + 1
    heading = xml.paragraph("TOC Heading", xml.text_run(content.contents), "<w:pageBreakBefore/>")
    begin = xml.run('<w:fldChar w:fldCharType="begin"/>')
    begin += xml.run('<w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText>')
    begin += xml.run('<w:fldChar w:fldCharType="separate"/>')
    end = xml.run('<w:fldChar w:fldCharType="end"/>')
    stops = f'<w:tab w:val="left" w:pos="{twips(_NUMBER_INDENT)}"/>'
    stops += f'<w:tab w:val="right" w:leader="dot" w:pos="{twips(pages.ROOM_WIDTH)}"/>'
    layout = f'<w:tabs>{stops}</w:tabs><w:ind w:left="567" w:hanging="567"/>'
    entries = []
    for index, (section, count) in enumerate(zip(content.sections, counts, strict=True)):
        words = xml.text_run(f"{section.number}\t{section.title or '–'}\t")
        number = xml.field(f"PAGEREF {_anchor(section)} \\h", str(page))
        link = f'<w:hyperlink w:anchor="{_anchor(section)}" w:history="1">{words}{number}</w:hyperlink>'
        opening = begin if index == 0 else ""
        closing = end if index == len(counts) - 1 else ""
        entries.append(xml.paragraph("TOC 1", opening + link + closing, layout))
        page += count
    return [parse_xml(part) for part in (heading, *entries)]


def _contents_pages(content: PrintedReport) -> int:
    _font, size, line, _before, after, *_rest = STYLES["TOC 1"]
    atoms = pages.lines(1, 24.0, after=14.0, keep=True)
    for section in content.sections:
        count = line_count([(section.title, False)], size, pages.ROOM_WIDTH - 2 * _NUMBER_INDENT)
        atoms += pages.lines(count, line, after=after)
    return pages.fit(atoms).pages
