"""Codes of countries as publishers write them → ISO 3166-1 alpha-2, and what is no country."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from babel.core import get_global

from kontor.imports import parsers
from kontor.imports.refused import FieldFault
from kontor.ui.vocabulary import country_choices

_FILE = Path(__file__).parent / "catalogue" / "places.toml"


@lru_cache(maxsize=1)
def _places() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Return the publishers' own codes, the groups of countries, and the places without a code."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    none = content["none"]
    return content["codes"], frozenset(none["groups"].split()), frozenset(none["places"].split())


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return every code of two or three letters → the two letters by which the house knows the country."""
    countries = {code for code, _name in country_choices("en")}
    aliases = get_global("territory_aliases")
    three = {
        alias: codes[0]
        for alias, codes in aliases.items()
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in countries
    }
    return {code: code for code in countries} | three | _places()[0]


def is_group(code: str) -> bool:
    """Tell whether a code names a group of countries, such as the World or the Euro area."""
    return code.strip().upper() in _places()[1]


def is_without_code(code: str) -> bool:
    """Tell whether a code names a place that ISO 3166 knows no code for, such as the Channel Islands."""
    return code.strip().upper() in _places()[2]


def is_current(code: str) -> bool:
    """Tell whether a code is the one in use today: of two rows for one country it counts more.

    >>> is_current("ROU"), is_current("ROM")
    (True, False)
    """
    return code.strip().upper() not in _places()[0]


def country_of(code: str, name: str = "") -> str:
    """Return the ISO 3166-1 alpha-2 code of a publisher's code, or else of a name; "" where neither is known.

    >>> country_of("DEU"), country_of("ROM"), country_of("XKX"), country_of("uk"), country_of("WLD")
    ('DE', 'RO', 'XK', 'GB', '')
    >>> country_of("", "Slovak Republic"), country_of("", "Euro area")
    ('SK', '')
    """
    upper = code.strip().upper()
    if upper in _places()[1] | _places()[2]:
        return ""
    found = _known().get(upper, "")
    if found or upper:
        return found
    try:
        return parsers.country(name) or ""
    except FieldFault:
        return ""
