"""How a result came about, in plain words: from what, from whom, by which methods."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.studies.reading import Reading
from kontor.studies.robust import DOUBT_OF_ONE, SAMPLES
from kontor.studies.told import number_text, percent_text


@dataclass(frozen=True)
class Step:
    """One step of the way to the result. source: who has published the method, "" where it is plain."""

    title: str
    text: str
    source: str = ""


def basis_told(reading: Reading) -> str:
    """Return from what and from whom the figures come, in a sentence or two."""
    matrix, plain = reading.matrix, reading.plain
    judges = {word.assessor for words in matrix.said.values() for word in words if word.assessor}
    candidates = ngettext("%(number)s candidate", "%(number)s candidates", len(matrix.candidates))
    criteria = ngettext("%(number)s criterion", "%(number)s criteria", len(plain.codes))
    weighers = ngettext("%(number)s person", "%(number)s people", len(matrix.people))
    scorers = ngettext("%(number)s person", "%(number)s people", len(judges))
    return _(
        "%(candidates)s on %(criteria)s; weights from %(weighers)s, scores from %(scorers)s, from data and "
        "from what the group agreed; of %(cells)s scores %(unknown)s are not known."
    ) % {
        "candidates": candidates % {"number": len(matrix.candidates)},
        "criteria": criteria % {"number": len(plain.codes)},
        "weighers": weighers % {"number": len(matrix.people)},
        "scorers": scorers % {"number": len(judges)},
        "cells": number_text(plain.cells),
        "unknown": number_text(plain.unknown),
    }


def method_steps() -> list[Step]:
    """Return the steps from what people said to the sentence on top."""
    return [*_scores(), *_orders(), *_doubts()]


def _scores() -> list[Step]:
    return [
        Step(
            _("One score from many"),
            _(
                "What the group agreed on counts; else the mean of what people judged; else what data say. "
                "The range holds all that was said, wider for a guess than for a proof. What nobody knows "
                "counts as the middle of the scale, and as anything on it in the simulation."
            ),
        ),
        Step(
            _("Thresholds first"),
            _(
                "Whoever lies beyond a threshold is out, whatever else it offers. What is not known puts "
                "nobody out."
            ),
        ),
        Step(
            _("Points of 100"),
            _(
                "Each score becomes a value between 0 and 1 along its scale; the values are multiplied by "
                "the weights of the group and added up (weighted sum)."
            ),
            "Keeney, Raiffa (1976), Decisions with Multiple Objectives",
        ),
    ]


def _orders() -> list[Step]:
    return [
        Step(
            "TOPSIS",
            _(
                "How near a candidate is to the best on everything, and how far from the worst: 1 is the "
                "best."
            ),
            "Hwang, Yoon (1981), Multiple Attribute Decision Making",
        ),
        Step(
            "PROMETHEE II",
            _(
                "Every two candidates are compared on every criterion; a lead of less than a tenth of the "
                "scale does not count, one of half the scale counts in full. The net flow runs from −1 to "
                "1."
            ),
            "Brans, Vincke (1985), Management Science 31(6)",
        ),
    ]


def _doubts() -> list[Step]:
    shown = {"samples": number_text(SAMPLES), "doubt": percent_text(DOUBT_OF_ONE)}
    return [
        Step(
            _("How sure"),
            _(
                "%(samples)s times weights are drawn within everything that people said, and scores within "
                "their ranges; counted is how often each candidate takes each place (SMAA-2). Where fewer "
                "than two people have weighed, each weight may be %(doubt)s greater or smaller; where "
                "nobody has, all weights count. From 95 percent on we say “as good as certain”, from 80 "
                "“well secured”, from 60 “likely”."
            )
            % shown,
            "Lahdelma, Salminen (2001), Operations Research 49(3)",
        ),
        Step(
            _("What to find out next"),
            _(
                "For each score that is not certain: how much better the choice becomes on average once it "
                "is known (expected value of perfect information), and in how many cases somebody else "
                "then comes first."
            ),
            "Howard (1966), IEEE Transactions on Systems Science and Cybernetics 2(1)",
        ),
    ]
