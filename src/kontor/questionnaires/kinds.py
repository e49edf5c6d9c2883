"""The kinds of questions in words: what each is called and what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.questionnaires.definition import Kind
from kontor.ui.components import Text


@dataclass(frozen=True)
class KindInWords:
    """A kind of question with its name and one sentence on what it is for."""

    kind: Kind
    label: Text
    purpose: Text


KINDS: tuple[KindInWords, ...] = (
    KindInWords(
        Kind.SINGLE, _("One answer"), _("Choose exactly one from a list: for facts and clear decisions.")
    ),
    KindInWords(
        Kind.MULTIPLE, _("Several answers"), _("Tick what applies: for needs, topics and expectations.")
    ),
    KindInWords(
        Kind.SCALE,
        pgettext_lazy("question", "Scale"),
        _("A step between two ends: for agreement and strength."),
    ),
    KindInWords(
        Kind.MATRIX, _("Table"), _("Several rows on the same answers: for rating many things quickly.")
    ),
    KindInWords(Kind.RANKING, _("Ranking"), _("Put answers in order: for what matters most.")),
    KindInWords(
        Kind.NUMBER, pgettext_lazy("question", "Number"), _("A figure, such as staff, years or an amount.")
    ),
    KindInWords(Kind.DATE, _("Day"), _("A date in the calendar.")),
    KindInWords(Kind.COUNTRY, _("Countries"), _("One or several from all countries: for target countries.")),
    KindInWords(
        Kind.COMPETENCE, _("Competences"), _("From the cluster’s own list, so that the answers fit the map.")
    ),
    KindInWords(Kind.TEXT, _("Own words"), _("A line or a paragraph: for what no list foresees.")),
    KindInWords(
        Kind.NOTE, _("Text to read"), _("No question: explains, thanks or says what the caller says.")
    ),
)


def kind_label(kind: Kind) -> Text:
    """Return what a kind is called."""
    return next(each.label for each in KINDS if each.kind == kind)
