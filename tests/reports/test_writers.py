"""Every writer, with a report of every kind of block and with texts that have broken writers before."""

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pypdf
import pytest
from defusedxml import ElementTree
from django.utils.translation import gettext_lazy, override
from docx import Document
from docx.oxml.ns import qn

from kontor.reports.docx import render_docx
from kontor.reports.html import render_html, render_prose, render_sections
from kontor.reports.model import Prose, Report, Section
from kontor.reports.pdf import render_pdf
from kontor.reports.xlsx import render_xlsx
from tests.reports import hostile, sample


class Page(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what was opened."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def small(language: str = "de") -> Report:
    return sample.report(language, charts=3, tables=4)


def with_title(title: object, language: str) -> Report:
    return Report(title, "", "", language, sample.AS_OF, (Section("a", "A", (Prose("x"),)),))


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_breaks_the_page(name):
    page = Page()
    page.feed(render_html(hostile.report(hostile.TEXTS[name])).decode())

    assert (page.tags & {"script", "img", "b"}, page.attributes & {"onclick", "style"}) == (set(), set())
    assert {link.split(":")[0] for link in page.links if not link.startswith("#")} <= {"https"}


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_breaks_the_word_document(name):
    book = zipfile.ZipFile(BytesIO(render_docx(hostile.report(hostile.TEXTS[name]))))

    assert [ElementTree.fromstring(book.read(part)) for part in book.namelist() if part.endswith(".xml")]


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_breaks_the_pdf(name):
    assert len(pypdf.PdfReader(BytesIO(render_pdf(hostile.report(hostile.TEXTS[name])))).pages) >= 4


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_becomes_a_formula(name):
    book = openpyxl.load_workbook(BytesIO(render_xlsx(hostile.report(hostile.TEXTS[name]))))

    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds


def test_markup_of_the_pdf_machine_is_printed_as_text():
    pdf = pypdf.PdfReader(BytesIO(render_pdf(with_title('#panic("x") $x$ *b*', "en"))))

    assert '#panic("x") $x$ *b*' in pdf.pages[0].extract_text()


def test_the_pdf_is_tagged_and_has_bookmarks_and_a_language():
    pdf = pypdf.PdfReader(BytesIO(render_pdf(small())))

    tops = [item.title for item in pdf.outline if not isinstance(item, list)]
    catalogue = pdf.trailer["/Root"]
    assert (catalogue["/MarkInfo"]["/Marked"], catalogue["/Lang"]) == (True, "de-DE")
    assert [top.split(" ", 1)[1] for top in tops[-10:]] == list(sample.WORDS["de"]["sections"])


def test_the_contents_of_the_pdf_name_the_pages():
    pdf = pypdf.PdfReader(BytesIO(render_pdf(small("en"))))

    last = [item for item in pdf.outline if not isinstance(item, list)][-1]
    page = pdf.get_destination_page_number(last) + 1
    contents = "".join(sheet.extract_text() for sheet in pdf.pages[1:3])
    assert re.search(rf"Indicators and how we know that it works[\s.\u2060]*{page}\b", contents)


def test_the_word_document_says_who_wrote_it_and_in_which_language():
    core = Document(BytesIO(render_docx(small("en")))).core_properties

    assert (core.title, core.author, core.language) == (
        "Internationalisation concept 2027–2031",
        "Nordlicht Sensorik cluster management",
        "en-GB",
    )


def test_the_word_document_has_real_headings_and_repeats_the_heads_of_tables():
    document = Document(BytesIO(render_docx(small())))

    heads = [row for table in document.tables for row in table._tbl.iter(qn("w:tblHeader"))]
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert (titles, len(heads)) == (list(sample.WORDS["de"]["sections"]), 4 + 10)


def test_pictures_in_word_are_described():
    document = Document(BytesIO(render_docx(small("en"))))

    described = [item.get("descr") for item in document.element.iter(qn("wp:docPr"))]
    assert [text.split(":")[0] for text in described] == ["Bar chart", "Line chart", "Stacked bar chart"]


def test_the_contents_in_word_hold_a_page_number_for_each_section_and_no_field_asks_to_be_renewed():
    document = Document(BytesIO(render_docx(small())))

    entries = [p.text.split("\t") for p in document.paragraphs if p.style.name == "TOC 1"]
    xml = document.element.xml + document.settings.element.xml
    assert [entry[1] for entry in entries] == list(sample.WORDS["de"]["sections"])
    assert all(int(entry[2]) >= 3 for entry in entries)
    assert ("w:dirty" in xml, "updateFields" in xml) == (False, False)


def test_a_lazy_text_speaks_the_language_of_the_report():
    with override("en"):
        page = render_html(with_title(gettext_lazy("Contents"), "de")).decode()

    assert "<h1>Inhalt</h1>" in page


def test_a_page_of_the_app_carries_no_style_and_no_script():
    html = render_sections(small())

    assert re.findall(r"<style|<script| style=| on[a-z]+=", html) == []


def test_a_table_on_a_page_has_a_caption_and_heads_with_scope():
    html = render_sections(small("en"))

    counts = [
        len(re.findall(what, html)) for what in ("<caption>", 'scope="col"', "<figcaption>", "<details>")
    ]
    assert counts == [7, 7 * 4, 3, 3]


def test_prose_keeps_its_headings_below_the_section():
    assert render_prose("# a").replace("\n", "") == '<div class="report-prose"><h3>a</h3></div>'


def test_the_workbook_has_a_sheet_for_each_table_and_links_to_it():
    book = openpyxl.load_workbook(BytesIO(render_xlsx(small())))

    linked = [
        cell.hyperlink.location.split("!")[0].strip("'") for cell in book.worksheets[0]["A"] if cell.hyperlink
    ]
    assert linked == book.sheetnames[1:]


def test_numbers_in_the_workbook_stay_numbers():
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(small("en")))).worksheets[1]

    assert [cell.value for cell in sheet[5]] == ["Netherlands", 1420, 0.41, 3.75]
