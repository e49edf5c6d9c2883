"""Sentences of the keys."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "account.email_taken": _("There is an account with the address %(email)s already."),
    "account.is_last_manager": _(
        "You are the last manager of %(cluster)s. Make somebody else a manager first, or delete the cluster."
    ),
    "edit.changed_meanwhile": _("Somebody has changed this meanwhile. Nothing has been overwritten."),
    "invitation.accepted": _("This invitation has been accepted already. Please log in."),
    "invitation.expired": _(
        "This invitation to %(cluster)s has expired. Ask for a new one; it comes by e-mail."
    ),
    "invitation.unknown": _(
        "This invitation is not known. Perhaps a newer one has replaced it, or it was withdrawn."
    ),
    "link.done": _("This is done already. Thank you; there is nothing left to do."),
    "link.expired": _("This link has expired. Ask for a new one; it comes by e-mail."),
    "link.unknown": _("This link is not known. Please check that it was copied in full."),
    "mail.not_sent": _(
        "The mail to %(email)s could not be sent. Nothing has been changed. Please try again later."
    ),
    "role.last_manager": _("%(cluster)s needs at least one manager. Make somebody else a manager first."),
    "setup.done": _("Kontor has been set up already. Please log in."),
    "setup.wrong_code": _("This is not the code on the console. Please check it and try again."),
}
