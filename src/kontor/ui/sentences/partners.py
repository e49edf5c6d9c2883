"""What profiles of partner clusters, their facts and their imports refuse."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    # Profiles
    "profile.country_unknown": _("There is no country “%(country)s”. Please choose one from the list."),
    "profile.organisation_of_another_cluster": _("This organisation belongs to another cluster."),
    "profile.reference_taken": _("The reference “%(reference)s” belongs to another partner cluster already."),
    "profile.in_use": _(
        "“%(name)s” cannot be deleted, because others stand on it: %(users)s. Set it aside instead."
    ),
    "profile.stage_unknown": _("There is no list “%(stage)s”."),
    "profile.reason_missing": _("Please give the reason for “%(stage)s”. Nothing has been changed."),
    "profile.reason_too_long": _("Please keep the reason below %(longest)s characters."),
    "profile.is_own": _("Our own cluster stands on no list."),
    "profile.cannot_merge": _("These two profiles cannot be merged."),
    "profile.not_merged": _("This profile stands by itself already."),
    "profile.competence_of_another_cluster": _("This competence belongs to another cluster."),
    "profile.topic_of_another_cluster": _("This topic belongs to another cluster."),
    "profile.no_text": _("Please give it in at least one language."),
    # Facts
    "fact.field_unknown": _("There is no field “%(wanted)s”."),
    "fact.no_value": _("Please fill in “%(field)s”."),
    "fact.not_a_number": _("“%(field)s” needs a number."),
    "fact.out_of_range": _("“%(field)s” goes from %(low)s to %(high)s."),
    "fact.too_long": _("Please keep “%(field)s” below %(longest)s characters."),
    "fact.option_unknown": _("“%(option)s” is no answer for “%(field)s”."),
    "fact.in_the_future": _("This day is still to come."),
    # Imports
    "profile_import.not_staged": _("Somebody has already carried out this import."),
    "profile_import.has_faults": _("Nothing has been written. Cells to be put right: %(number)s."),
    "profile_import.undecided": _(
        "Nothing has been written. Rows to be decided: %(number)s. Please choose for each whether it is "
        "there already."
    ),
    "profile_import.nothing_to_write": _("Nothing has been written: no row is left to import."),
    "profile_import.not_done": _("This import has not been carried out, or has been taken back."),
    "profile_import.too_many": _(
        "The list is too long; at most %(most)s rows can be brought in at once. Please divide it."
    ),
    "profile_import.future": _("The day %(value)s is still to come."),
    "profile_import.competence": _(
        "There is no competence “%(value)s”. Add it to the list of competences first, or correct the name."
    ),
    "profile_import.language": _(
        "“%(value)s” is no language. Use the code of two letters, such as en or fi."
    ),
    "profile_import.percent_small": _(
        "“%(value)s” could mean %(value)s %% or %(percent)s %%. Please write it with the percent sign."
    ),
}
