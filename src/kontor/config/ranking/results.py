"""From a study to the results of all methods, as plain data that JSON can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kontor.config.ranking import METHODS
from kontor.config.ranking.knock_outs import Reason, reasons
from kontor.config.ranking.study import RankStudy
from kontor.config.ranking.xmcda import Preferences
from kontor.methods.decision.problem import DecisionProblem, Floats
from kontor.methods.decision.promethee import flows_from_preferences, promethee
from kontor.methods.decision.rank_counts import TIE
from kontor.methods.decision.score_space import scores_between
from kontor.methods.decision.smaa import Sampling, smaa2
from kontor.methods.decision.topsis import topsis
from kontor.methods.decision.weight_space import FreeWeights, OrderedWeights, WeightSpace, around
from kontor.methods.decision.weighted_sum import weighted_sum

NOTES = {
    "weighted-sum": "Weighted mean of linear values between the ends of each scale. What is not known is "
    "left out and the other weights are shared out anew; ranges count with their middle.",
    "topsis": "Closeness to the best of all scores (Hwang & Yoon 1981, vector normalisation). What is not "
    "known is left out of the distances; ranges count with their middle.",
    "promethee": "PROMETHEE II (Brans & Vincke 1985) with the preference function of each criterion. What "
    "is not known is compared with none; ranges count with their middle.",
    "smaa": "SMAA-2 (Lahdelma & Salminen 2001): scores drawn evenly from their ranges, what is not known "
    "from the whole scale; weights drawn as said under “settings”.",
}
MOST_RANKS = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Settings:
    """How to rank.

    weights: what SMAA-2 takes for possible: "around" those given by the share `spread`, "ordered" as they
             are, or "free".
    """

    methods: tuple[str, ...] = METHODS
    samples: int = 10_000
    seed: int = 1
    weights: str = "around"
    spread: float = 0.5


def ranked(study: RankStudy, settings: Settings, on_progress: Progress) -> dict[str, Any]:
    """Return everything there is to say about a study. Raises MethodError.

    Who is certainly knocked out takes no part. The same study and settings give the same result.
    """
    found = reasons(study)
    out = {reason.candidate for reason in found if reason.is_certain}
    rows = [row for row, name in enumerate(study.candidates) if name not in out]
    result: dict[str, Any] = {
        "title": study.title,
        "settings": _settings(settings),
        "criteria": _criteria(study),
        "knocked_out": [_told(reason) for reason in found if reason.candidate in out and reason.is_certain],
        "may_be_knocked_out": [_told(reason) for reason in found if reason.candidate not in out],
        "ranked": [study.candidates[row] for row in rows],
        "results": {},
    }
    if rows:
        ranking = _Ranking(study, rows, settings, on_progress)
        result["results"] = {method: ranking.of(method) for method in settings.methods}
    return result


def flows(given: Preferences) -> dict[str, Any]:
    """Return the PROMETHEE flows of preferences from XMCDA. Raises MethodError."""
    balance = flows_from_preferences(given.matrix)
    names = given.alternatives
    sides = {side: _by_name(names, getattr(balance, side)) for side in ("positive", "negative", "net")}
    return {
        "ranked": list(names),
        "results": {"promethee": {**sides, "ranking": _ranking(names, balance.net), "note": XMCDA_NOTE}},
    }


XMCDA_NOTE = "Flows from the preferences in the file: the mean of each row and of each column."


class _Ranking:
    """The candidates that are left, by each method."""

    def __init__(
        self,
        study: RankStudy,
        rows: Sequence[int],
        settings: Settings,
        on_progress: Progress,
    ) -> None:
        self.study, self.settings, self.on_progress = study, settings, on_progress
        self.names = [study.candidates[row] for row in rows]
        self.lower, self.upper = study.lower[rows], study.upper[rows]
        low, high = _ends(study, self.lower, self.upper)
        middle = self.lower + (self.upper - self.lower) / 2
        self.problem = DecisionProblem(middle, study.weights, study.benefit, low, high)

    def of(self, method: str) -> dict[str, Any]:
        """Return the result of one method with its note."""
        found: dict[str, Callable[[], dict[str, Any]]] = {
            "weighted-sum": lambda: self._values(weighted_sum(self.problem)),
            "topsis": lambda: self._values(topsis(self.problem)),
            "promethee": self._promethee,
            "smaa": self._smaa,
        }
        return {**found[method](), "note": NOTES[method]}

    def _values(self, values: Floats) -> dict[str, Any]:
        return {"values": _by_name(self.names, values), "ranking": _ranking(self.names, values)}

    def _promethee(self) -> dict[str, Any]:
        found = promethee(self.problem, [criterion.preference for criterion in self.study.criteria])
        sides = {side: _by_name(self.names, getattr(found, side)) for side in ("positive", "negative", "net")}
        by_criterion = {
            name: self._by_criterion(row) for name, row in zip(self.names, found.uni, strict=True)
        }
        return {**sides, "by_criterion": by_criterion, "ranking": _ranking(self.names, found.net)}

    def _smaa(self) -> dict[str, Any]:
        problem, settings = self.problem, self.settings
        scores = scores_between(self.lower, self.upper, problem.benefit, *problem.ends)
        sampling = Sampling(settings.samples, settings.seed, min(MOST_RANKS, len(self.names)))
        found = smaa2(scores, self._weights(), sampling, self.on_progress)
        compared = [self.names[index] for index in found.compared]
        pairs = zip(compared, found.pairwise, strict=True)
        return {
            "rank_acceptability": dict(zip(self.names, found.ranks.tolist(), strict=True)),
            "expected_rank": _by_name(self.names, found.expected_rank),
            "confidence": _by_name(self.names, found.confidence),
            "central_weights": {
                name: None if np.isnan(row).any() else self._by_criterion(row)
                for name, row in zip(self.names, found.central_weights, strict=True)
            },
            "pairwise": {name: _by_name(compared, row) for name, row in pairs},
            "ranking": _ranking(self.names, found.ranks[:, 0]),
        }

    def _weights(self) -> WeightSpace:
        given = self.study.weights
        if self.settings.weights == "free":
            return FreeWeights(given.size)
        if self.settings.weights == "ordered":
            return OrderedWeights(-given)
        return around(given, self.settings.spread)

    def _by_criterion(self, row: Floats) -> dict[str, Any]:
        return _by_name([criterion.name for criterion in self.study.criteria], row)


def _ends(study: RankStudy, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the scales: those given, otherwise the outermost of the scores and their ranges.

    Where that leaves no width both ends stay open: the criterion tells nothing.
    """
    low = np.array([criterion.low for criterion in study.criteria])
    high = np.array([criterion.high for criterion in study.criteria])
    low = np.where(np.isnan(low), np.fmin.reduce(lower, axis=0), low)
    high = np.where(np.isnan(high), np.fmax.reduce(upper, axis=0), high)
    is_flat = ~(low < high)
    return np.where(is_flat, np.nan, low), np.where(is_flat, np.nan, high)


