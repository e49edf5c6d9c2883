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
FIRST = (
    "Förde",
    "Küsten",
    "Wellen",
    "Licht",
    "Mess",
    "Hafen",
    "Klang",
    "Frost",
    "Strom",
    "Nadel",
    "Nebel",
    "Watt",
    "Anker",
    "Boje",
    "Deich",
    "Elbe",
    "Falken",
    "Geest",
    "Heide",
    "Insel",
    "Jade",
    "Kiel",
    "Lotsen",
    "Möwen",
    "Nord",
    "Ostsee",
    "Pegel",
    "Quarz",
    "Reet",
    "Schilf",
    "Trave",
    "Ufer",
    "Vogel",
    "Wind",
    "Zander",
    "Birken",
    "Dünen",
    "Eider",
    "Flut",
    "Gezeiten",
)
LAST = (
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
    "regelung",
    "antriebe",
    "filter",
    "waagen",
    "kameras",
    "glas",
    "metall",
    "chemie",
    "medizin",
    "software",
    "funk",
    "laser",
    "motoren",
    "ventile",
    "energie",
)


def member_list(count: int) -> bytes:
    """Return a workbook of `count` members with names that differ as real ones do."""
    dice = random.Random(count)  # nosec B311: repeatable, not secret
    rows = []
    for number in range(count):
        name = f"{FIRST[number % 40]}{LAST[number // 40 % 25]} GmbH"
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
