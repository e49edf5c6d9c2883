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
    "decision.ranking": _("The ranks of the criteria must be ordinary numbers."),
    "decision.weight_bounds": _(
        "No weights fit between these bounds: each lower bound must not exceed its upper one, the lower ones "
        "must not sum to more than 100 percent, and the upper ones not to less."
    ),
    "decision.spread": _("Weights can be uncertain by 0 to 100 percent."),
    "decision.range_reversed": _(
        "The range of candidate %(candidate)s on criterion %(criterion)s begins above its end."
    ),
    "decision.sampling": _("Draw at least one sample and count at least one rank."),
    "decision.preference_negative": _("Preferences between candidates must be numbers from zero upwards."),
    "decision.not_utilities": _("Utilities must lie between 0 and 1."),
    "decision.nothing_known": _("Nothing is known of any candidate yet. Enter at least one score."),
    "decision.no_rival": _(
        "There is nobody to compare the first with: it takes scores of a second candidate."
    ),
    "decision.no_such_candidate": _(
        "Choose another candidate of whom something is known to compare the first with."
    ),
    "weights.shape": _("Give every criterion one number."),
    "weights.not_points": _("Points must be numbers from zero upwards."),
    "weights.all_zero": _("No criterion has any points. Give points to at least one."),
    "weights.swing_best_not_100": _(
        "Give the most important step 100 points and measure the others by it; now the highest is %(best)s."
    ),
    "weights.not_ranks": _("Give every criterion a rank; several may share one."),
    "weights.ratio_below_one": _(
        "Say how many times as important the first is as the last: once at the least."
    ),
    "weights.blanks": _(
        "Lay whole numbers of blank cards between the piles, or none; there are %(steps)s gaps."
    ),
    "weights.decimals": _(
        "With so few decimals a criterion would be left without weight. Show more decimals, up to nine."
    ),
    "comparisons.shape": _("The comparisons do not fit the criteria."),
    "comparisons.not_positive": _("Comparisons must be numbers above zero."),
    "comparisons.diagonal": _("Compared with itself, every criterion is equally important: that must be 1."),
    "comparisons.not_reciprocal": _(
        "Criteria %(first)s and %(second)s were compared in both directions, and the answers do not fit."
    ),
    "comparisons.disconnected": _(
        "The comparisons fall into separate groups: %(count)s criteria are not tied to the others. "
        "Compare one of each group with one of another."
    ),
    "opinions.nothing": _("Nobody has said anything yet."),
    "opinions.shape": _("The answers do not fit the people or the criteria."),
    "opinions.not_weights": _(
        "The weights of person %(person)s must not be negative, and at least one must be above zero."
    ),
    "opinions.not_values": _("The values must be ordinary numbers."),
    "opinions.importance": _("Say of everybody how much they count; at least one must count something."),
    "opinions.zero_in_geometric_mean": _(
        "The geometric mean takes no zero: somebody gave a criterion no weight. Take the arithmetic mean."
    ),
    "opinions.one_group": _("It takes two groups or more to compare them."),
    "ballots.shape": _("The ballots do not fit the options."),
    "ballots.no_options": _("There is nothing to vote on."),
    "ballots.not_approvals": _("A ballot of approval says yes or no to each option."),
    "ballots.not_ranks": _("A ballot ranks options by ordinary numbers or leaves them out."),
    "ballots.electors": _("%(voted)s votes of %(electors)s electors cannot be."),
    "ballots.percent": _("A quorum lies between 0 and 100 percent."),
    "competences.shape": _("The profiles do not cover the same competences."),
    "competences.levels": _("Levels of competence lie between 0 and 5."),
    "competences.need": _("Needs must be numbers from zero upwards."),
}
