"""The sentences for refusals in `kontor.cooperation`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "cooperation.no_title": _("Give the activity a title in at least one language."),
    "cooperation.no_result": _("Say first what came of it: an activity is done when it has a result."),
    "cooperation.not_over": _("It has not begun yet, so it cannot be done."),
    "cooperation.state_unknown": _("“%(state)s” is not a state of an activity."),
    "cooperation.other_cluster": _("Partner, goals and organisations must belong to this cluster."),
    "cooperation.no_participant": _("Name an organisation or a person."),
    "cooperation.no_task": _("Say what is to be done."),
    "cooperation.responsible_without_role": _(
        "Only somebody with a role in this cluster can be responsible."
    ),
}
