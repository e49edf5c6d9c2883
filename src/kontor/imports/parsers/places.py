"""Countries, regions, coordinates and postal addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global

from kontor.imports.cells import Cell
from kontor.imports.folding import folded
from kontor.imports.parsers.texts import long_text, text
from kontor.imports.refused import FieldFault

# CLDR lists these as territories, but nobody has an office in them.
_NO_COUNTRY = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
# The Commission's own two, and the number plates that German lists use.
_CODES = {"EL": "GR", "UK": "GB", "D": "DE", "A": "AT", "F": "FR", "I": "IT", "B": "BE", "L": "LU", "E": "ES"}
_NAMES = {
    "US": ("USA", "U.S.A.", "United States of America", "Vereinigte Staaten von Amerika", "Amerika"),
    "GB": ("Großbritannien", "Great Britain", "England", "Schottland", "Scotland", "Wales", "Nordirland"),
    "CZ": ("Czech Republic", "Tschechische Republik", "Tschechei"),
    "NL": ("Holland", "The Netherlands"),
    "DE": ("BRD", "Bundesrepublik Deutschland", "Federal Republic of Germany", "Allemagne"),
    "AT": ("Republik Österreich",),
    "CH": ("Swiss", "Suisse", "Svizzera"),
    "KR": ("Korea", "South Korea", "Republic of Korea", "Republik Korea"),
    "TR": ("Turkey", "Türkiye"),
    "CN": ("VR China", "Volksrepublik China", "People's Republic of China", "PR China"),
    "RU": ("Russian Federation", "Russische Föderation"),
    "MK": ("Macedonia", "Mazedonien"),
    "MD": ("Republik Moldau", "Moldawien", "Republic of Moldova"),
    "SK": ("Slovak Republic", "Slowakische Republik"),
    "BY": ("Weißrussland",),
    "VN": ("Viet Nam",),
    "AE": ("UAE", "VAE", "Emirates"),
    "CI": ("Ivory Coast",),
    "PS": ("Palestine", "Palästina"),
    "HK": ("Hong Kong", "Hongkong"),
}


@dataclass(frozen=True)
class Address:
    """The parts of a postal address; "" for what is not there."""

    street: str = ""
    post_code: str = ""
    city: str = ""


@cache
def _countries() -> dict[str, str]:
    """Return every spelling that we know → ISO 3166-1 alpha-2; codes in capitals, names normalised."""
    german = {code for code in Locale("de").territories if len(code) == 2 and code.isalpha()} - _NO_COUNTRY
    known: dict[str, str] = {}
    for language in ("en", "de"):
        territories = Locale(language).territories
        for code in sorted(german):
            known.setdefault(folded(territories[code]), code)
    for code, names in _NAMES.items():
        known.update((folded(name), code) for name in names)
    known.update((code, code) for code in german)
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in german:
            known[alias] = codes[0]
    known.update(_CODES)
    return known


def country(cell: Cell) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a code (2 or 3 letters) or of a German or English name.

    The Commission's EL and UK become GR and GB; a value that stands twice ("FI;FI") counts once.

    >>> country("Österreich"), country("czech republic"), country("EL"), country("DEU"), country("FI;FI")
    ('AT', 'CZ', 'GR', 'DE', 'FI')
    """
    found = text(cell)
    if not found:
        return None
    parts = {part.strip() for part in found.split(";")} - {""}
    codes = {_one_country(part) for part in parts}
    if len(codes) != 1:
        raise FieldFault("field.country")
    return codes.pop()


def _one_country(found: str) -> str:
    known = _countries()
    code = known.get(found.upper()) if len(found) <= 3 else None
    code = code or known.get(folded(found))
    if code is None:
        raise FieldFault("field.country")
    return code


def nuts(cell: Cell) -> str:
    """Return the NUTS code, level 0 to 3, or ""; only its shape is checked (NUTS itself writes EL and UK).

    >>> nuts("de 212"), nuts("GR30"), nuts(None)
    ('DE212', 'EL30', '')
    """
    found = text(cell).upper()
    if not found:
        return ""
    match = re.fullmatch(r"([A-Z]{2}) ?([A-Z0-9]{0,3})", found)
    if not match:
        raise FieldFault("field.nuts")
    return {"GR": "EL", "GB": "UK"}.get(match[1], match[1]) + match[2]


def latitude(cell: Cell) -> float | None:
    """Return degrees north, −90 to 90; a comma is a decimal comma."""
    return _degrees(cell, 90, "field.latitude")


def longitude(cell: Cell) -> float | None:
    """Return degrees east, −180 to 180; a comma is a decimal comma."""
    return _degrees(cell, 180, "field.longitude")


def _degrees(cell: Cell, largest: int, code: str) -> float | None:
    found = text(cell).replace("−", "-").removesuffix("°").strip()
    if not found:
        return None
    if isinstance(cell, bool) or not re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d{1,20})?", found):
        raise FieldFault(code)
    degrees = float(found.replace(",", "."))
    if abs(degrees) > largest:
        raise FieldFault(code)
    return degrees


def location(cell: Cell) -> tuple[float, float] | None:
    """Return (latitude, longitude) of "51.98, 5.66" or "51,98; 5,66".

    >>> location("51.9863279,5.6679366"), location("51,98; 5,66")
    ((51.9863279, 5.6679366), (51.98, 5.66))
    """
    found = text(cell)
    if not found:
        return None
    parts = found.strip("()").split(";" if ";" in found else ",")
    if len(parts) != 2:
        raise FieldFault("field.location")
    north, east = latitude(parts[0]), longitude(parts[1])
    if north is None or east is None:
        raise FieldFault("field.location")
    return north, east


def post_code(cell: Cell) -> str:
    """Return the post code without the country's letters; Excel's lost zero is restored by `full_post_code`.

    >>> post_code("D-01067"), post_code(1067.0), post_code("6708 PB")
    ('01067', '1067', '6708 PB')
    """
    found = re.sub(r"^[A-Z]{1,3}[- ]+(?=\d)", "", text(cell).upper())
    if len(found) > 12 or not re.fullmatch(r"[A-Z0-9 \-]*", found):
        raise FieldFault("field.post_code")
    return found


def full_post_code(found: str, country_code: str) -> str:
    """Return the post code with the leading zeros that Excel drops from numbers.

    >>> full_post_code("1067", "DE"), full_post_code("1040", "AT")
    ('01067', '1040')
    """
    digits = {"DE": 5, "FR": 5, "IT": 5, "ES": 5, "FI": 5, "EE": 5, "HR": 5}.get(country_code, 0)
    return found.zfill(digits) if found.isdigit() and len(found) == digits - 1 else found


def address(cell: Cell) -> Address | None:
    """Return the parts of "Musterstraße 1, 01067 Dresden" (also on two lines); None for an empty cell."""
    found = long_text(cell)
    if not found:
        return None
    parts = [" ".join(part.split()) for part in re.split(r"[,;\n]", found) if part.strip()]
    for index, part in enumerate(parts):
        match = re.fullmatch(
            r"(?:[A-Z]{1,3}[- ]+)?(\d{4} [A-Z]{2}(?= )|\d{4,5}|\d{2}-\d{3}|\d{3} \d{2}) (\D.*)", part
        )
        if match and index:
            return Address(", ".join(parts[:index]), match[1], match[2].strip())
        if match:
            return Address("", match[1], match[2].strip())
    raise FieldFault("field.address")
