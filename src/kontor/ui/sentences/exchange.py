"""The sentences for questionnaires in files of other programs: what is wrong, and what cannot be carried."""

from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

SENTENCES: dict[str, Text] = {
    # The whole file
    "exchange.faulty": _("“%(name)s” cannot be taken; faults: %(count)s. Nothing has been changed."),
    "exchange.not_a_questionnaire": _(
        "This is no questionnaire. Choose an XLSForm (.xlsx), a LimeSurvey survey (.lss) or a Kontor "
        "file (.json)."
    ),
    "exchange.too_much": _("The questionnaire is too large to be taken over. Split it into two files."),
    "exchange.preview_gone": _(
        "The preview is older than a day or was made elsewhere. Please choose the file again."
    ),
    "exchange.json_unreadable": _("The file is damaged. Export the questionnaire from Kontor again."),
    "exchange.cell_too_long": _(
        "A condition or a text is too long for a cell of Excel (sheet %(sheet)s, row %(row)s). Shorten "
        "it, or "
        "export as a Kontor file."
    ),
    "exchange.lss_unreadable": _(
        "The file breaks off at line %(line)s, character %(column)s. Export the survey from LimeSurvey again."
    ),
    "exchange.lss_hostile": _(
        "The file contains instructions that no survey needs (XML entities), or is larger or more deeply "
        "nested than any survey. It is not opened. Export the survey from LimeSurvey again."
    ),
    "exchange.lss_no_survey": _(
        "This is not a LimeSurvey survey (found: %(found)s). In LimeSurvey, choose Export, Survey "
        "structure (.lss)."
    ),
    # Faults of an XLSForm
    "exchange.no_survey_sheet": _(
        "The workbook has no sheet “survey”. Give the sheet with the questions this name."
    ),
    "exchange.survey_empty": _(
        "The sheet “survey” holds no question. Write at least one below the headings."
    ),
    "exchange.column_missing": _("The column “%(heading)s” is missing. Add it to the first row."),
    "exchange.column_twice": _(
        "Two columns have the heading “%(heading)s”. Rename or delete one; for a translation write, for "
        "example, “label::English (en)”."
    ),
    "exchange.cell_error": _(
        "“%(found)s” is the error of a formula. Correct the formula or write the value."
    ),
    "exchange.date_ambiguous": _(
        "The day %(found)s is ambiguous: before 1 March 1900 Excel counts in two ways. If no day is "
        "meant, format "
        "the cell as text or number; otherwise correct the day."
    ),
    "exchange.calculation_unreadable": _(
        "The calculation “%(found)s” cannot be read; it stops making sense at “%(rest)s”. Correct it or "
        "delete "
        "the row."
    ),
    "exchange.no_type": _("The row has no type. Write one, such as “text” or “select_one list”."),
    "exchange.no_name": _("The question has no name. Write one into the column “name”."),
    "exchange.name_twice": _(
        "The name “%(name)s” stands twice in the same group. Give one of them another name."
    ),
    "exchange.list_unknown": _(
        "The list “%(list)s” is not on the sheet “choices”. Add it, or correct its name."
    ),
    "exchange.choice_no_name": _(
        "A choice of the list “%(list)s” has no name. Write one into the column “name”."
    ),
    "exchange.choice_twice": _(
        "The name “%(name)s” stands twice in the list “%(list)s”. Give one of them another name."
    ),
    "exchange.group_not_begun": _(
        "A group ends here that has not begun. Delete the row, or add “begin_group” above."
    ),
    "exchange.group_not_closed": _(
        "The group “%(name)s” does not end. Add a row “end_group” below its last question."
    ),
    "exchange.groups_too_deep": _("More than %(most)s groups lie within each other. Remove some of them."),
    # Carried as something simpler
    "exchange.no_title": _("The file has no title; “%(title)s” was taken."),
    "exchange.language_unstated": _("The file does not say its language; “%(language)s” was taken."),
    "exchange.language_unknown": _(
        "The language “%(name)s” is not known; it was given the code “%(language)s”."
    ),
    "exchange.answer_in_text": _(
        "The text repeats an earlier answer; the placeholder stays in the text as it is."
    ),
    "exchange.no_label": _("There is no question text; the name “%(name)s” stands in its place."),
    "exchange.question_renamed": _("The name “%(name)s” is taken or not possible; it became “%(code)s”."),
    "exchange.choice_renamed": _("The choice “%(name)s” is taken or not possible; it became “%(code)s”."),
    "exchange.choice_no_label": _("The choice has no text; its name “%(name)s” stands in its place."),
    "exchange.type_simpler_text": _("Asked as text without special checks: “%(type)s”."),
    "exchange.type_simpler_number": _("Asked as a number: “%(type)s”."),
    "exchange.type_simpler_multiple": _("Asked as one box to tick: “%(type)s”."),
    "exchange.list_too_long": _("The list “%(list)s” has more than %(most)s choices; it is asked as text."),
    "exchange.range_as_number": _("Asked as a number with limits: “%(found)s”."),
    "exchange.group_as_note": _("A group within a group; its heading became a text between the questions."),
    "exchange.repeat_once": _("The questions of “%(name)s” are asked once; Kontor does not repeat groups."),
    "exchange.soft_mandatory": _("LimeSurvey only reminds of this answer; here it is optional."),
    "exchange.time_not_carried": _("Asked as a day without time of day (format “%(found)s”)."),
    "exchange.two_scales": _("The table with two scales became two tables."),
    "exchange.one_for_each_row": _("Each row became a question of its own; questions: %(count)s."),
    "exchange.one_for_each_cell": _("Each cell became a question of its own; questions: %(count)s."),
    # Not carried
    "exchange.type_unknown": _("This type is not known, the question was left out: “%(type)s”."),
    "exchange.type_not_carried": _("Kontor cannot ask this, the question was left out: “%(type)s”."),
    "exchange.computed_not_carried": _(
        "Kontor does not calculate within questionnaires; “%(name)s” was left out."
    ),
    "exchange.hidden_not_carried": _("“%(name)s” is nothing that people are asked; it was left out."),
    "exchange.note_without_text": _("“%(name)s” has no text and was left out."),
    "exchange.header_row": _("“%(name)s” only heads the table and was left out."),
    "exchange.condition_unreadable": _("The condition cannot be read, so this is always shown: %(found)s"),
    "exchange.condition_beyond": _("Kontor cannot say this condition, so this is always shown: %(found)s"),
    "exchange.condition_unknown": _(
        "The condition asks for “%(question)s”, which was not carried, so this is always shown: %(found)s"
    ),
    "exchange.condition_looks_ahead": _(
        "The condition asks for “%(question)s”, which comes later, so this is always shown: %(found)s"
    ),
    "exchange.required_condition": _("Needed only under a condition; here it is optional: %(found)s"),
    "exchange.constraint_not_carried": _("The answer is not checked against this rule: %(found)s"),
    "exchange.range_not_carried": _("The limits make no sense and were left out: “%(found)s”."),
    "exchange.filter_not_carried": _("The choices are not filtered, all of the list are offered: %(found)s"),
    "exchange.choice_without_list": _("The choice “%(name)s” belongs to no list and was left out."),
    "exchange.column_not_carried": _(
        "This column is used by filters or other programs only and was left out."
    ),
    "exchange.cell_not_carried": _("Left out: “%(found)s”."),
    "exchange.sheet_not_carried": _("This sheet was not read."),
    "exchange.media_not_carried": _("The image or recording “%(found)s” was left out."),
    "exchange.comment_not_carried": _("The comment beside the answer was left out."),
    "exchange.attribute_not_carried": _("The setting “%(name)s” was left out: %(found)s"),
    "exchange.default_not_carried": _("The answer filled in beforehand was left out."),
    "exchange.quota_not_carried": _("The quota “%(name)s” was left out; set quotas with the survey."),
    "exchange.assessment_not_carried": _("The assessment “%(name)s” was left out."),
    "exchange.survey_date_not_carried": _(
        "A day of the survey was left out (%(found)s); set it with the survey."
    ),
}