def _settings(settings: Settings) -> dict[str, Any]:
    shown: dict[str, Any] = {"methods": list(settings.methods)}
    if "smaa" in settings.methods:
        shown |= {"samples": settings.samples, "seed": settings.seed, "weights": settings.weights}
        if settings.weights == "around":
            shown["spread"] = settings.spread
    return shown


def _criteria(study: RankStudy) -> list[dict[str, Any]]:
    total = study.weights / study.weights.max()
    shares = (total / total.sum()).tolist()
    return [
        {
            "name": criterion.name,
            "weight": share,
            "direction": "more" if criterion.is_benefit else "less",
            "scale": [_plain(criterion.low), _plain(criterion.high)],
            "preference": criterion.preference.shape.value,
        }
        for criterion, share in zip(study.criteria, shares, strict=True)
    ]


def _told(reason: Reason) -> dict[str, Any]:
    return {
        "candidate": reason.candidate,
        "criterion": reason.criterion,
        "score": None if reason.score is None else list(reason.score),
        "threshold": reason.threshold,
        "side": reason.side,
        "reason": reason.sentence,
    }


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _by_name(names: Sequence[str], values: Floats) -> dict[str, Any]:
    return {name: _plain(value) for name, value in zip(names, values.tolist(), strict=True)}


def _ranking(names: Sequence[str], values: Floats) -> list[Mapping[str, Any]]:
    """Return rank, candidate and value, best first; equal values share a rank, the unknown stand last."""
    order = np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")
    rows: list[Mapping[str, Any]] = []
    rank, last = 0, np.inf
    for place, at in enumerate(order.tolist(), 1):
        value = float(values[at])
        if last - value > TIE or place == 1:
            rank = place
        last = value
        rows.append(
            {"rank": None if np.isnan(value) else rank, "candidate": names[at], "value": _plain(value)}
        )
    return rows
