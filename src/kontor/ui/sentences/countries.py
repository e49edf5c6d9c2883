"""The sentences for files with figures of countries, and for sheets."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    # A whole file
    "country.not_recognised": _(
        "“%(name)s” is no file of the World Bank or of CEPII that Kontor knows. Found at the top: %(found)s. "
        "Needed are a column with countries, and years side by side or a column “Year” and one “Value”."
    ),
    "country.only_descriptions": _(
        "Describes indicators or countries and holds no figures. It need not be loaded."
    ),
    "country.no_figures": _("Holds no figure of any country."),
    "country.no_distances": _(
        "Holds no distance from %(home)s, the country of this cluster. Take the whole file dist_cepii."
    ),
    "country.numbers_ambiguous": _(
        "It cannot be told whether commas and points part thousands or decimals. Bring the file as you "
        "downloaded it, not as Excel has saved it."
    ),
    "country.too_many_figures": _(
        "That is more than %(most)s figures at once. Download single indicators instead."
    ),
    "country.too_many_files": _(
        "That is too much at once: at most %(most)s files and %(megabytes)s MB. Bring them in several turns."
    ),
    "country.archive_without_table": _("“%(name)s” holds no table. Choose the .zip that you downloaded."),
    # A cell
    "country.not_a_number": _("“%(value)s” is no number. Correct the cell or empty it."),
    "country.year_unreadable": _("“%(value)s” is no year. Write it with four digits."),
    "country.two_figures": _(
        "“%(value)s”: the file has another figure for the same country and year. Delete one of them."
    ),
    "country.out_of_range": _("“%(value)s” cannot be right. Correct the cell."),
    "country.not_yes_no": _("“%(value)s” stands where 0 or 1 is needed."),
    # What is left out
    "country.left_out_group": _("Groups of countries, such as the World or the Euro area (rows: %(count)s)"),
    "country.left_out_no_code": _("Places that have no country code of their own (rows: %(count)s)"),
    "country.left_out_unknown": _("Countries that are not known (rows: %(count)s)"),
    "country.left_out_remark": _("Remarks in place of a country (rows: %(count)s)"),
    "country.left_out_no_value": _("Years without a figure (cells: %(count)s)"),
    "country.left_out_old_code": _(
        "Figures under an old code of a country that is there under its present one too (cells: %(count)s)"
    ),
    "country.left_out_other_pairs": _("Distances between other countries than yours (rows: %(count)s)"),
    "country.left_out_second_city": _("Capitals that are not the largest city (rows: %(count)s)"),
    # Loading and taking back
    "country.nothing_chosen": _("Nothing is ticked. Tick at least one indicator or file."),
    "country.faulty_chosen": _("“%(name)s” has faults. Correct them in the file, or leave the file out."),
    "country.code_missing": _("Say which indicator “%(name)s” holds, or leave the file out."),
    "country.code_unusable": _(
        "“%(wanted)s” is no code of an indicator. It looks like GB.XPD.RSDV.GD.ZS and has at most 60 letters."
    ),
    "country.already_loaded": _("These files have been loaded already. Take them back under “Sources”."),
    "country.not_loaded": _("“%(name)s” has been taken back already."),
    "country.newer_first": _("“%(newer)s” has replaced figures of “%(name)s”. Take “%(newer)s” back first."),
    "country.nothing_to_take_back": _(
        "There is nothing to take back: these files have been taken back already."
    ),
    # Sheets
    "country.sheet_twice": _("There is a sheet of this country or region already. Add to that one."),
    "country.cannot_come_back": _(
        "This cannot be brought back: the sheet it belongs to has gone, or another one has taken its place."
    ),
}
