"""The template for member lists: headers in the reader's language, an example, an explanation."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.actors.imports_members import EXAMPLE_NAME, MEMBER_FIELDS
from kontor.reports.lists import BOOK_OPTIONS, sheet_name, write_csv, write_sheet
from kontor.reports.model import Column

_EXAMPLE = {
    "name": (EXAMPLE_NAME, EXAMPLE_NAME),
    "short_name": ("Musterwerk", "Musterwerk"),
    "kind": ("KMU", "SME"),
    "founded": ("1998", "1998"),
    "country": ("Deutschland", "Germany"),
    "region": ("DEF02", "DEF02"),
    "street": ("Am Beispiel 12", "Am Beispiel 12"),
    "postcode": ("24103", "24103"),
    "city": ("Kiel", "Kiel"),
    "latitude": ("54,3233", "54.3233"),
    "longitude": ("10,1228", "10.1228"),
    "website": ("https://www.example.org", "https://www.example.org"),
    "sector": ("26.51", "26.51"),
    "value_chain": ("Ausrüstung und Werkzeuge", "Equipment and tools"),
    "size": ("Klein", "Small"),
    "start_up_from": ("2019", "2019"),
    "start_up_to": ("2024", "2024"),
    "member_since": ("01.04.2021", "2021-04-01"),
    "member_until": ("", ""),
    "competences": ("Sensorik und Messtechnik (4); Optik (3)", "Sensors and measurement (4); Optics (3)"),
    "given_name": ("Jördis", "Jördis"),
    "family_name": ("Beispiel", "Beispiel"),
    "function": ("Geschäftsführung", "Managing director"),
    "email": ("kontakt@example.org", "contact@example.org"),
    "phone": ("+49 431 123456", "+49 431 123456"),
    "language": ("Deutsch", "German"),
    "consent_on": ("15.03.2026", "2026-03-15"),
}


def _is_german() -> bool:
    return (get_language() or "en").startswith("de")


def _columns() -> list[Column]:
    return [Column(str(field.label)) for field in MEMBER_FIELDS]


def _example() -> list[str]:
    return [_EXAMPLE[field.name][0 if _is_german() else 1] for field in MEMBER_FIELDS]


def template_csv() -> bytes:
    """Return the template as CSV in the reader's language."""
    return write_csv(_columns(), [_example()], "de" if _is_german() else "en")


def template_xlsx() -> bytes:
    """Return the template as a workbook in the reader's language; the second sheet explains the columns."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, BOOK_OPTIONS) as book:
        taken: set[str] = set()
        write_sheet(book, book.add_worksheet(sheet_name(_("Members"), taken)), _columns(), [_example()])
        explanation = book.add_worksheet(sheet_name(_("Explanation"), taken))
        heads = [Column(text) for text in (_("Column"), _("Needed"), _("What stands here"), _("Example"))]
        rows = [
            (str(field.label), _("yes") if field.required else _("no"), str(field.help), example)
            for field, example in zip(MEMBER_FIELDS, _example(), strict=True)
        ]
        count = write_sheet(book, explanation, heads, rows)
        note = _("Columns may be left out or stand in any order. The example row is not imported.")
        explanation.write_string(count + 2, 0, note)
    return file.getvalue()
