"""The sentences for refusals in `kontor.studies`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "study.no_title": _("Give the study a title in at least one language."),
    "study.version_of_another_cluster": _("This criteria catalogue belongs to another cluster."),
    "study.goal_of_another_cluster": _("One of the goals belongs to another cluster."),
    "study.of_another_cluster": _("This study belongs to another cluster."),
    "study.decided": _("The decision has been made. Nothing of this study can be changed any more."),
    "study.not_preparing": _("Judging has begun already."),
    "study.not_judging": _("Judging has not begun yet, or is over."),
    "study.not_open": _("The weights have not been opened yet."),
    "study.no_candidates": _("Choose candidates first: without them there is nothing to judge."),
    "study.no_criteria": _("Choose criteria first: without them there is nothing to judge by."),
    "study.no_people": _("Choose people first: somebody must weigh and score."),
    "study.too_many_candidates": _("A study holds %(most)s candidates at most."),
    "study.too_many_criteria": _("A study holds %(most)s criteria at most."),
    "study.candidate_without_name": _("Give the candidate a name."),
    "study.cannot_come_back": _("It cannot be brought back: something else has taken its place meanwhile."),
    "study.nobody_to_invite": _("Everybody has got the link already."),
    "study.nobody_to_remind": _(
        "There is nobody to remind: everybody who has got the link has handed in, or has just been reminded."
    ),
    "study.still_sending": _("Mails of this study are still on their way. Please try again afterwards."),
    "study.mail_refused": _("The mail server does not take these mails: %(reason)s"),
    "study.nobody_weighed": _("Nobody has handed in weights yet, so there is nothing to open."),
    "study.may_not": _("Only the cluster management may change this."),
    "criterion_of_study.ends_reversed": _("The lower end of the scale must be below the upper one."),
    "criterion_of_study.too_large": _("This number is too large to reckon with."),
    "criterion_of_study.all_out": _(
        "With these thresholds every candidate would be out: the lower one must not be above the upper one."
    ),
    "criterion_of_study.scores_outside": _(
        "%(number)s scores that have been given lie beyond these ends. "
        "Widen the scale, or put them right first."
    ),
    "assessor.no_name": _("Give the person a name."),
    "assessor.bad_address": _("“%(email)s” is not an e-mail address."),
    "assessor.does_nothing": _("%(name)s must weigh, score, or both."),
    "assessor.known_already": _("Somebody with the address %(email)s takes part already."),
    "assessor.group_unknown": _("Choose one of the groups and one of the languages."),
    "assessor.counts": _(
        "What %(name)s has handed in counts in the opened weights, so nobody can be removed any more."
    ),
    "weights.saved_elsewhere": _(
        "You have saved on another device or in another tab meanwhile. "
        "Keep what is here, or load what is there."
    ),
    "weights.not_asked": _("You are not asked to weigh in this study."),
    "weights.technique_unknown": _("Choose one of the five ways to weigh."),
    "weights.unfinished": _(
        "There is not enough yet to reckon with. What is missing stands beside the fields."
    ),
    "weights.nothing_said": _("Nothing has been said yet."),
    "weights.not_a_number": _("“%(typed)s” for “%(name)s” is not a number."),
    "weights.negative": _("“%(name)s” cannot count less than nothing."),
    "weights.no_best": _("First choose what you would lift first; that is worth 100."),
    "weights.above_best": _(
        "“%(name)s” has more than 100. Then it is what you would lift first: choose it as the first one."
    ),
    "weights.blanks_not_whole": _("Blank cards are whole cards: 0, 1, 2 and so on, up to 100."),
    "weights.loose": _(
        "No comparison ties these to the others: %(names)s. Compare each with at least one of the others."
    ),
    "weights.rule_unknown": _("Choose one of the rules."),
    "weights.no_reason": _("Give the reason: it stands in the result and in the record."),
    "weights.negative_group": _("A weight cannot be negative, nor beyond all measure."),
    "weights.not_opened": _("The weights of single people can be seen once they have been opened."),
    "score.not_a_number": _("“%(typed)s” is not a number."),
    "score.not_a_day": _("“%(typed)s” is not a day. Write it as 21.11.2026 or 2026-11-21."),
    "score.bad_link": _("“%(typed)s” is not a link to a page."),
    "score.no_value": _("Give a score, or say that it is not known."),
    "score.range_open": _("This scale is open: give both “at least” and “at most”, or a single score."),
    "score.range_reversed": _("The score must lie between “at least” and “at most”."),
    "score.outside": _("The scale runs from %(low)s to %(high)s."),
    "score.below": _("The scale begins at %(low)s."),
    "score.above": _("The scale ends at %(high)s."),
    "score.too_large": _("This number is too large to reckon with."),
    "score.saved_elsewhere": _(
        "You have saved this on another device or in another tab meanwhile. Save again to keep what is here."
    ),
    "score.not_asked": _("You are not asked to score in this study."),
    "score.opened": _(
        "The weights have been opened: scores that have been handed in stay as they are. "
        "What was missing or not known may still be added."
    ),
    "score.nothing_said": _("There is no score to hand in yet."),
    "score.unreadable": _("%(number)s cells cannot be read yet. Put them right or empty them first."),
    "score.no_reason": _("Give the reason for what the group agrees on."),
    "score_import.not_staged": _("This import is over. Choose the file again."),
    "score_import.not_done": _("This import has not been carried out, or has been taken back already."),
    "score_import.has_faults": _("%(number)s cells must be put right first. Nothing has been written."),
    "score_import.nothing_to_write": _("The file holds no score. Nothing has been written."),
    "score_import.candidate_unknown": _("“%(name)s” is no candidate of this study."),
    "score_import.candidate_twice": _("This candidate stands in row %(row)s already."),
    "score_import.column_unknown": _("No criterion of this study is called so."),
    "score_import.column_twice": _("This criterion stands in an earlier column already."),
    "score_import.no_column": _("No column names a criterion of this study. The template holds them all."),
    "score_import.broken_formula": _("The formula in this cell is broken."),
    "scenario.no_name": _("Give the scenario a name in at least one language."),
    "scenario.no_change": _(
        "A scenario needs at least one change: another weight, another score, or somebody left out."
    ),
    "scenario.too_many": _("A study holds %(most)s scenarios at most. Delete one before you make another."),
    "scenario.not_a_number": _("“%(typed)s” is not a number."),
    "scenario.weights_negative": _("A weight cannot be less than nothing."),
    "scenario.weights_all_zero": _("At least one criterion must weigh something."),
    "scenario.score_incomplete": _(
        "Another score needs all three: the candidate, the criterion and the score."
    ),
    "scenario.score_outside": _("%(value)s lies outside the scale of the criterion."),
    "scenario.nobody_left": _("At least one candidate must be left."),
    "decision.nobody_chosen": _("Choose at least one candidate."),
    "decision.other_candidate": _("Only candidates of this study can be chosen."),
    "decision.no_reasons": _("Say why: a decision without reasons survives no objection."),
    "decision.vote_running": _("The vote is not over yet. Close it first, or wait for its end."),
    "decision.note_empty": _("Write what is to be noted."),
    "mutual.no_criteria": _("Choose at least one criterion that the candidate is to answer."),
    "mutual.bad_address": _("“%(email)s” is not an e-mail address."),
    "mutual.closed": _("The study has been decided; nothing is asked any more."),
    "mutual.nothing_said": _("Answer at least one question before you hand in."),
    "mutual.not_a_number": _("“%(typed)s” is not a number."),
    "mutual.outside": _("%(value)s lies outside the scale from %(low)s to %(high)s."),
    "mutual.saved_elsewhere": _("Somebody has saved meanwhile, on another device or in another window."),
}
