"""NACE Rev. 2.1: codes with their German and English titles, in normal writing."""

import json
import re
from pathlib import Path

# The source prints section titles in capitals. English takes sentence case; German nouns need a hand.
_GERMAN_SECTIONS = {
    "A": "Land- und Forstwirtschaft, Fischerei",
    "B": "Bergbau und Gewinnung von Steinen und Erden",
    "C": "Verarbeitendes Gewerbe/Herstellung von Waren",
    "D": "Energieversorgung",
    "E": "Wasserversorgung; Abwasser- und Abfallentsorgung und Beseitigung von Umweltverschmutzungen",
    "F": "Baugewerbe/Bau",
    "G": "Handel",
    "H": "Verkehr und Lagerei",
    "I": "Gastgewerbe/Beherbergung und Gastronomie",
    "J": "Verlagswesen, Rundfunk sowie Erstellung und Verbreitung von Medieninhalten",
    "K": "Telekommunikation, Softwareentwicklung, IT-Beratung und Erbringung sonstiger Dienstleistungen "
    "der Informationstechnologie und der Computerinfrastruktur",
    "L": "Erbringung von Finanz- und Versicherungsdienstleistungen",
    "M": "Grundstücks- und Wohnungswesen",
    "N": "Erbringung von wissenschaftlichen und technischen Dienstleistungen",
    "O": "Erbringung von sonstigen wirtschaftlichen Dienstleistungen",
    "P": "Öffentliche Verwaltung, Verteidigung; Sozialversicherung",
    "Q": "Erziehung und Unterricht",
    "R": "Gesundheits- und Sozialwesen",
    "S": "Kunst, Sport und Erholung",
    "T": "Erbringung von sonstigen Dienstleistungen",
    "U": "Private Haushalte mit Hauspersonal sowie Herstellung von Waren und Erbringung von Dienstleistungen "
    "durch private Haushalte für den Eigenbedarf ohne ausgeprägten Schwerpunkt",
    "V": "Exterritoriale Organisationen und Körperschaften",
}
_STRING = r'"(?:[^"\\]|\\.)*"'
_HEADING = re.compile(rf"NACE_CODE: ({_STRING}),\s*EN_DESC: ({_STRING}),\s*DE_DESC: ({_STRING})")


def write_nace(source: Path, target: Path) -> None:
    """Write one line for each code: code, German title, English title."""
    lines = []
    for match in _HEADING.finditer(source.read_text(encoding="utf-8")):
        code, english, german = (" ".join(json.loads(part).split()) for part in match.groups())
        lines.append("\t".join((code, *_in_normal_writing(code, german, english))))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _in_normal_writing(code: str, german: str, english: str) -> tuple[str, str]:
    if not english.isupper():
        return german, english
    written = _GERMAN_SECTIONS[code]
    if written.casefold() != german.casefold():
        raise SystemExit(f"The title of section {code} has changed: {german}")
    return written, english.capitalize().replace("goods - and", "goods- and")
