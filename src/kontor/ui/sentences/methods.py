"""The sentences for what `kontor.methods` refuses when candidates are compared."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "decision.nothing": _("There is nothing to compare yet: it takes a candidate and a criterion."),
    "decision.shape": _("Scores, weights and criteria do not fit together."),
    "decision.infinite": _("The score of candidate %(candidate)s on criterion %(criterion)s is too large."),
    "decision.weights_not_positive": _(
        "The weights must not be negative, and at least one must be above zero."
    ),
    "decision.scale_ends": _(
        "The lower end of the scale of criterion %(criterion)s must be below its upper end."
    ),
    "decision.preference_threshold": _(
        "The thresholds of a preference function do not fit: q must not be negative, p not below q, "
        "and s must be above zero."
    ),
    "decision.preference_negative": _("Preferences between candidates must be numbers from zero upwards."),
}
