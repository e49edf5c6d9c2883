"""A report as long as a real concept: 40 pages, 15 charts, 40 tables; for pictures, measures and tests."""

from datetime import date
from decimal import Decimal

from kontor.reports.model import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    FigureRow,
    Missing,
    Prose,
    Report,
    Section,
    Table,
)

AS_OF = date(2026, 11, 21)
MORE_DE = """## Wie wir vorgegangen sind

Die Geschäftsstelle hat alle Mitglieder angeschrieben und die Antworten in vier Arbeitsgruppen
besprochen. Wo Angaben fehlten, half ein Anruf. Die Ergebnisse wurden dem Beirat vorgelegt, der
zwei Punkte ergänzt hat: die Nähe zu Hochschulen im Ausland und die Sprache der Verträge.

Aus den Gesprächen ergibt sich ein einheitliches Bild. Kleine Unternehmen brauchen vor allem
jemanden, der vor Ort Türen öffnet; mittlere Unternehmen suchen Partner für Prüfungen und
Zulassungen; Forschungseinrichtungen möchten gemeinsame Anträge früher vorbereiten. Allen
gemeinsam ist der Wunsch nach verlässlichen Zuständigkeiten und nach wenigen, gut gepflegten
Beziehungen statt vieler loser Kontakte.

Für die kommenden Jahre folgt daraus, dass der Cluster seine Kräfte auf zwei Zielregionen
richtet und jede Reise, jede Messe und jedes Vorhaben daran misst, ob es dorthin führt.
"""
MORE_EN = """## How we went about it

The office wrote to all members and discussed the answers in four working groups. Where facts
were missing, a phone call helped. The results went to the advisory board, which added two
points: closeness to universities abroad, and the language of contracts.

The conversations give a clear picture. Small companies need someone on the spot who opens
doors; medium-sized companies look for partners in testing and approval; research organisations
want to prepare joint proposals earlier. All of them ask for clear responsibilities, and for a
few ties that are well looked after rather than many loose ones.

For the years ahead this means that the cluster turns to two target regions, and measures every
visit, every fair and every project by whether it leads there.
"""
WORDS = {
    "de": {
        "title": "Internationalisierungskonzept 2027–2031",
        "subtitle": "Nordlicht Sensorik e. V.",
        "author": "Clustermanagement Nordlicht Sensorik",
        "sections": (
            "Ausgangslage und Umfeld",
            "Akteure des Clusters und ihre Kompetenzen",
            "Grad der Internationalisierung",
            "Bedarfe der Mitglieder",
            "Ziele der Internationalisierung",
            "Zielregionen und Partnercluster",
            "Projekte und gemeinsame Vorhaben",
            "Maßnahmen, Kommunikation und Mobilität",
            "Finanzierung, Gegenfinanzierung und Verstetigung nach dem Ende der Förderung",
            "Zielindikatoren und Erfolgskontrolle",
        ),
        "table": "Beteiligungen nach Land",
        "line": "Beziehungen ins Ausland nach Jahr",
        "stacked": "Akteure nach Art und Größe",
        "columns": ("Land", "Organisationen", "Anteil", "Projekte je Akteur"),
        "years": ("Jahr", "Region", "Deutschland", "Ausland"),
        "kinds": ("Art", "klein", "mittel", "groß"),
        "kind_names": (
            "Unternehmen",
            "Forschungseinrichtung",
            "Hochschule",
            "Körperschaft des öffentlichen Rechts",
        ),
        "countries": (
            "Niederlande",
            "Frankreich",
            "Österreich",
            "Schweden",
            "Dänemark",
            "Tschechien",
            "Südkorea",
        ),
        "source": "Mitgliederverzeichnis und CORDIS",
        "explanation": "Gezählt sind Akteure mit mindestens einer Beziehung ins Ausland.",
        "note": "Organisationen ohne Angabe des Landes sind nicht gezählt.",
        "actors": "Akteure im Cluster",
        "share": "mit Partnern im Ausland",
        "money": "beantragte Mittel",
        "mean": "Projekte je Akteur",
        "missing": "Für dieses Kapitel gibt es noch keine Auswahl der Partner.",
        "next": "Legen Sie den Kriterienkatalog an.",
        "prose": """\
Der Cluster verbindet kleine und mittlere Unternehmen der Sensorik mit Forschungseinrichtungen
der Region. Seine Mitglieder arbeiten seit Jahren mit Partnern in Nordeuropa zusammen; in Asien
fehlen bisher verlässliche Beziehungen. **Drei Fragen** prägen die Arbeit der kommenden fünf
Jahre, und alle drei lassen sich nur *gemeinsam mit den Mitgliedern* beantworten.

## Was wir vorgefunden haben

Die Befragung im Frühjahr hat gezeigt, dass Prüffelder und gemeinsame Messnormen den Mitgliedern
wichtiger sind als der unmittelbare Vertrieb. Mehr dazu steht im
[Leitfaden](https://www.example.org/leitfaden).

- Prüffelder, die auch Partner im Ausland nutzen können
- Messnormen, an denen Großunternehmen und Mittelstand gemeinsam arbeiten
  - zuerst in den Niederlanden
  - danach in Frankreich
- Fachkräfte, die in beiden Sprachen zu Hause sind

### Was daraus folgt

1. Der Steuerungskreis beschließt die Gewichtung.
2. Die Geschäftsstelle spricht mit drei Partnerclustern.

> „Wir suchen keinen Markt, wir suchen Nachbarn.“

| Schritt | Zeitraum |
|---|---|
| Auswahl der Partner | bis März 2027 |
| Erste gemeinsame Vorhaben | ab Juni 2027 |
""",
        "more": MORE_DE,
    },
    "en": {
        "title": "Internationalisation concept 2027–2031",
        "subtitle": "Nordlicht Sensorik e. V.",
        "author": "Nordlicht Sensorik cluster management",
        "sections": (
            "Where we start from",
            "The actors of the cluster and what they can do",
            "How international the cluster is",
            "What the members need",
            "Goals of internationalisation",
            "Target regions and partner clusters",
            "Projects and joint ventures",
            "Activities, communication and mobility",
            "Funding, co-funding and sustaining the work after the end of the grant",
            "Indicators and how we know that it works",
        ),
        "table": "Participations by country",
        "line": "Ties abroad by year",
        "stacked": "Actors by kind and size",
        "columns": ("Country", "Organisations", "Share", "Projects per actor"),
        "years": ("Year", "Region", "Germany", "Abroad"),
        "kinds": ("Kind", "small", "medium", "large"),
        "kind_names": ("Company", "Research organisation", "University", "Public body"),
        "countries": ("Netherlands", "France", "Austria", "Sweden", "Denmark", "Czechia", "South Korea"),
        "source": "Member directory and CORDIS",
        "explanation": "Counted are actors with at least one tie to an organisation abroad.",
        "note": "Organisations without a country are not counted.",
        "actors": "actors in the cluster",
        "share": "with partners abroad",
        "money": "funds applied for",
        "mean": "projects per actor",
        "missing": "No partners have been chosen for this chapter yet.",
        "next": "Set up the criteria catalogue.",
        "prose": """\
The cluster brings small and medium-sized sensor companies together with the research
organisations of the region. Its members have worked with partners in northern Europe for years;
in Asia, reliable ties are still missing. **Three questions** shape the next five years, and all
three can only be answered *together with the members*.

## What we found

The spring survey showed that test sites and common measuring standards matter more to the
members than direct sales. The [guide](https://www.example.org/guide) says more.

- test sites that partners abroad can use, too
- measuring standards on which large and small companies work together
  - first in the Netherlands
  - then in France
- skilled people who are at home in both languages

### What follows from it

1. The steering committee decides on the weighting.
2. The office talks to three partner clusters.

> “We are not looking for a market, we are looking for neighbours.”

| Step | When |
|---|---|
| Choice of partners | by March 2027 |
| First joint projects | from June 2027 |
""",
        "more": MORE_EN,
    },
}


