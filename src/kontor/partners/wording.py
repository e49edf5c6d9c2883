"""How this room says languages and regions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

from kontor.ui.vocabulary import region_name

# Languages in which clusters of Europe and its partners work; more can be typed in an import by their code.
OFFERED = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "is", "et", "lv", "lt", "pl", "cs"),
    *("sk", "hu", "ro", "bg", "sl", "hr", "sr", "el", "tr", "uk", "ga", "mt", "he", "ar", "ja", "ko", "zh"),
)


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(language).languages.items() if len(code) == 2}


def language_name(code: str) -> str:
    """Return a language's name in the reader's language; the code itself where it is unknown."""
    return _names(_reader()).get(code, code)


def language_names(codes: Iterable[str]) -> str:
    """Return the names of several languages with commas."""
    return ", ".join(map(language_name, codes))


def language_choices() -> list[tuple[str, str]]:
    """Return (code, name) of the languages to choose from, by name."""
    return sorted(((code, language_name(code)) for code in OFFERED), key=lambda pair: pair[1].casefold())


def region_text(region: str) -> str:
    """Return a region as people say it: the name of a NUTS code, or the words as they were typed."""
    return region_name(region) or region


def is_language(code: str) -> bool:
    """True for a code of a language."""
    return code in _names("en")


def _reader() -> str:
    return "de" if (get_language() or "en").startswith("de") else "en"
