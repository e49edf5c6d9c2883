"""Vocabularies: sectors (NACE Rev. 2.1), regions (NUTS 2024) and countries, each in the reader's language.

The tables are made by tools/vendor.py; each line is one entry, its fields parted by tabs.
"""

from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

_FOLDER = Path(__file__).resolve().parent / "vocabularies"
# The EU writes two countries otherwise than ISO 3166.
_ISO_OF_EU = {"EL": "GR", "UK": "GB"}
_EU_OF_ISO = {iso: eu for eu, iso in _ISO_OF_EU.items()}
_NOT_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@lru_cache(maxsize=1)
def _nace() -> dict[str, tuple[str, str]]:
    """Return code → (German, English), in the order of the classification."""
    rows = (line.split("\t") for line in _lines("nace.tsv"))
    return {code: (german, english) for code, german, english in rows}


@lru_cache(maxsize=1)
def _nuts() -> dict[str, str]:
    return dict(line.split("\t", 1) for line in _lines("nuts.tsv"))


def _lines(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").splitlines()


def nace_title(code: str, language: str) -> str:
    """Return the title of a sector ("C", "26", "26.5", "26.51"), or "" where the code is unknown."""
    titles = _nace().get(code.strip().upper())
    return "" if titles is None else titles[0 if language.startswith("de") else 1]


def nace_sections() -> tuple[str, ...]:
    """Return the codes of the 22 sections, A to V."""
    return tuple(code for code in _nace() if len(code) == 1)


@lru_cache(maxsize=4)
def nace_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Return all codes with "code title", in the order of the classification."""
    return tuple((code, f"{code} {nace_title(code, language)}") for code in _nace())


def region_name(code: str) -> str:
    """Return a region's own name ("DE600" → "Hamburg"), or "" where the code is unknown."""
    return _nuts().get(code.strip().upper(), "")


@lru_cache(maxsize=64)
def regions_of(country: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of a country's regions of all levels; takes "GR" and "EL", "GB" and "UK"."""
    code = country.strip().upper()
    prefix = _EU_OF_ISO.get(code, code)
    if len(prefix) != 2:
        return ()
    return tuple((region, name) for region, name in _nuts().items() if region.startswith(prefix))


@lru_cache(maxsize=8)
def _territories(language: str) -> dict[str, str]:
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        names = Locale.parse("en").territories
    return {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }


def country_name(code: str, language: str) -> str:
    """Return a country's name; the code itself where it is unknown. Takes "EL" and "UK" as well."""
    upper = code.strip().upper()
    return _territories(language).get(_ISO_OF_EU.get(upper, upper), code)


@lru_cache(maxsize=8)
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Return (ISO code, name) of all countries as people sort them: Ägypten beside Albanien."""
    return tuple(sorted(_territories(language).items(), key=lambda pair: _sort_key(pair[1])))


_PLAIN_LETTERS = str.maketrans("äöüåéèáàíóúçñôâêîŠšÅ", "aouaeeaaioucnoaeissa")


def _sort_key(name: str) -> str:
    return name.casefold().translate(_PLAIN_LETTERS).replace("ß", "ss")
