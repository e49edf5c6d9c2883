"""Word's XML as strings; every text is escaped here and nowhere else."""

from xml.sax.saxutils import escape, quoteattr  # nosec B406

from docx.oxml.ns import nsdecls

from kontor.reports.format import clean

NAMESPACES = nsdecls("w", "r")


def attribute(value: str) -> str:
    """Return a text as a quoted XML attribute."""
    return quoteattr(clean(value))


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph; properties: further XML that belongs into w:pPr, in the standard's order."""
    name = style.replace(" ", "")
    return f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="{name}"/>{properties}</w:pPr>{content}</w:p>'


def run(content: str, properties: str = "") -> str:
    """Return a run of ready XML."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def text_run(text: str, properties: str = "") -> str:
    """Return a run of text; newlines become line breaks, tabs tabs."""
    lines = (
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
        for line in clean(text).split("\n")
    )
    return run("<w:br/>".join(lines), properties)


def field(instruction: str, result: str) -> str:
    """Return a field with the result that shows until it is updated."""
    return (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + text_run(result)
        + run('<w:fldChar w:fldCharType="end"/>')
    )


def bookmark(name: str, number: int, content: str) -> str:
    """Return content within a bookmark."""
    start = f'<w:bookmarkStart w:id="{number}" w:name={attribute(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'
