"""Names of languages in files → codes, and back."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_IN_PARENTHESES = re.compile(rf"(.*)\(\s*({_CODE.pattern})\s*\)\s*$", re.DOTALL)
# ISO 639 keeps qaa to qtz for languages that it does not know.
_OWN = tuple(
    f"q{second}{third}" for second in "abcdefghijklmnopqrst" for third in "abcdefghijklmnopqrstuvwxyz"
)
_NAMED_IN = ("en", "de", "fr", "es", "it", "nl", "pl")


class Languages:
    """Gives each language of a file a code; one that nobody knows gets a code of its own.

    strange: names without a known code → the code they were given.
    """

    def __init__(self) -> None:
        self.strange: dict[str, str] = {}

    def code(self, name: str) -> str:
        """Return the code of a language by its name, its code, or "Name (code)".

        >>> Languages().code("English"), Languages().code("Deutsch (de)"), Languages().code("Elvish")
        ('en', 'de', 'qaa')
        """
        name = " ".join(name.split())
        given = _IN_PARENTHESES.fullmatch(name)
        if given:
            return given[2].replace("_", "-")
        known = _names().get(name.casefold())
        if known:
            return known
        if _CODE.fullmatch(name) and _is_known(name):
            return name.replace("_", "-")
        return self.strange.setdefault(name, _OWN[len(self.strange) % len(_OWN)])


def heading(code: str) -> str:
    """Return how a language stands above a column: "Deutsch (de)"."""
    try:
        name = Locale.parse(code, sep="-" if "-" in code else "_").get_display_name(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        name = None
    return f"{name.split(' (')[0] if name else code} ({code})"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return names of languages, as others and as they themselves write them, folded → code."""
    names: dict[str, str] = {}
    for code in sorted(each for each in locale_identifiers() if "_" not in each):
        own = Locale(code).languages.get(code)
        if own:
            names.setdefault(own.casefold(), code)
    for reader in _NAMED_IN:
        for code, name in Locale(reader).languages.items():
            if "_" not in code:
                names.setdefault(name.casefold(), code)
    return names


def _is_known(code: str) -> bool:
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return code.split("-")[0].split("_")[0].lower() in Locale("en").languages
    return True


def name_in(code: str, reader: str) -> str:
    """Return the name of a language in the reader's language, the code itself where it has none.

    >>> name_in("de", "en"), name_in("qaa", "en")
    ('German', 'qaa')
    """
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(reader[:2]) or code
    except (UnknownLocaleError, ValueError, TypeError):
        return code