def table(key: str, language: str, rows: int = 7, caption: str = "") -> Table:
    """Return a table with a column of each kind."""
    words = WORDS[language]
    countries = words["countries"]
    cells: list[tuple[Cell, ...]] = [
        (
            f"{countries[number % 7]}{'' if number < 7 else f' {number}'}",
            1_420 // (number + 1),
            None if number == 4 else round(0.41 / (number + 1), 4),
            3.75 / (number + 1),
        )
        for number in range(rows)
    ]
    kinds = ("text", "count", "percent", "decimal")
    columns = tuple(Column(title, kind) for title, kind in zip(words["columns"], kinds, strict=True))
    return Table(
        key,
        caption or words["table"],
        columns,
        tuple(cells),
        words["source"],
        AS_OF,
        explanation=words["explanation"],
        note=words["note"] if rows > 4 else "",
    )


def chart(key: str, kind: ChartKind, language: str) -> Chart:
    """Return a chart of each kind with plausible data."""
    words = WORDS[language]
    if kind == "bar":
        return Chart(key, kind, table(key, language), 0, (1,))
    if kind == "line":
        columns = tuple(
            Column(title, kind) for title, kind in zip(words["years"], ("year", *["count"] * 3), strict=True)
        )
        rows = tuple((2019 + n, 40 + 3 * n, 24 + 5 * n, 9 + n * n) for n in range(8))
        return Chart(
            key, kind, Table(key, words["line"], columns, rows, words["source"], AS_OF), 0, (1, 2, 3)
        )
    columns = tuple(
        Column(title, kind) for title, kind in zip(words["kinds"], ("text", *["count"] * 3), strict=True)
    )
    sizes = ((34, 21, 6), (2, 7, 4), (0, 3, 5), (1, 1, 0))
    rows = tuple((name, *size) for name, size in zip(words["kind_names"], sizes, strict=True))
    return Chart(key, kind, Table(key, words["stacked"], columns, rows, words["source"], AS_OF), 0, (1, 2, 3))


