"""The sentences for refusals in `kontor.goals`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "goal.not_in_the_catalogue": _("The catalogue holds no goal “%(wanted)s”."),
    "goal.no_title": _("Give the goal a title in at least one language."),
    "goal.family_unknown": _("Choose one of the five families."),
    "goal.responsible_without_role": _("Only somebody with a role in this cluster can be responsible."),
    "goal.need_of_another_cluster": _("A goal can only answer needs of its own cluster."),
    "goal.state_unknown": _("“%(state)s” is not a state of a goal."),
    "goal.nothing_chosen": _("Choose a goal, or write a new one."),
}
