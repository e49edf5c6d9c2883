"""The sentences for refusals of interviews in `kontor.listening` and of samples in `kontor.methods`."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "sampling.size_negative": _("A sample needs at least one interview."),
    "sampling.id_twice": _("A member stands on the list twice. Nobody was drawn."),
    "sampling.groups_differ": _("The members are not grouped in the same way. Nobody was drawn."),
    "interview.size": _("Plan between 1 and %(most)s interviews."),
    "interview.dimension": _("The members cannot be grouped by this."),
    "interview.guide_of_another_cluster": _("The interview guide does not belong to this cluster."),
    "interview.guide_in_use": _("There are notes to the guide already; it can no longer be exchanged."),
    "interview.already_drawn": _(
        "The sample has been drawn. Take the draw back before you change what it depends on."
    ),
    "interview.not_drawn": _("Draw the sample first."),
    "interview.nobody_to_draw": _("No member fits. Choose other members or another day."),
    "interview.already_begun": _(
        "The interviews have begun; the draw can no longer be taken back. Begin a new series instead."
    ),
    "interview.has_talks": _("Talks were held in this series; it cannot be deleted."),
    "interview.not_open": _("This member is not to be interviewed (any more)."),
    "interview.not_declined": _("This member has not declined."),
    "interview.place_not_free": _("This place has been filled already."),
    "interview.no_reserve": _("No reserve of this group is left. Choose somebody by hand."),
    "interview.reason_needed": _("Say in a few words why you choose this member."),
    "interview.already_listed": _("%(name)s is on the list already."),
    "interview.of_another_cluster": _("This member does not belong to this cluster."),
    "interview.minutes": _("Plan between %(least)s and %(most)s minutes."),
    "interview.person_of_another_organisation": _("This person does not belong to the member interviewed."),
    "interview.interviewer_without_role": _("The interviewer has no access to this cluster."),
    "interview.no_appointment": _("Make an appointment first."),
    "interview.no_consent": _("This person has not agreed to be written to. Please call."),
    "interview.notes_changed_meanwhile": _(
        "The notes were changed in another window. Yours are still on this page: "
        "copy them before you load it again."
    ),
    "interview.notes_faulty": _("Some notes cannot be read yet; they are marked below."),
    "interview.future": _("This day is still to come."),
    "interview.not_held": _("This talk has not been held."),
    "interview.transcript_too_long": _("A transcript may have %(most)s characters; this one has %(found)s."),
    "interview.file_too_large": _("The file is too large. Up to %(megabytes)s MB are possible."),
    "interview.file_kind": _("Only text files (.txt, .md) and Word files (.docx) can be read."),
    "interview.file_locked": _(
        "The file is protected by a password or an old Word file. Save it as .docx without a password."
    ),
    "interview.file_damaged": _("The file cannot be read. It is damaged or not what its name says."),
    "interview.file_empty": _("There is no text in the file."),
    "interview.words_not_found": _("These words do not stand in the transcript. Copy them exactly."),
    "interview.passage_empty": _("Mark at least one word."),
    "interview.passage_too_long": _("A passage may have %(most)s characters."),
    "interview.passage_has_need": _("A need of this passage is on record already."),
}
