"""The sentences for refusals in `kontor.criteria`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "catalogue.purpose_unknown": _("There is no catalogue for “%(purpose)s”."),
    "catalogue.nothing_active": _("There is nothing to publish: no criterion is in use."),
    "catalogue.nothing_new": _(
        "Nothing has changed since version %(number)s, so there is nothing to publish."
    ),
    "catalogue.changed_meanwhile": _(
        "Somebody has changed the catalogue meanwhile. Look through the changes again, then publish."
    ),
    "catalogue.nothing_ticked": _("Tick at least one criterion first."),
    "criterion.no_name": _("Give the criterion a name in at least one language."),
    "criterion.family_unknown": _("Choose one of the families."),
    "criterion.scale_unknown": _("Choose one of the four scales."),
    "criterion.source_unknown": _("The program knows no data “%(source)s”."),
    "criterion.text_too_long": _("“%(text)s” is too long: %(longest)s characters at most."),
    "criterion.number_too_large": _("This number is too large to reckon with."),
    "criterion.ends_reversed": _("The lower end of the scale must be below the upper one."),
    "criterion.ends_outside": _("The scale runs from %(least)s to %(most)s at most."),
    "criterion.all_knocked_out": _(
        "With these thresholds every candidate would be out: the lower one must not be above the upper one."
    ),
    "criterion.knock_out_outside": _("A threshold must lie on the scale, from %(least)s to %(most)s."),
    "criterion.step_unknown": _("A criterion moves up or down, or to the top or the bottom of its family."),
    "criterion.of_the_reference": _(
        "Criteria of the guide cannot be deleted. Switch this one off, and no new version will hold it."
    ),
    "criterion.not_in_the_reference": _("This criterion has no wording to go back to: it is your own."),
    "criterion.changed_meanwhile": _(
        "Somebody has changed this criterion meanwhile. Look at it again before you go on."
    ),
    "criterion.cannot_come_back": _(
        "The criterion cannot be brought back: something else has taken its place meanwhile."
    ),
    "criteria_import.not_staged": _("This list has been written or taken back already."),
    "criteria_import.has_faults": _("Nothing has been written: some cells must be put right first."),
    "criteria_import.nothing_to_write": _("This list holds no criterion that is not there already."),
    "criteria_import.not_done": _("This import has been taken back already."),
}
