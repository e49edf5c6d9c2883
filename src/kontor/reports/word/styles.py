"""The Word document's frame: paper, styles, numbering, running heads, language."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from kontor.reports.word import pages
from kontor.reports.word.xml import field, paragraph, run, text_run

LANGUAGES = {"de": "de-DE", "en": "en-GB"}
# Georgia and Arial are on every office machine; Arial's widths are also those of its free twin, so whatever
# may fill lines is set in it. Georgia, for titles only, is replaced by something wider where it is missing.
SERIF, SANS = "Georgia", "Arial"
SEA, BRICK, INK, MUTED = "0F3D5C", "A63D2A", "16242F", "4A5A66"
BULLETS, NUMBERS, CHAPTERS = 90, 91, 92

# name: font, size, line, before, after, colour, bold, italic, keep with next
STYLES: dict[str, tuple[str, float, float, float, float, str, bool, bool, bool]] = {
    "Normal": (SANS, 10, 15, 0, 7, INK, False, False, False),
    "Heading 1": (SERIF, 18, 24, 0, 12, SEA, True, False, True),
    "Heading 2": (SANS, 12, 17, 12, 5, SEA, True, False, True),
    "Heading 3": (SANS, 10.5, 15, 9, 4, SEA, True, False, True),
    "Heading 4": (SANS, 10, 14, 8, 3, SEA, False, True, True),
    "Title": (SERIF, 28, 35, 12, 14, SEA, True, False, False),
    "Subtitle": (SANS, 12, 16, 200, 0, MUTED, False, False, False),
    "TOC Heading": (SERIF, 18, 24, 0, 14, SEA, True, False, True),
    "TOC 1": (SANS, 10, 16, 0, 6, INK, False, False, False),
    "Caption": (SANS, 9.5, 13, 8, 4, INK, True, False, True),
    "Quote": (SANS, 10, 15, 0, 8, INK, False, True, False),
    "List Paragraph": (SANS, 10, 15, 0, 3, INK, False, False, False),
    "Table Text": (SANS, 9, 12, 0, 0, INK, False, False, False),
    "Table Head": (SANS, 8.5, 12, 0, 0, MUTED, True, False, False),
    "Source": (SANS, 8.5, 11.5, 0, 2, MUTED, False, False, False),
    "Figure Value": (SANS, 17, 22, 0, 1, SEA, True, False, True),
    "Figure Label": (SANS, 9, 12, 0, 2, INK, True, False, False),
    "Picture": (SANS, 1, 1, 0, 0, INK, False, False, True),
    "Code": ("Courier New", 8.5, 12, 0, 8, INK, False, False, False),
    "Missing": (SANS, 10, 15, 0, 3, INK, False, False, False),
    "Header": (SANS, 8, 10, 0, 0, MUTED, False, False, False),
    "Footer": (SANS, 8, 10, 0, 0, MUTED, False, False, False),
}


def prepare(document: WordDocument, language: str, heading_size: float) -> None:
    """Give an empty document its paper, styles and language, and its section titles their size."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(pages.PAGE_WIDTH), Pt(pages.PAGE_HEIGHT)
    section.left_margin = section.right_margin = Pt(pages.SIDE)
    section.top_margin, section.bottom_margin = Pt(pages.TOP), Pt(pages.BOTTOM)
    section.header_distance, section.footer_distance = Pt(34), Pt(28)
    section.different_first_page_header_footer = True
    _set_language(document, LANGUAGES[language])
    for name in STYLES:
        _style(document, name)
    document.styles["Heading 1"].font.size = Pt(heading_size)
    heading = document.styles["Heading 1"].element.get_or_add_pPr()
    heading.append(parse_xml(f"<w:pageBreakBefore {nsdecls('w')}/>"))
    heading.get_or_add_numPr().get_or_add_numId().val = CHAPTERS
    _order(heading)
    _numbering(document)
    _settings(document)


