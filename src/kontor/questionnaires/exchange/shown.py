"""What came of a file, ready for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.questionnaires.answers import Reading
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.exchange.carried import Note, Severity
from kontor.questionnaires.exchange.languages import name_in
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.showing import Showing, Shown, shown
from kontor.questionnaires.vocabulary import vocabulary_of
from kontor.ui.errors import explain_code

MOST_LINES = 500


@dataclass(frozen=True)
class NoteLine:
    """One line about something that did not arrive as it was."""

    place: str
    sentence: str
    is_dropped: bool


def note_lines(notes: Iterable[Note]) -> list[NoteLine]:
    """Return the notes in the reader's language."""
    return [
        NoteLine(str(note.place), explain_code(note.code, note.params), note.severity == Severity.DROPPED)
        for note in notes
    ]


def fault_lines(refusal: QuestionnaireError) -> list[tuple[str, str]]:
    """Return (place, sentence) of each fault, at most MOST_LINES."""
    faults: Any = refusal.params.get("faults", ())
    return [(str(fault.place), explain_code(fault.code, fault.params)) for fault in faults[:MOST_LINES]]


def counts(definition: Definition) -> dict[str, Any]:
    """Return how much there is, and in which languages."""
    questions = list(definition.questions())
    reader = get_language() or "en"
    return {
        "section_count": len(definition.sections),
        "question_count": sum(question.takes_answer for question in questions),
        "option_count": sum(len(question.options) for question in questions),
        "language_names": ", ".join(name_in(code, reader) for code in definition.languages),
    }


def preview_of(cluster: Cluster, definition: Definition) -> Shown:
    """Return the questionnaire as people will see it, nothing filled in and nothing hidden."""
    language = get_language() or "en"
    vocabulary = vocabulary_of(cluster, language, definition)
    return shown(
        definition, Showing(language, {}, Reading({}, {}, frozenset()), vocabulary, _("Something else"))
    )
