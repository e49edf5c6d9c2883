"""Sentences for what `kontor.reports` refuses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "report.format_unknown": _("This version was frozen by a newer Kontor. Update Kontor to read it."),
    "report.unreadable": _("This frozen version cannot be read: its content is damaged."),
    "report.language_unknown": _("Reports are printed in German or English, not in “%(language)s”."),
    "report.section_repeated": _("Two sections of the report have the same code “%(key)s”."),
    "report.key_repeated": _("Two blocks of the report have the same key “%(key)s”."),
    "figure.kind_unknown": _("The figure “%(key)s” has the unknown kind “%(kind)s”."),
    "figure.value_not_a_number": _("The figure “%(key)s” should be a number."),
    "column.kind_unknown": _("A column has the unknown kind “%(kind)s”."),
    "table.no_columns": _("The table “%(key)s” has no columns."),
    "table.row_width": _("Row %(row)s of the table “%(key)s” does not have a cell for each column."),
    "table.cell_not_a_number": _("Row %(row)s of the table “%(key)s” should hold a number."),
    "chart.kind_unknown": _("The chart “%(key)s” has the unknown kind “%(kind)s”."),
    "chart.column_missing": _("The chart “%(key)s” draws a column that its table does not have."),
    "chart.column_not_a_number": _("The chart “%(key)s” draws a column that holds no numbers."),
}
