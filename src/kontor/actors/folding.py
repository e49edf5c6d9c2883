"""Fold names so that people find them however they spell them."""

from __future__ import annotations

import re
import unicodedata

# Letters that carry no separable accent, and the two-letter spellings of the umlauts.
_LETTERS = str.maketrans({"ø": "o", "œ": "o", "æ": "a", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SPELLED_OUT = re.compile(r"([aou])e")
_BETWEEN_WORDS = re.compile(r"[^\w]+")


def folded(text: str) -> str:
    """Return `text` in small letters, without accents and punctuation, umlauts as plain vowels.

    "ae", "oe" and "ue" fold to the vowel too, so that all spellings of a name meet; a few other words meet
    as well, which a search forgives.

    >>> folded("Müller & Söhne"), folded("MUELLER  Soehne"), folded("Straße")
    ('muller sohne', 'muller sohne', 'strasse')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return _BETWEEN_WORDS.sub(" ", _SPELLED_OUT.sub(r"\1", plain)).strip()


def search_key(name: str, short_name: str = "", city: str = "") -> str:
    """Return what an organisation is found by."""
    return " ".join(part for part in map(folded, (name, short_name, city)) if part)


def search_words(query: str) -> list[str]:
    """Return the folded words that a search key must all contain."""
    return folded(query).split()[:8]
