"""Report → HTML: a fragment for the app's pages, and a file that stands alone."""

from functools import lru_cache
from pathlib import Path

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.reports import charts, prose
from kontor.reports.model import Report
from kontor.reports.printed import (
    PrintedBlock,
    PrintedChart,
    PrintedFigure,
    PrintedFigures,
    PrintedMissing,
    PrintedProse,
    PrintedReport,
    PrintedSection,
    PrintedTable,
    printed,
)

STYLE = Path(__file__).parent / "static" / "reports"
_TAGS = {"p", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a", "br", "hr"}
_TAGS |= {"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}


def render_sections(report: Report) -> SafeString:
    """Return a report's sections for a page of the app, headed by h2, in the report's language.

    The page needs `reports/report.css` for the layout; nothing in here carries a style or a script.
    """
    content = printed(report)
    with override(report.language):
        return format_html_join("\n", "{}", ((_section(section, content),) for section in content.sections))


def render_html(report: Report) -> bytes:
    """Return a report as one file: title, contents, sections, print style; it loads nothing."""
    content = printed(report)
    sections = render_sections(report)
    with override(report.language):
        page = format_html(
            _PAGE,
            language=content.language,
            title=content.title,
            author=content.author,
            style=SafeString(_style()),  # nosec B703
            subtitle=content.subtitle,
            as_of=content.as_of,
            contents=_contents(content),
            sections=sections,
        )
    return page.encode()


_PAGE = """<!DOCTYPE html>
<html lang="{language}" class="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{author}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body class="report-page">
<header class="report-title">
<p class="report-subtitle">{subtitle}</p>
<h1>{title}</h1>
<p>{author}</p>
<p>{as_of}</p>
</header>
{contents}
<main>
{sections}
</main>
</body>
</html>
"""


@lru_cache(maxsize=1)
def _style() -> str:
    return "".join((STYLE / name).read_text(encoding="utf-8") for name in ("page.css", "report.css"))


def _contents(content: PrintedReport) -> SafeString:
    items = format_html_join(
        "\n",
        '<li><a href="#{}"><span>{}</span> {}</a></li>',
        ((section.anchor, section.number, section.title) for section in content.sections),
    )
    title = content.contents
    return format_html(
        '<nav class="report-contents" aria-label="{}"><h2>{}</h2><ol>{}</ol></nav>', title, title, items
    )


def _section(section: PrintedSection, content: PrintedReport) -> SafeString:
    return format_html(
        '<section class="report-section" id="{anchor}" aria-labelledby="{anchor}-title">'
        '<h2 id="{anchor}-title"><span class="report-number">{number}</span> {title}</h2>{blocks}</section>',
        anchor=section.anchor,
        number=section.number,
        title=section.title,
        blocks=format_html_join("\n", "{}", ((_block(block, content),) for block in section.blocks)),
    )


def _block(block: PrintedBlock, content: PrintedReport) -> SafeString:
    match block:
        case PrintedProse():
            return render_prose(block.markdown)
        case PrintedFigures():
            figures = format_html_join("", "{}", ((_figure(figure),) for figure in block.figures))
            notes = _paragraph("report-explanation", block.explanation)
            source = _paragraph("report-source", block.source)
            return format_html('<div class="report-figures">{}</div>{}{}', figures, notes, source)
        case PrintedTable():
            return format_html('<div class="report-block">{}{}</div>', _table(block), _notes(block))
        case PrintedChart():
            return _chart(block, content.language)
        case PrintedMissing():
            return _missing(block)


def render_prose(markdown: str) -> SafeString:
    """Return Markdown as clean HTML for use below an h2: no HTML of the writer's, only safe links."""
    parsed = prose.tokens(markdown)
    for token in parsed:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + 1}"
    raw = prose.parser().renderer.render(parsed, prose.parser().options, {})
    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return format_html('<div class="report-prose">{}</div>', SafeString(clean))  # nosec B703


def _figure(figure: PrintedFigure) -> SafeString:
    return format_html(
        '<div class="report-figure" data-figure="{}"><p class="report-value">{}</p>'
        '<p class="report-label">{}</p>{}{}</div>',
        figure.key,
        figure.value,
        figure.label,
        _paragraph("report-explanation", figure.explanation),
        _paragraph("report-source", figure.source),
    )


def _paragraph(name: str, text: str) -> SafeString:
    return format_html('<p class="{}">{}</p>', name, text) if text else SafeString("")


def _notes(table: PrintedTable) -> SafeString:
    return format_html(
        '{}{}<p class="report-source">{}</p>',
        _paragraph("report-note", table.note),
        _paragraph("report-explanation", table.explanation),
        table.source,
    )


def _table(table: PrintedTable) -> SafeString:
    if not table.rows:
        caption = _paragraph("report-caption", f"{table.label} {table.caption}")
        return format_html("{}{}", caption, _paragraph("report-empty", _("No data.")))
    heads = format_html_join(
        "",
        '<th scope="col"{}>{}</th>',
        ((_align(numeric), head) for head, numeric in zip(table.heads, table.numeric, strict=True)),
    )
    rows = format_html_join("\n", "<tr>{}</tr>", ((_row(row, table.numeric),) for row in table.rows))
    return format_html(
        '<div class="report-scroll" tabindex="0" role="group" aria-label="{caption}">'
        '<table class="report-table">'
        '<caption><span class="report-number">{label}</span> {caption}</caption>'
        "<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>",
        label=table.label,
        caption=table.caption,
        heads=heads,
        rows=rows,
    )


def _row(row: tuple[str, ...], numeric: tuple[bool, ...]) -> SafeString:
    first = format_html('<th scope="row"{}>{}</th>', _align(numeric[0]), row[0])
    rest = format_html_join(
        "",
        "<td{}>{}</td>",
        ((_align(is_number), cell) for cell, is_number in zip(row[1:], numeric[1:], strict=True)),
    )
    return format_html("{}{}", first, rest)


def _align(numeric: bool) -> SafeString:
    return SafeString(' class="n"') if numeric else SafeString("")


def _chart(block: PrintedChart, language: str) -> SafeString:
    table = block.table
    if not table.rows:
        return format_html('<div class="report-block">{}{}</div>', _table(table), _notes(table))
    drawing = charts.screen_svg(block.chart, language, f"{block.label}: {block.alternative}")
    return format_html(
        '<figure class="report-block report-chart" data-chart="{key}">'
        '<figcaption><span class="report-number">{label}</span> {caption}</figcaption>'
        '<div class="report-scroll" tabindex="0" role="group" aria-label="{caption}">{drawing}</div>'
        "{notes}<details><summary>{summary}</summary>{table}</details></figure>",
        key=block.key,
        label=block.label,
        caption=table.caption,
        drawing=SafeString(drawing),  # nosec B703
        notes=_notes(table),
        summary=_("As a table"),
        table=_table(table),
    )


def _missing(block: PrintedMissing) -> SafeString:
    return format_html(
        '<div class="report-missing"><p><strong>{}</strong> {}</p><p>{}</p></div>',
        block.title,
        block.reason,
        block.next_step,
    )
