"""Transcripts from files: what is read, and what hostile files get to hear."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from kontor.listening.problems import ListeningError
from kontor.listening.transcripts import LARGEST_FILE, text_in

WORDS = "Wir brauchen Leute 🙂, die שלום sagen."


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_in_the_encoding_it_has(encoding):
    assert text_in("a.txt", WORDS.encode(encoding)) == WORDS


def test_a_text_file_of_old_windows_is_read():
    assert text_in("a.md", "Größe – „ja“".encode("cp1252")) == "Größe – „ja“"


def test_line_ends_of_windows_become_plain_ones():
    assert text_in("a.txt", b"a\r\nb\r\n") == "a\nb"


def test_a_word_file_gives_one_line_for_each_paragraph():
    assert text_in("A.DOCX", docx(WORDS, "", "Ende")) == f"{WORDS}\n\nEnde"


def test_tables_of_a_word_file_are_read_in_their_place():
    document = Document()
    document.add_paragraph("Vorher")
    document.add_table(1, 2).rows[0].cells[1].text = "Zelle"
    document.add_paragraph("Nachher")
    file = io.BytesIO()
    document.save(file)

    assert text_in("a.docx", file.getvalue()).split() == ["Vorher", "Zelle", "Nachher"]


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7", "interview.file_kind"),
        ("a", b"text", "interview.file_kind"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "interview.file_kind"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "interview.file_locked"),
        ("a.docx", b"no archive", "interview.file_damaged"),
        ("a.docx", b"", "interview.file_damaged"),
        ("a.docx", archive(xl__workbook_xml=b"<a/>"), "interview.file_damaged"),
        ("a.docx", archive(word__document_xml=b"<w:p>"), "interview.file_damaged"),
        ("a.docx", archive(word__document_xml=ENTITIES), "interview.file_damaged"),
        ("a.docx", docx("Text")[:-200], "interview.file_damaged"),
        ("a.docx", archive(word__document_xml=b" " * 40_000_000), "interview.file_too_large"),
        ("a.docx", docx(""), "interview.file_empty"),
        ("a.txt", b" \n ", "interview.file_empty"),
        ("a.txt", b"\x89PNG\r\n\x00\x00", "interview.file_damaged"),
        ("a.txt", b"x" * (LARGEST_FILE + 1), "interview.file_too_large"),
        ("a.txt", b"x" * 400_001, "interview.transcript_too_long"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(name, data, code):
    with pytest.raises(ListeningError) as refusal:
        text_in(name, data)

    assert refusal.value.code == code


def test_a_word_file_nested_very_deeply_is_read_or_refused_without_a_crash():
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    depth = 20_000
    body = "<w:sdt>" * depth + "<w:p><w:r><w:t>Tief</w:t></w:r></w:p>" + "</w:sdt>" * depth
    document = f'<w:document xmlns:w="{namespace}">{body}</w:document>'.encode()

    assert text_in("a.docx", archive(word__document_xml=document)) == "Tief"
