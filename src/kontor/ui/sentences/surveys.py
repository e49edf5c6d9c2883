"""The sentences for refusals in member surveys."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "survey.of_another_cluster": _("This questionnaire does not belong to your cluster."),
    "survey.already_open": _("The survey is open already; its questions and groups stay as they are."),
    "survey.closing_needed": _("Please choose a closing date that is still to come."),
    "survey.nobody": _("Nobody can be invited: no contact in the chosen groups has agreed to be written to."),
    "survey.nobody_to_remind": _("Nobody to remind: all have answered, declined, or got no mail yet."),
    "survey.not_running": _("The survey is not running."),
    "survey.not_closed": _("The survey is not closed."),
    "survey.figures_are_out": _(
        "The figures of this anonymous survey can be seen by now, so it stays closed: from the difference to "
        "later figures it could be told who answered what. Please begin a new survey."
    ),
    "survey.still_sending": _("Mails of this survey are still on their way. Please wait until they are out."),
    "survey.mail_refused": _("The mail server refuses the mails: %(reason)s"),
    "survey.contact_unsuitable": _("This person is no contact of the organisation who may be written to."),
    "survey.address_taken": _("This address has an invitation of its own already."),
    "survey.unknown_mark": _("This cannot be noted about an invitation."),
    "survey.closed": _("The survey is closed and takes no more answers. What you have typed is kept."),
    "survey.answered": _("The answer has been sent already."),
    "survey.answered_by_colleague": _("Somebody of your organisation has answered already."),
    "survey.saved_elsewhere": _(
        "Another tab or device has saved something else meanwhile. Nothing has been overwritten: "
        "keep what is here, or load the other state."
    ),
    "text.already_read": _("Somebody has read this text already. Nothing was recorded twice."),
    "text.anonymous": _("This answer is anonymous, so no member can be named for the need."),
}
