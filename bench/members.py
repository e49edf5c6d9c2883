"""A member list as offices keep it: 1,000 rows, German headers, umlauts, a few gaps."""

from __future__ import annotations

import random

from kontor.reports.lists import write_xlsx
from kontor.reports.model import Column

HEADERS = (
    "Name",
    "Kurzname",
    "Art",
    "Gegründet",
    "Land",
    "PLZ",
    "Ort",
    "Website",
    "Größenklasse",
    "Mitglied seit",
)
STEMS = (
    "Förde",
    "Küsten",
    "Wellen",
    "Licht",
    "Mess",
    "Hafen",
    "Klang",
    "Frost",
    "Strom",
    "Düsen",
    "Nebel",
    "Watt",
)
FIELDS = (
    "technik",
    "systeme",
    "analytik",
    "optik",
    "werke",
    "labor",
    "robotik",
    "sensorik",
    "daten",
    "pumpen",
)


def member_list(count: int) -> bytes:
    """Return a workbook of `count` members with names that differ as real ones do."""
    dice = random.Random(count)  # nosec B311: repeatable, not secret
    rows = []
    for number in range(count):
        name = f"{dice.choice(STEMS)}{dice.choice(FIELDS)} {_family(number)} GmbH"
        size = dice.choice(("Kleinst", "Klein", "Mittel"))
        website = f"https://www.mitglied-{number}.example"
        row = (
            name,
            "",
            "KMU",
            dice.randint(1950, 2024),
            "Deutschland",
            "24103",
            "Kiel",
            website,
            size,
            "01.04.2021",
        )
        rows.append(row)
    return write_xlsx("Mitglieder", tuple(Column(header) for header in HEADERS), rows)


def _family(number: int) -> str:
    syllables = ("ba", "de", "fi", "go", "hu", "jä", "kö", "lü", "mo", "ne")
    return "".join(syllables[int(digit)] for digit in f"{number:04d}").capitalize()
