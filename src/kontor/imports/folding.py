"""One spelling for comparing: no case, no umlauts, no punctuation."""

from __future__ import annotations

import re
import unicodedata

_WORDS = re.compile(r"[^\W_]+")
# What NFKD leaves alone, and the German way to write umlauts without umlauts.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
)


def folded(text: str) -> str:
    """Return the words of the text for comparing, joined by single blanks.

    >>> folded("TECHNISCHE UNIVERSITAET GRAZ") == folded("Technische Universität  Graz")
    True
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(text.casefold()))
