"""The columns of a list of needs, German and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kontor.imports.cells import Cell
from kontor.imports.fields import Field
from kontor.imports.parsers import choice, country, day, long_text, text_up_to
from kontor.imports.refused import FieldFault
from kontor.needs.models import Need, NeedKind

LONGEST_STATEMENT = 2000


def columns() -> tuple[Field, ...]:
    """Return what is read from each row; the first three must be there."""
    return (
        Field(
            "organisation",
            _("Organisation"),
            ("Organisation", "Mitglied", "Firma", "Unternehmen", "Name", "Member", "Company"),
            text_up_to(300),
            required=True,
        ),
        Field("topic", _("Topic"), ("Thema", "Topic", "Bedarfsthema"), text_up_to(200), required=True),
        Field(
            "statement",
            _("In the member’s words"),
            (
                *("In den Worten des Mitglieds", "Bedarf", "Aussage", "Beschreibung", "Wortlaut"),
                *("In the member’s words", "Need", "Statement", "Description"),
            ),
            _statement,
            required=True,
        ),
        Field("kind", _("Kind"), ("Art", "Kind", "Bedarfsart"), choice(synonyms(NeedKind))),
        Field("country", _("Target country"), ("Zielland", "Land", "Target country", "Country"), country),
        Field(
            "urgency",
            _("Urgency"),
            ("Dringlichkeit", "Urgency", "Priorität", "Priority"),
            _urgency(),
        ),
        Field("source", _("Source"), ("Quelle", "Source", "Herkunft"), choice(synonyms(Need.Source))),
        Field(
            "recorded_on",
            _("Recorded on"),
            ("Erfasst am", "Datum", "Date", "Recorded on"),
            day,
        ),
    )


def synonyms(choices: type[models.Choices]) -> Mapping[str, tuple[str, ...]]:
    """Return value → its labels in both languages."""
    found: dict[str, list[str]] = {str(value): [] for value in choices.values}
    for language in ("de", "en"):
        with override(language):
            for value, label in choices.choices:
                found[str(value)].append(str(label))
    return {value: tuple(labels) for value, labels in found.items()}


def _urgency() -> Callable[[Cell], int | None]:
    parse = choice(synonyms(Need.Urgency))

    def number(cell: Cell) -> int | None:
        found = parse(cell)
        return int(found) if found else None

    return number


def _statement(cell: Cell) -> str:
    found = long_text(cell)
    if len(found) > LONGEST_STATEMENT:
        raise FieldFault("field.too_long", longest=LONGEST_STATEMENT, length=len(found))
    return found
