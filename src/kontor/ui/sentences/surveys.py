"""The sentences for refusals of surveys in `kontor.listening`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "text.already_read": _("Somebody has read this text already. Nothing was recorded twice."),
    "text.anonymous": _("This answer is anonymous, so no member can be named for the need."),
}
