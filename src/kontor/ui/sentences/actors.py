"""What the actors refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "membership.overlaps": _("%(name)s is already a member in part of this time. End that membership first."),
    "period.ends_before_it_begins": _("The end lies before the beginning. Please check both days."),
    "consent.source_missing": _("Please say how the person agreed, for example “by e-mail”."),
    "competence.circle": _("%(name)s cannot stand below itself. Please choose another place."),
    "competence.in_use": _("%(name)s is in use. Remove it from the organisations and its sub-entries first."),
    "tie.needs_two": _("%(name)s cannot be tied to itself. Please choose another partner."),
    "tie.other_cluster": _("This organisation belongs to another cluster."),
    "participation.twice": _("%(name)s already takes part in %(project)s."),
    "partner.several": _("Several organisations fit this name: %(names)s. Please type the full name."),
    "partner.unknown": _("No organisation of this name is known yet. Choose its country below to add it."),
    "undo.impossible": _("This cannot be taken back any more: something it belongs to has gone."),
    "confirm.nobody": _("None of the selected organisations has a contact who agreed to be written to."),
}
