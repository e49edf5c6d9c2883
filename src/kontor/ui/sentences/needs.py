"""The sentences for refusals in `kontor.needs`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "need.of_another_cluster": _("The organisation and the topic must belong to this cluster."),
    "need.of_another_organisation": _("Only needs of the same organisation can be counted as one."),
    "need.person_of_another_organisation": _("This person does not belong to the organisation chosen."),
    "need.nothing_to_merge": _(
        "Tick at least two needs of the same organisation, and choose which one leads."
    ),
    "need.cannot_come_back": _("It cannot be brought back: what it belonged to has been deleted since."),
    "need_topic.no_name": _("Give the topic a name in at least one language."),
    "need_topic.already_there": _("The topic “%(name)s” already exists."),
    "need_topic.kind_unknown": _("“%(kind)s” is not a kind of need."),
    "need_import.not_staged": _("This import has already been carried out or taken back."),
    "need_import.has_faults": _("There are still faults in the list. Nothing has been written."),
    "need_import.nothing_to_write": _("No row of the list can be written. Nothing has been written."),
    "need_import.future": _("This day is still to come."),
    "need_import.not_done": _("Only an import that was carried out can be taken back."),
}
