"""The sentences for refused files, for faults in cells and for proposals, in `kontor.imports`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    # The whole file
    "import.empty": _("“%(name)s” is empty. Choose the file that holds the table."),
    "import.not_a_table_file": _(
        "“%(name)s” is not a table. Save the table as an Excel workbook (.xlsx) or as CSV and choose that "
        "file."
    ),
    "import.pdf": _(
        "“%(name)s” is a PDF, whatever its name says. Ask for the table it was made from, or copy the "
        "table into Excel and save it as .xlsx."
    ),
    "import.web_page": _("“%(name)s” is a web page or an XML file. Open it in Excel and save it as .xlsx."),
    "import.binary_workbook": _(
        "“%(name)s” is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."
    ),
    "import.macros": _(
        "“%(name)s” contains macros, which we never open. Save it in Excel as .xlsx, without macros."
    ),
    "import.encrypted": _(
        "“%(name)s” is protected by a password. Remove the password in Excel (File, Info, Protect "
        "Workbook) and save it again."
    ),
    "import.damaged": _(
        "“%(name)s” is damaged or incomplete. Open it in Excel, save it under a new name and choose the "
        "new file."
    ),
    "import.external_entities": _(
        "“%(name)s” contains instructions that load other content (XML entities), which we never follow. "
        "Open it in Excel and save it as a new .xlsx file."
    ),
    "import.too_large": _(
        "“%(name)s” has %(size)s MB; at most %(megabytes)s MB are possible. Remove pictures and sheets "
        "that are not needed, or split the table."
    ),
    "import.too_large_unpacked": _(
        "“%(name)s” becomes too large when it is opened; at most %(megabytes)s MB are possible. Copy the "
        "rows that you need into a new workbook."
    ),
    "import.too_many_parts": _(
        "“%(name)s” consists of more than %(parts)s parts. Copy the rows that you need into a new workbook."
    ),
    "import.too_many_rows": _(
        "“%(name)s” has more than %(rows)s rows. Delete what is not needed below the table, or split the "
        "file."
    ),
    "import.too_many_columns": _(
        "“%(name)s” has %(found)s columns; at most %(columns)s are possible. Delete the columns to the "
        "right that are not needed."
    ),
    "import.too_many_cells": _(
        "“%(name)s” spans %(found)s cells; at most %(cells)s are possible. Delete empty rows and columns, "
        "or split the file."
    ),
    "import.cell_too_long": _(
        "Cell %(column)s%(row)s of “%(name)s” has more than %(longest)s characters. Shorten it."
    ),
    "import.encoding": _(
        "We cannot read the letters in “%(name)s”. Save the file in Excel as “CSV UTF-8” or as .xlsx."
    ),
    "import.quotes": _(
        "In “%(name)s” a quotation mark that opens at line %(line)s is not closed correctly. Correct the "
        "line, or save the table as .xlsx."
    ),
    "import.no_header": _(
        "We found no row with column names in the first %(rows)s rows of “%(name)s”. Write the names of "
        "the columns above the data."
    ),
    "import.no_rows": _(
        "“%(name)s” has column names in row %(row)s, but nothing below them. Fill in at least one row."
    ),
    "import.missing_column": _("“%(file)s” has no column “%(column)s”. Choose the complete file, unchanged."),
    "import.missing_file": _("The file “%(file)s” is missing. Put it into the same folder and start again."),
    "import.not_cordis": _(
        "These files are not a CORDIS export: we look for project.csv and organization.csv, or "
        "projects.xlsx and participants.xlsx."
    ),
    # What the reader decided
    "import.other_sheets": _("Read: the sheet “%(sheet)s”. Not read: %(others)s."),
    "import.title_rows_skipped": _("The column names stand in row %(row)s; the rows above were skipped."),
    "import.merged_cells_filled": _("Merged cells: their value was taken for %(cells)s cells below."),
    "import.encoding_guessed": _(
        "The file does not say how its letters are stored; we took %(encoding)s. Check the umlauts."
    ),
    # One cell
    "field.required": _("Nothing is filled in here. “%(field)s” is needed."),
    "field.no_column": _("No column is chosen for “%(field)s”. It is needed."),
    "field.formula_error": _(
        "“%(value)s” is the error of a formula. Correct the formula or write the value."
    ),
    "field.too_long": _("%(length)s characters; at most %(longest)s are possible."),
    "field.number": _("“%(value)s” is not a number. Write, for example, 1250 or 1250.50."),
    "field.number_ambiguous": _(
        "“%(value)s” can be read in two ways. Write %(whole)s, or %(fraction)s0 for a number with decimals."
    ),
    "field.whole_number": _("“%(value)s” is not a whole number. Write, for example, 125."),
    "field.out_of_range": _("“%(value)s” is not between %(smallest)s and %(largest)s."),
    "field.year": _("“%(value)s” is not a year between %(smallest)s and %(largest)s."),
    "field.date": _("“%(value)s” is not a date. Write, for example, 21.11.2026 or 2026-11-21."),
    "field.date_ambiguous": _(
        "“%(value)s”: day and month could be either way round. Write, for example, 21.11.2026 or 2026-11-21."
    ),
    "field.date_short_year": _("“%(value)s” has a year of two digits. Write it with four."),
    "field.date_number": _(
        "“%(value)s” is a number where a date belongs. Format the cell as a date in Excel."
    ),
    "field.yes_no": _("“%(value)s” is neither yes nor no."),
    "field.choice": _("“%(value)s” is not one of: %(choices)s."),
    "field.country": _(
        "“%(value)s” is not a country. Write its name or its code, for example Austria or AT."
    ),
    "field.nuts": _(
        "“%(value)s” is not a NUTS code. It looks like DE212: two letters and up to three more characters."
    ),
    "field.latitude": _("“%(value)s” is not a latitude between −90 and 90 degrees."),
    "field.longitude": _("“%(value)s” is not a longitude between −180 and 180 degrees."),
    "field.location": _(
        "“%(value)s” is not a location. Write latitude and longitude, for example 51.05, 13.74."
    ),
    "field.post_code": _("“%(value)s” is not a post code."),
    "field.address": _(
        "“%(value)s” is not an address with street, post code and town, for example Hauptstraße 1, 01067 "
        "Dresden."
    ),
    "field.email": _("“%(value)s” is not an e-mail address."),
    "field.website": _("“%(value)s” is not the address of a website. Write, for example, www.example.org."),
    # What was cleaned in CORDIS files: value → taken
    "cordis.repeated_value": _("“%(value)s” holds the same value more than once; “%(taken)s” was taken."),
    "cordis.country_code": _(
        "The Commission writes “%(value)s”; the international code “%(taken)s” was taken."
    ),
    "cordis.differs": _("The same organisation has different values in other rows; “%(taken)s” was taken."),
    "cordis.not_readable": _("“%(value)s” cannot be read; the cell was left empty."),
    "cordis.first_of_several": _("“%(value)s” holds several addresses; “%(taken)s” was taken."),
    "cordis.twice_in_project": _(
        "The organisation stands more than once in this project; one participation as “%(taken)s” was "
        "kept, contributions were added up."
    ),
    "cordis.unknown_project": _("The project “%(value)s” is not in the project table; the row was not used."),
    "cordis.no_reference": _("The number is missing; the row was not used."),
    "cordis.project_twice": _("The project “%(value)s” stands more than once; the first row was used."),
    # Why two entries may be the same
    "duplicate.same_name": _("The names are the same apart from spelling and legal form."),
    "duplicate.similar_name": _("The names are similar."),
    "duplicate.same_website": _("The websites are the same."),
    "duplicate.same_short_name": _("The short names are the same."),
    "duplicate.same_city": _("The towns are the same."),
    "duplicate.other_city": _("The towns differ."),
    "duplicate.other_legal_form": _("The legal forms differ."),
    "duplicate.other_country": _("The countries differ."),
}
