"""Text out of a file that somebody brings: .txt, .md or .docx, whatever it pretends to be."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405 # only the exception; defusedxml reads

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kontor.listening.passages import cleaned
from kontor.listening.problems import ListeningError

LARGEST_FILE = 5_000_000
LONGEST_TRANSCRIPT = 400_000
_LARGEST_PART = 30_000_000
_MOST_PARTS = 5_000
_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ENCODINGS = ("utf-8-sig", "cp1252")
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and .docx with a password


def text_in(name: str, data: bytes) -> str:
    """Return the text of a file.

    Raises ListeningError "interview.file_too_large", "interview.file_kind", "interview.file_locked",
    "interview.file_damaged", "interview.file_empty" or "interview.transcript_too_long".
    """
    if len(data) > LARGEST_FILE:
        raise ListeningError("interview.file_too_large", megabytes=LARGEST_FILE // 1_000_000)
    ending = name.lower().rsplit(".", 1)[-1]
    if ending not in ("txt", "md", "docx"):
        raise ListeningError("interview.file_kind")
    text = cleaned(_of_word(data) if ending == "docx" else _plain(data)).strip("\n")
    if not text.strip():
        raise ListeningError("interview.file_empty")
    return bounded(text)


def bounded(text: str) -> str:
    """Return the text, or raise ListeningError "interview.transcript_too_long"."""
    if len(text) > LONGEST_TRANSCRIPT:
        raise ListeningError("interview.transcript_too_long", most=LONGEST_TRANSCRIPT, found=len(text))
    return text


def _plain(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:  # a picture, a program, a Word file with another ending
        raise ListeningError("interview.file_damaged")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _of_word(data: bytes) -> str:
    """Return the running text of a Word document, one line for each paragraph.

    Only the one part with the text is unpacked, counted while it is: python-docx would unpack all of a file
    that strangers made, pictures and what pretends to be some.
    """
    if data.startswith(_OLD_WORD):
        raise ListeningError("interview.file_locked")
    try:
        root = fromstring(_document(data), forbid_dtd=True)
    except (DefusedXmlException, ParseError, LookupError, ValueError) as problem:
        if isinstance(problem, ListeningError):
            raise
        raise ListeningError("interview.file_damaged") from problem
    return "\n".join(_paragraphs(root))


def _document(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_PARTS or _DOCUMENT not in archive.namelist():
                raise ListeningError("interview.file_damaged")
            if archive.getinfo(_DOCUMENT).flag_bits & 1:
                raise ListeningError("interview.file_locked")
            with archive.open(_DOCUMENT) as stream:
                content = stream.read(_LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise ListeningError("interview.file_damaged") from problem
    except (IndexError, OverflowError, UnicodeDecodeError) as problem:
        raise ListeningError("interview.file_damaged") from problem
    if len(content) > _LARGEST_PART:
        raise ListeningError("interview.file_too_large", megabytes=LARGEST_FILE // 1_000_000)
    return content


def _paragraphs(root: Any) -> Iterator[str]:
    """Yield the text of each paragraph, without recursion: a file may nest as deeply as it likes."""
    line: list[str] = []
    has_paragraph = False
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            if has_paragraph:
                yield "".join(line)
            line, has_paragraph = [], True
        elif element.tag == f"{_W}t":
            line.append(element.text or "")
        elif element.tag == f"{_W}tab":
            line.append("\t")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            line.append("\n")
        if element.tag not in (_FALLBACK, f"{_W}pPr"):
            waiting.extend(reversed(element))
    if has_paragraph:
        yield "".join(line)
