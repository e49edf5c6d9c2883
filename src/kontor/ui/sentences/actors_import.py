"""Why an import of members or of CORDIS projects cannot go on, and what is wrong with a row of it."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    # Carrying out
    "import.no_longer_prepared": _("Somebody has already carried out or discarded this import."),
    "import.column_missing": _("No column is chosen for the name. Go back to the columns and choose it."),
    "import.undecided": _(
        "Nothing has been written. Still to be decided: %(number)s. Please choose for each whether it is "
        "there already."
    ),
    "import.has_faults": _(
        "Nothing has been written. Rows with faults: %(number)s. Correct them in the file, or tick that they "
        "are left out."
    ),
    "import.nothing_left": _("Nothing has been written: no row is left to import."),
    "import.choices_changed": _(
        "Somebody has just changed the choices of this import. Please look at the preview again."
    ),
    "import.directory_changed": _(
        "Somebody has just added or removed organisations. Please look at the preview again."
    ),
    "import.changed_meanwhile": _(
        "Nothing has been written: somebody has just edited “%(name)s”. Please look at the preview again."
    ),
    "import.field_twice": _("Two columns are to be “%(field)s”. Choose it for one of them only."),
    # Taking back
    "import.not_to_be_undone": _("This import has been taken back already, or was never carried out."),
    "import.undo_would_lose": _(
        "This import cannot be taken back, because later work would be lost: %(reasons)s."
    ),
    # CORDIS
    "import.no_such_country": _("“%(country)s” is not a country. Write its name or its code, such as AT."),
    "import.no_names": _(
        "“%(name)s” has no column with names or participant codes. Name it “Name” or “PIC”."
    ),
    "import.members_not_found": _(
        "Names that fit no organisation of the export (%(number)s): %(names)s. Write them as in the export, "
        "or use the participant code."
    ),
    "import.files_gone": _("The files of this import are gone. Please choose them again."),
    "import.same_twice": _(
        "“%(name)s” is chosen for two organisations of the export. It can only be one of them."
    ),
    # Rows
    "field.competence_level": _("“%(value)s”: levels go from 1 to 5."),
    "field.sector": _("“%(value)s” is not a sector of NACE Rev. 2.1. Write a code such as 26.51."),
    "field.region_unknown": _("“%(value)s” is not a region of NUTS 2024."),
    "field.region_ambiguous": _(
        "Several regions are called “%(value)s”. Write one of the codes %(choices)s."
    ),
    "field.region_elsewhere": _("The region does not lie in the country %(country)s."),
    "field.ends_before_it_begins": _("“%(value)s” lies before the beginning. Check both days."),
    "field.both_coordinates": _("Latitude and longitude only make sense together."),
    "field.contact_without_name": _(
        "A contact needs a family name. Add it, or leave the column out of the import."
    ),
    "cordis.region_elsewhere": _("The region “%(value)s” does not lie in the country; it was left out."),
    "cordis.shortened": _("The text is longer than can be stored; it was shortened."),
}