def figures(key: str, language: str) -> FigureRow:
    """Return four figures, one of them not known."""
    words = WORDS[language]
    explanation, source = words["explanation"], words["source"]
    return FigureRow(
        (
            Figure(f"{key}.actors", words["actors"], 138, "count", explanation, source, AS_OF),
            Figure(f"{key}.share", words["share"], 0.414, "percent", explanation, source, AS_OF),
            Figure(f"{key}.mean", words["mean"], None, "decimal", explanation, source, AS_OF),
            Figure(
                f"{key}.money", words["money"], Decimal("1250000"), "money", explanation, source, AS_OF, "EUR"
            ),
        )
    )


def report(language: str = "de", charts: int = 15, tables: int = 40) -> Report:
    """Return a report in ten sections with so many charts and tables."""
    words = WORDS[language]
    kinds: tuple[ChartKind, ...] = ("bar", "line", "stacked")
    sections = []
    for number, title in enumerate(words["sections"]):
        code = f"section{number}"
        blocks: list[Block] = [Prose(words["prose"]), figures(code, language)]
        blocks += [Prose(words["more"])] * 3
        blocks += [chart(f"{code}.chart{n}", kinds[n % 3], language) for n in range(number, charts, 10)]
        blocks += [table(f"{code}.table{n}", language, rows=4 + n % 9) for n in range(number, tables, 10)]
        if number == 5:
            blocks.append(Missing(words["missing"], words["next"]))
        sections.append(Section(code, title, tuple(blocks)))
    return Report(words["title"], words["subtitle"], words["author"], language, AS_OF, tuple(sections))
