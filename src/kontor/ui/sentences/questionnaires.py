"""The sentences for refusals in `kontor.questionnaires`: what cannot be asked or answered so."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    "questionnaire.unreadable": _("This is no questionnaire that Kontor can read."),
    "questionnaire.condition_unreadable": _("The condition cannot be read: %(found)s"),
    "questionnaire.not_sound": _("The questionnaire cannot be asked yet; faults left: %(faults)s."),
    "questionnaire.no_language": _("Choose at least one language."),
    "questionnaire.no_title": _("Give the questionnaire a title."),
    "questionnaire.no_question": _("Add at least one question."),
    "questionnaire.too_many_questions": _("A questionnaire takes at most %(most)s questions."),
    "questionnaire.text_too_long": _("A text is longer than %(most)s characters."),
    "questionnaire.code_twice": _("Two questions have this short name. Each needs its own."),
    "questionnaire.code_malformed": _(
        "A short name begins with a letter; then letters, digits, full stops, hyphens, underscores."
    ),
    "questionnaire.section_twice": _("Two sections have this short name. Each needs its own."),
    "questionnaire.condition_unknown": _("The condition asks for “%(question)s”, which does not exist."),
    "questionnaire.condition_looks_ahead": _(
        "The condition asks for “%(question)s”, which comes later. Move one of the two."
    ),
    "questionnaire.no_label": _("Write the question."),
    "questionnaire.range_reversed": _("The smallest number is larger than the largest."),
    "questionnaire.no_options": _("Add at least one answer to choose from."),
    "questionnaire.too_many_options": _("A question takes at most %(most)s answers to choose from."),
    "questionnaire.option_twice": _("The answer “%(option)s” stands here twice."),
    "questionnaire.option_malformed": _(
        "The short name “%(option)s” of an answer must not hold spaces, colons, tildes or hashes."
    ),
    "questionnaire.option_no_label": _("The answer “%(option)s” has no text."),
    "questionnaire.no_rows": _("Add at least one row."),
    "questionnaire.too_many_rows": _("A matrix takes at most %(most)s rows."),
    "questionnaire.row_twice_or_malformed": _(
        "The row “%(row)s” stands here twice or has no proper short name."
    ),
    "questionnaire.scale_limits": _("A scale needs two whole numbers, the smaller one first."),
    "questionnaire.scale_too_wide": _("A scale has at most %(most)s steps."),
    "questionnaire.not_translated": _("A text is missing in this language: %(language)s."),
    "questionnaire.no_such_place": _("This question or section is not there any more."),
    "questionnaire.act_unknown": _("This cannot be done with a question."),
    "questionnaire.condition_without_value": _("Say with which answer the condition compares."),
    "questionnaire.not_ready_made": _("There is no such ready-made questionnaire."),
    "questionnaire.released": _(
        "This questionnaire has been released and cannot be deleted: answers may belong to it. "
        "Put it away instead."
    ),
    "questionnaire.in_use": _("Something builds on this questionnaire. Put it away instead of deleting it."),
    "answer.required": _("Please answer this question."),
    "answer.not_offered": _("“%(found)s” is not one of the answers to choose from."),
    "answer.other_without_words": _("You chose “other”. Please say what it is."),
    "answer.stands_alone": _("You chose an answer that rules out the others. Please take one of them back."),
    "answer.too_many": _("Please choose at most %(most)s."),
    "answer.rank_twice": _("Two answers have the rank %(rank)s. Please give each rank once."),
    "answer.rows_missing": _("Please answer every row; missing: %(missing)s."),
    "answer.no_number": _("“%(found)s” is not a number. Please use digits, such as 12 or 1.5."),
    "answer.not_whole": _("Please give a whole number instead of “%(found)s”."),
    "answer.too_small": _("Please give at least %(least)s."),
    "answer.too_large": _("Please give at most %(most)s."),
    "answer.no_date": _("“%(found)s” is not a day. Please write it like 24.11.2026."),
    "answer.too_long": _(
        "The text is too long: at most %(most)s characters. Nothing has been lost; please shorten it."
    ),
}
