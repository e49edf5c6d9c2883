"""What a member list can tell: the fields, their names in the wild, and how their cells are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kontor.actors import imports_cells as cells
from kontor.imports import parsers
from kontor.imports.fields import Field, guess_mapping

# What the example row of the template is called; a row of that name is never taken for a member.
EXAMPLE_NAME = "Musterwerk Beispiel GmbH"

MEMBER_FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        _("Name"),
        (
            "Organisation",
            "Firma",
            "Firmenname",
            "Unternehmen",
            "Mitglied",
            "Company",
            "Organization",
            "Member",
        ),
        parsers.text_up_to(300),
        required=True,
        help=_("The full name, with the legal form."),
    ),
    Field(
        "short_name",
        _("Short name"),
        ("Kurzname", "Kürzel", "Kurzbezeichnung", "Abkürzung", "Acronym", "Akronym", "Abbreviation"),
        parsers.text_up_to(120),
    ),
    Field(
        "kind",
        _("Kind"),
        ("Art", "Typ", "Organisationsart", "Akteursart", "Type", "Organisationstyp", "activityType"),
        cells.kind,
        help=_(
            "SME, large company, company, research institute, university, public body, association or other."
        ),
    ),
    Field(
        "founded",
        _("Founded in"),
        ("Gründungsjahr", "gegründet", "Gründung", "Founded", "Year of foundation", "Founding year"),
        cells.founded,
        help=_("A year."),
    ),
    Field(
        "country",
        _("Country"),
        ("Land", "Staat", "Country code", "Ländercode"),
        parsers.country,
        help=_("Name or code of two letters. Where nothing is given, the country of the cluster is taken."),
    ),
    Field(
        "region",
        _("Region (NUTS)"),
        ("NUTS", "NUTS-Code", "nutsCode", "Region", "NUTS3"),
        cells.region,
        help=_("A NUTS code such as DEF02."),
    ),
    Field(
        "street",
        _("Street"),
        ("Straße", "Anschrift", "Straße und Hausnummer", "Adresse", "Address"),
        parsers.text_up_to(200),
    ),
    Field("postcode", _("Postcode"), ("PLZ", "Postleitzahl", "ZIP", "Post code"), parsers.post_code),
    Field("city", _("Town"), ("Ort", "Stadt", "City", "Place", "Wohnort", "Sitz"), parsers.text_up_to(120)),
    Field("latitude", _("Latitude"), ("Breite", "Breitengrad", "lat"), parsers.latitude),
    Field("longitude", _("Longitude"), ("Länge", "Längengrad", "lon", "lng", "long"), parsers.longitude),
    Field(
        "website",
        _("Website"),
        ("Webseite", "Homepage", "Internet", "URL", "Web", "Internetseite", "www"),
        cells.website,
    ),
    Field(
        "sector",
        _("Sector (NACE)"),
        ("Branche", "Wirtschaftszweig", "NACE", "NACE-Code", "WZ", "WZ 2025", "Sector"),
        cells.sector,
        help=_("A code of NACE Rev. 2.1 such as 26.51."),
    ),
    Field(
        "value_chain",
        _("Place in the value chain"),
        (
            "Wertschöpfungskette",
            "Wertschöpfungsstufe",
            "Stufe der Wertschöpfungskette",
            "Value chain",
            "Value chain position",
        ),
        cells.value_chain,
        help=_(
            "Research and education, materials and components, equipment and tools, systems and products, "
            "integration and services, trade and distribution or use."
        ),
    ),
    Field(
        "size",
        _("Size class"),
        ("Größenklasse", "Größe", "Unternehmensgröße", "Size", "Company size"),
        cells.size,
        help=_("Micro, small, medium or large."),
    ),
    Field(
        "start_up_from",
        _("Start-up from"),
        ("Start-up seit", "Start-up von", "Startup seit", "Start-up since"),
        parsers.day,
        help=_("A day, a month or a year."),
    ),
    Field(
        "start_up_to",
        _("Start-up until"),
        ("Start-up bis", "Startup bis", "Start-up to"),
        parsers.last_day,
        help=_("A day, a month or a year."),
    ),
    Field(
        "member_since",
        _("Member since"),
        (
            "Mitglied seit",
            "Beitritt",
            "Eintritt",
            "Eintrittsdatum",
            "Beitrittsdatum",
            "Joined",
            "Member from",
        ),
        parsers.day,
        help=_("A day, a month or a year; empty where it is not known."),
    ),
    Field(
        "member_until",
        _("Member until"),
        ("Mitglied bis", "Austritt", "Austrittsdatum", "Left", "Member to"),
        parsers.last_day,
        help=_("The last day of membership; empty while it goes on."),
    ),
    Field(
        "competences",
        _("Competences"),
        ("Kompetenzen", "Kompetenzfelder", "Kompetenzen und Stufen", "Competencies", "Skills", "Expertise"),
        cells.competences,
        help=_(
            "Names or codes, separated by semicolons, with the level 1 to 5 in brackets: Optics (4); "
            "Laser (3). Without a level, 3 is taken. What the cluster does not know yet is added."
        ),
    ),
    Field(
        "given_name",
        _("Contact: given name"),
        ("Vorname", "Vorname Ansprechpartner", "Given name", "First name"),
        parsers.text_up_to(120),
    ),
    Field(
        "family_name",
        _("Contact: family name"),
        (
            "Nachname",
            "Familienname",
            "Name Ansprechpartner",
            "Ansprechpartner",
            "Kontakt",
            "Family name",
            "Last name",
            "Surname",
            "Contact",
            "Contact person",
        ),
        parsers.text_up_to(120),
    ),
    Field(
        "function",
        _("Contact: function"),
        ("Funktion", "Position", "Rolle", "Function", "Job title"),
        parsers.text_up_to(160),
    ),
    Field(
        "email",
        _("Contact: e-mail"),
        ("E-Mail", "Email", "Mail", "E-Mail-Adresse", "E-mail address", "Mailadresse"),
        parsers.email,
        help=_("Needs the family name of the contact."),
    ),
    Field(
        "phone",
        _("Contact: telephone"),
        ("Telefon", "Tel", "Telefonnummer", "Phone", "Telephone", "Mobil"),
        parsers.text_up_to(60),
    ),
    Field(
        "language",
        _("Contact: language"),
        ("Sprache", "Korrespondenzsprache", "Language"),
        cells.language,
        help=_("German or English."),
    ),
    Field(
        "consent_on",
        _("Contact: agreed on"),
        ("Einwilligung am", "Einwilligung", "DSGVO-Einwilligung", "Consent date", "Consent", "Agreed on"),
        parsers.day,
        help=_("The day on which the person agreed to be stored and written to."),
    ),
)
# Participant codes of CORDIS, for files that name the members of an export.
REFERENCE_FIELD = Field(
    "reference",
    _("Participant code (PIC)"),
    ("PIC", "organisationID", "organizationID", "Participant code", "Teilnehmernummer"),
    parsers.text,
)


def guessed_mapping(headers: Sequence[str]) -> dict[str, int]:
    """Return field name → column for the headers of a member list; labels count in every language."""
    return guess_mapping(headers, _fields_in_all_languages())


@cache
def _fields_in_all_languages() -> tuple[Field, ...]:
    fields = []
    for field in MEMBER_FIELDS:
        labels = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                labels.append(str(field.label))
        fields.append(replace(field, aliases=(*field.aliases, *labels)))
    return tuple(fields)


FIELD_LABELS = {field.name: field.label for field in MEMBER_FIELDS}
CONTACT_FIELDS = ("given_name", "family_name", "function", "email", "phone", "language", "consent_on")
