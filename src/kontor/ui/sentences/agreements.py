"""The sentences for refusals in `kontor.agreements`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "agreement.kind_unknown": _("There is no catalogue of clauses called “%(wanted)s”."),
    "agreement.no_language": _("Choose at least one language in which the agreement is kept."),
    "agreement.no_counterpart": _("Name both sides of the agreement."),
    "agreement.no_title": _("Give the agreement a title in at least one language."),
    "agreement.no_clauses": _(
        "The agreement has no clauses yet. Take at least one before you invite anybody."
    ),
    "agreement.is_gone": _("This agreement is not there any more."),
    "agreement.not_open_yet": _("The other side has not been invited yet."),
    "agreement.is_open": _("The agreement is being negotiated; that is not possible just now."),
    "agreement.is_agreed": _("Both sides have agreed. Begin an amendment to change something."),
    "agreement.is_cancelled": _("This agreement was given up. Take it up again to go on."),
    "agreement.is_in_force": _(
        "A version has been agreed and stays in force. You can give up the amendment, not the agreement."
    ),
    "agreement.not_amended": _("Nothing has been agreed yet, so there is no amendment to give up."),
    "agreement.no_reason": _("Say in a few words why the agreement is to be amended."),
    "agreement.not_settled": _(
        "Not every clause is settled yet; open ones: %(open)s. Settle them or agree to leave them out."
    ),
    "agreement.nothing_amended": _(
        "Nothing has changed since the last version. Give up the amendment, or change a clause."
    ),
    "clause.not_in_the_catalogue": _("The catalogue holds no clause “%(wanted)s”."),
    "clause.is_there": _("This clause is already part of the agreement."),
    "clause.too_many": _("An agreement takes up to %(most)s clauses."),
    "clause.group_unknown": _("Choose the subject that the clause belongs to."),
    "wording.empty": _("Give the clause a heading and a text in at least one language."),
    "wording.too_long": _("This is too long; up to %(most)s characters are possible."),
    "wording.nothing_changed": _("Nothing has changed compared with the wording that counts now."),
    "wording.too_many": _("There are %(most)s wordings of this clause already. Please talk to each other."),
    "wording.superseded": _("A newer wording is on the table meanwhile. Please read it before you accept."),
    "wording.not_acceptable": _(
        "This wording cannot be accepted yet: a language lags behind, or something is still to be filled in."
    ),
    "comment.empty": _("Write something before you send the comment."),
    "comment.too_long": _("The comment is too long; up to %(most)s characters are possible."),
    "comment.too_many": _("There are %(most)s comments on this clause already. Please talk to each other."),
    "comment.not_internal": _("Internal notes are for the cluster’s own side."),
    "negotiator.is_there": _("This person takes part already."),
    "negotiator.too_many": _("Up to %(most)s people can take part in one negotiation."),
    "negotiator.not_management": _("Only people of the cluster management can speak for your side."),
    "negotiator.is_revoked": _("This person’s way in was closed. Invite the person anew."),
    "negotiator.mail_refused": _("%(email)s takes no mail: %(reason)s"),
    "negotiator.mail_not_sent": _(
        "The mail to %(email)s could not be sent just now. The invitation is kept; send it again later."
    ),
    "signing.in_the_future": _("The day of signing cannot lie in the future."),
    "signing.before_it_was_agreed": _("The paper cannot have been signed before it was agreed."),
}
