"""Lists as members' offices send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from kontor.actors.models import ImportBatch
from kontor.actors.services.importing import stage_members

HEADERS = ("Name", "Art", "Gründungsjahr", "Land", "Ort", "Website", "Mitglied seit", "Kompetenzen")
KIEL = ("Sensorwerk Kiel GmbH", "KMU", "1998", "DE", "Kiel", "www.sensorwerk.example", "2019", "Optik (4)")
LUND = ("Lunds universitet", "Universität", "", "Schweden", "Lund", "", "01.03.2021", "")


def as_csv(*rows: Sequence[str], headers: Sequence[str] = HEADERS) -> bytes:
    """Return rows below headers as Excel writes CSV in Germany."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([headers, *rows])
    return file.getvalue().encode("utf-8-sig")


def staged(cluster, *rows: Sequence[str], headers: Sequence[str] = HEADERS) -> ImportBatch:
    """Return a batch in preparation that holds the rows."""
    data = as_csv(*rows, headers=headers)
    return stage_members(cluster=cluster, data=data, filename="mitglieder.csv", user=None)
