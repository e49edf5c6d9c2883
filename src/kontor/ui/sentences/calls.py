"""The sentences for refusals of calls in `kontor.listening`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "call.nobody_chosen": _("No member fits this choice. Nothing has been created."),
    "call.of_another_cluster": _("The questionnaire must belong to this cluster."),
    "call.closed": _("This phone campaign is closed. Reopen it to go on calling."),
    "call.taken_by_other": _("%(who)s is talking to this member now. What you typed is still on this page."),
    "call.holds_another": _("You are still in a talk with %(name)s. Finish it or put it back first."),
    "call.finished": _("This call has been finished already. What you typed is still on this page."),
    "call.gone": _("This member has been deleted meanwhile. What you typed is still on this page."),
    "call.not_reserved": _(
        "Your reservation ran out and the member is back on the list. What you typed is still on this page."
    ),
    "call.other_tab": _(
        "Something was saved in another window meanwhile. What you typed here is still on this page."
    ),
    "call.outcome_unknown": _("Please choose how the call went."),
    "call.call_back_when": _("Please say when to call back."),
    "call.call_back_past": _("This time has passed. Please choose a later one."),
    "call.not_done": _("Only a talk that has taken place can be corrected."),
    "call.not_ended": _("This member is still on the list."),
    "call.has_calls": _("Calls have been made in this campaign. You can close it, but not delete it."),
}
