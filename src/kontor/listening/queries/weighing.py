"""Weights that bring the answers to a survey to the shares of the members who were meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext_lazy as _

from kontor.actors.queries.segments import Dimension
from kontor.listening.confidentiality import Guard
from kontor.listening.models import Survey
from kontor.listening.queries.audience import ONLY_SILENT, audience
from kontor.listening.queries.encoded import Encoded, group_codes
from kontor.listening.queries.looking import Look, shown_in
from kontor.methods.disclosure import coarsened
from kontor.methods.weighting import Margin, Weights, rake
from kontor.ui.components import Text


@dataclass(frozen=True)
class Weighing:
    """The weights, and in words from which groups nobody answered."""

    weights: Weights
    missing: tuple[Text, ...]


def population_of(survey: Survey, on: date) -> dict[Dimension, Counter[str]]:
    """Return dimension → group → members meant by the survey, heard or not. Two queries."""
    chosen = {key: value for key, value in survey.chosen.items() if key != ONLY_SILENT}
    members = [each.segment for each in audience(survey.cluster, chosen, on)]
    return {each: Counter(segment.group(each) for segment in members) for each in Dimension}


def weighing_of(
    data: Encoded, look: Look, guard: Guard, population: Mapping[Dimension, Counter[str]]
) -> Weighing | None:
    """Return the weights that the look asks for, None where none are asked for or there is nothing to weigh.

    Groups that may not be shown weigh as one, so that weighted beside unweighted shares tell nothing more.
    """
    if not look.weights or not data.n or not any(population[each] for each in look.weights):
        return None
    margins = [_margin(data, each, guard, population[each]) for each in look.weights]
    found = rake(margins)
    names = (_names(each, gone) for each, gone in zip(look.weights, found.missing, strict=True))
    missing = () if guard.holds_back else tuple(name for each in names for name in each)
    return Weighing(found, missing)


def _margin(data: Encoded, dimension: Dimension, guard: Guard, members: Mapping[str, int]) -> Margin:
    codes = data.groups[dimension]
    people = np.array([members.get(group, 0) for group in group_codes(dimension)], np.float64)
    if not guard.holds_back:
        return Margin(codes, people)
    shown = shown_in(data, np.ones(data.n, bool), guard.limit)[dimension]
    places = coarsened(np.arange(len(people)), shown)
    return Margin(coarsened(codes, shown), np.bincount(places, people).astype(np.float64))


def _names(dimension: Dimension, gone: tuple[int, ...]) -> list[Text]:
    codes = group_codes(dimension)
    return [dimension.groups.get(codes[each], _("not known")) for each in gone]
