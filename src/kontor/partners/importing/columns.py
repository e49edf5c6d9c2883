"""The columns of a list of partner clusters, German and English: who it is, every field, and the source."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from kontor.imports import parsers
from kontor.imports.cells import Cell
from kontor.imports.fields import Field
from kontor.imports.refused import FieldFault
from kontor.needs.importing.columns import synonyms
from kontor.partners.catalogue import CHOICE, MONEY, PERCENT, TEXT, YEAR, ProfileField, fields
from kontor.partners.exports import field_title
from kontor.partners.models import Stage
from kontor.partners.values import LONGEST_TEXT
from kontor.partners.wording import is_language

FACT = "f_"
_LEVEL = re.compile(r"^(.*?)\s*(?:[:=]\s*([1-5])|\(\s*([1-5])\s*\))?$")
_USUAL_LEVEL = 3


def columns() -> tuple[Field, ...]:
    """Return what is read from each row, labelled in the reader's language; the first two must be there."""
    return (*_head(), *(_fact(field) for field in fields().values()), *_source())


def _head() -> tuple[Field, ...]:
    return (
        Field(
            "name",
            _("Name"),
            ("Name", "Cluster", "Partnercluster", "Partner cluster", "Netzwerk"),
            _text(300),
            required=True,
        ),
        Field("country", _("Country"), ("Land", "Country", "Staat"), parsers.country, required=True),
        Field("short_name", _("Short name"), ("Kurzname", "Kürzel", "Short name", "Acronym"), _text(120)),
        Field("city", _("Town"), ("Ort", "Stadt", "Town", "City", "Sitz"), _text(120)),
        Field("region", _("Region"), ("Region", "NUTS", "Bundesland"), _text(120)),
        Field("website", _("Website"), ("Website", "Webseite", "Homepage", "Internet", "URL"), _website),
        Field("languages", _("Languages"), ("Sprachen", "Arbeitssprachen", "Languages"), _languages),
        Field("description", _("Description"), ("Beschreibung", "Description", "Profil"), _long_text),
        Field("stage", _("List"), ("Stand", "Liste", "Stage", "List"), parsers.choice(synonyms(Stage))),
        Field("reason", _("Reason"), ("Grund", "Begründung", "Reason"), _text(2000)),
        Field("reference", _("Reference"), ("Kennung", "Eigene Nummer", "Reference", "ID"), _text(120)),
        Field(
            "competences",
            _("Competences"),
            ("Kompetenzen", "Competences"),
            _competences,
            help=_("Name and level, parted by semicolons: Photonics: 4; Calibration: 3"),
        ),
        Field("contact_name", _("Contact"), ("Ansprechpartner", "Kontakt", "Contact"), _text(200)),
        Field("contact_role", _("Role of the contact"), ("Funktion", "Rolle", "Role"), _text(200)),
        Field(
            "contact_email",
            _("E-mail address"),
            ("E-Mail", "E-Mail-Adresse", "E-mail", "Mail"),
            parsers.email,
        ),
    )


def _source() -> tuple[Field, ...]:
    return (
        Field("source", _("Source"), ("Quelle", "Source"), _text(300)),
        Field(
            "source_url", _("Link to the source"), ("Link zur Quelle", "Quellenlink", "Source link"), _website
        ),
        Field("as_of", _("As of"), ("Stand vom", "Stichtag", "As of", "Datum", "Date"), parsers.day),
    )


def _fact(field: ProfileField) -> Field:
    names = (*field.names.values(), *field.aliases)
    return Field(f"{FACT}{field.code}", field_title(field), names, parser_of(field), help=field.help)


def parser_of(field: ProfileField) -> Callable[[Cell], object]:
    """Return what reads a cell of this field."""
    if field.kind == TEXT:
        return _long_text
    if field.is_chosen:
        one = parsers.choice(
            {option.code: (option.names["de"], option.names["en"]) for option in field.options}
        )
        return one if field.kind == CHOICE else _several(one)
    if field.kind == PERCENT:
        return _percent
    if field.kind == YEAR:
        return parsers.year
    if field.kind == MONEY or not field.decimals:
        return parsers.whole_number_between(int(field.low), int(field.high))
    return parsers.decimal_between(Decimal(int(field.low)), Decimal(int(field.high)))


def _text(longest: int) -> Callable[[Cell], str]:
    return parsers.text_up_to(longest)


def _several(one: Callable[[Cell], str | None]) -> Callable[[Cell], tuple[object, ...]]:
    read = parsers.listed(one)

    def parse(cell: Cell) -> tuple[object, ...]:
        return tuple(value for value in read(cell) if value)

    return parse


def _long_text(cell: Cell) -> str:
    found = parsers.long_text(cell)
    if len(found) > LONGEST_TEXT:
        raise FieldFault("field.too_long", longest=LONGEST_TEXT, length=len(found))
    return found


def _website(cell: Cell) -> str:
    found = parsers.website(cell)
    if len(found) > 300:
        raise FieldFault("field.too_long", longest=300, length=len(found))
    return found


def _percent(cell: Cell) -> Decimal | None:
    """Return a share as people write it, 0 to 100; what could be 0.4 % or 40 % is asked back."""
    has_sign = isinstance(cell, str) and cell.rstrip().endswith("%")
    plain = cell.rstrip().removesuffix("%").rstrip() if isinstance(cell, str) else cell
    found = parsers.decimal_between(Decimal(0), Decimal(100))(plain)
    if found is not None and 0 < found < 1 and not has_sign:
        raise FieldFault("profile_import.percent_small", percent=f"{found * 100:.0f}")
    return found


def _languages(cell: Cell) -> tuple[str, ...]:
    codes = tuple(str(code).casefold() for code in parsers.listed()(cell))
    unknown = next((code for code in codes if not is_language(code)), None)
    if unknown is not None:
        raise FieldFault("profile_import.language", value=unknown)
    return codes


def _competences(cell: Cell) -> tuple[tuple[str, int], ...]:
    """Return (name, level) of each competence; the level is 3 where none is given."""
    found = []
    for part in parsers.listed()(cell):
        match = _LEVEL.match(str(part))
        if match and match[1]:
            found.append((match[1], int(match[2] or match[3] or _USUAL_LEVEL)))
    return tuple(found)