def running_heads(document: WordDocument, head: str, foot: str, page_of: str) -> None:
    """Print the title above and "Page X of Y" below every page but the first."""
    section = document.sections[0]
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    before, rest = page_of.split("%(page)s")
    between, after = rest.split("%(pages)s")
    clear = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in (4320, 8640))
    stop = f'<w:tabs>{clear}<w:tab w:val="right" w:pos="{twips(pages.ROOM_WIDTH)}"/></w:tabs>'
    count = (
        text_run(before) + field("PAGE", "2") + text_run(between) + field("NUMPAGES", "2") + text_run(after)
    )
    _replace(section.header, paragraph("Header", text_run(head[:110])))
    _replace(section.footer, paragraph("Footer", text_run(foot[:80]) + run("<w:tab/>") + count, stop))


def twips(points: float) -> int:
    """Return a length in Word's twentieths of a point."""
    return round(points * 20)


def style_id(name: str) -> str:
    """Return the id under which a style of ours is stored."""
    return name.replace(" ", "")


def add_numbering(document: WordDocument, start: int) -> int:
    """Return the number of a new ordered list that begins at `start`."""
    numbering = document.part.numbering_part.element
    number = max((int(item.get(qn("w:numId"))) for item in numbering.findall(qn("w:num"))), default=0) + 1
    over = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/>{over}</w:num>'
        )
    )
    return number


def _replace(part: Any, xml: str) -> None:
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(parse_xml(xml))


def _style(document: WordDocument, name: str) -> None:
    font, size, line, before, after, colour, bold, italic, keep = STYLES[name]
    try:
        style = document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    element = style.element
    element.set(qn("w:styleId"), style_id(name))
    for tag in ("w:pPr", "w:rPr"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    if name != "Normal":
        style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next, layout.widow_control = keep, True
    spacing = element.pPr.find(qn("w:spacing"))
    spacing.set(qn("w:line"), str(twips(line)))
    spacing.set(qn("w:lineRule"), "auto" if name == "Picture" else "atLeast")
    if name == "Picture":
        spacing.set(qn("w:line"), "240")
    if name.startswith("Heading"):
        element.pPr.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{int(name[-1]) - 1}"/>'))


def _order(properties: Any) -> None:
    """Put a style's paragraph properties into the order that the standard asks for."""
    order = (
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "widowControl",
        "numPr",
        "spacing",
        "ind",
        "outlineLvl",
    )
    children = sorted(properties, key=lambda child: order.index(child.tag.split("}")[1]))
    for child in children:
        properties.remove(child)
    properties.extend(children)


def _set_language(document: WordDocument, code: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for old in defaults.iter(qn("w:lang")):
        old.set(qn("w:val"), code)
        old.set(qn("w:eastAsia"), code)


def _numbering(document: WordDocument) -> None:
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for number, levels in (
        (BULLETS, [("bullet", "•"), ("bullet", "–"), ("bullet", "·")] * 3),
        (NUMBERS, [("decimal", f"%{n}.") for n in range(1, 10)]),
    ):
        numbering.append(parse_xml(_abstract(number, "".join(_level(n, *it) for n, it in enumerate(levels)))))
    chapter = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/>'
        '<w:lvlText w:val="%1"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr>'
        f'<w:rPr><w:b w:val="0"/><w:color w:val="{BRICK}"/></w:rPr></w:lvl>'
    )
    numbering.append(parse_xml(_abstract(CHAPTERS, chapter)))
    for number in (BULLETS, NUMBERS, CHAPTERS):
        xml = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        numbering.append(parse_xml(xml))


def _abstract(number: int, levels: str) -> str:
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'


def _level(level: int, kind: str, mark: str) -> str:
    left = 360 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="300"/></w:pPr>'
        f'<w:rPr><w:color w:val="{BRICK}"/></w:rPr></w:lvl>'
    )


def _settings(document: WordDocument) -> None:
    """Say that this is a document of today's Word, not one in compatibility mode."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    uri = "http://schemas.microsoft.com/office/word"
    mode = f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
    compat = parse_xml(f"<w:compat {nsdecls('w')}>{mode}</w:compat>")
    later = (
        "rsids",
        "mathPr",
        "themeFontLang",
        "clrSchemeMapping",
        "shapeDefaults",
        "decimalSymbol",
        "listSeparator",
    )
    following = [child for child in settings if child.tag.split("}")[1] in later]
    if following:
        following[0].addprevious(compat)
    else:
        settings.append(compat)
