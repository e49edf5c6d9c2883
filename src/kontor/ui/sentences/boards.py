"""The sentences for refusals of boards in `kontor.listening`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "board.no_question": _("Ask the people in the hall a question."),
    "board.points_per_person": _("Give each person between 1 and %(most)s points."),
    "board.ends_in_the_past": _("The link must work until some time to come."),
    "board.points_are_given": _(
        "People have given points already. How many each of them has can no longer change."
    ),
    "board.phase_unknown": _("A board cannot do that."),
    "board.expired": _("The link of this board works no more. Set a later time first."),
    "board.no_groups": _("Make at least one group first: people give their points to groups."),
    "board.closed": _("The board is closed."),
    "board.full": _("More phones take part than a board holds. Please tell your idea to the moderator."),
    "board.not_joined": _("Please join the board first. What you typed is still here."),
    "board.idea_empty": _("Please write your idea first."),
    "board.idea_too_long": _("An idea has at most %(most)s characters; this one has %(length)s."),
    "board.not_accepting": _("The board takes no ideas just now. Please tell it to the moderator."),
    "board.too_many_ideas": _("You have sent %(most)s ideas. Please leave some room for the others."),
    "board.not_weighing": _("Points cannot be given just now."),
    "board.points_too_many": _("You have %(most)s points in all. Please take some away elsewhere."),
    "board.points_no_number": _("Please give whole points only."),
    "board.group_gone": _("This group is no longer on the board."),
    "board.group_has_points": _(
        "People have given points to this group. Merge it with another one, then they are kept."
    ),
    "board.no_heading": _("Give the group a heading."),
    "board.too_many_groups": _("A board holds at most %(most)s groups."),
    "board.topic_elsewhere": _("The topic must belong to this cluster."),
    "board.merge_into_itself": _("Choose another group to merge with."),
    "board.idea_elsewhere": _("One of the ideas is not on this board. Nothing has been moved."),
    "board.nothing_chosen": _("Tick at least one idea first."),
    "board.participant_elsewhere": _("One of the phones does not belong to this board."),
    "board.organisation_elsewhere": _("The organisation must belong to this cluster."),
    "board.organisation_unknown": _("No organisation of the cluster is called “%(name)s”."),
}
