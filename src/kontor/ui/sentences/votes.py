"""The sentences for refusals in votes."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "vote.no_question": _("Please write the question in at least one language."),
    "vote.too_few_options": _("A vote needs at least two options to choose from."),
    "vote.too_many_options": _("A ballot takes at most %(most)s options."),
    "vote.options_alike": _("Two options read the same. Please tell them apart."),
    "vote.not_in_preparation": _("The vote has been opened; question, options and roll stay as they are."),
    "vote.not_over": _("This vote is not over yet. Close or cancel it before you hold it again."),
    "vote.of_another_cluster": _("This organisation does not belong to your cluster."),
    "vote.on_the_roll_already": _("%(name)s is on the roll already. Each organisation has one vote."),
    "vote.contact_unsuitable": _("This person is no contact of the organisation who may be written to."),
    "vote.no_address": _("Please choose a contact, or type an e-mail address."),
    "vote.has_voted": _("%(name)s has voted already, so its contact stays as it is."),
    "vote.over": _("The vote is over; nobody can be added or exchanged any more."),
    "vote.closing_needed": _("Please choose a closing date that is still to come."),
    "vote.too_few_electors": _(
        "At least %(fewest)s organisations must be on the roll: from fewer ballots it could be told who "
        "chose what, so no result would be shown."
    ),
    "vote.without_address": _("There is no address for %(name)s. Please choose a contact or remove it."),
    "vote.not_open": _("The vote is closed and takes no more ballots."),
    "vote.only_later": _("An open vote can only be given more time. To end it earlier, close it now."),
    "vote.reason_needed": _("Please give the reason; everybody who was asked reads it."),
    "vote.nobody_to_remind": _("Nobody to remind: all have voted, or have just been written to."),
    "vote.still_sending": _("Mails of this vote are still on their way. Please wait until they are out."),
    "vote.mail_refused": _("The mail server refuses the mails: %(reason)s"),
    "vote.option_unknown": _("This option is not on the ballot. Please choose anew."),
    "vote.nothing_chosen": _(
        "Please choose at least one option, or say below that you approve of none or abstain."
    ),
    "vote.nothing_ranked": _("Please give at least one option a place, or abstain."),
    "vote.abstains_and_chooses": _(
        "That does not go together: please choose options, or just one thing below."
    ),
    "vote.cast_already": _("The vote of your organisation is in already, and it counts once."),
    "vote.link_withdrawn": _(
        "Somebody else casts the vote of your organisation now. This link opens nothing any more."
    ),
    "vote.key_lost": _(
        "The ballots cannot be opened: Kontor was restored from a backup, and for secrecy no backup holds "
        "the key to them. Please hold the vote again."
    ),
}
