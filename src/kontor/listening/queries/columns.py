"""Answers as arrays: one column for each question, read once, counted many times. Pure reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import chain, repeat
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.conditions import All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import Definition, Kind, Question

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
Raw: TypeAlias = list[Any]


@dataclass(frozen=True)
class Column:
    """The n answers to one question.

    keys:     what `values` is wide for: codes of options, countries, competences, or of a matrix's rows.
    values:   single (n,) int, −1 none · multiple, country, competence (n, k) bool · matrix (n, rows) int,
              −1 none · ranking (n, k) int, 0 none · scale, number, date (n,) float, NaN none (dates as days
              since year 1).
    answered: (n,) bool. asked: (n,) bool, False where a condition hid the question.
    texts:    answer's number → words: of a text, or behind "other".
    """

    question: Question
    keys: tuple[str, ...]
    values: NDArray[Any]
    answered: Flags
    asked: Flags
    texts: Mapping[int, str]


def columns_of(definition: Definition, rows: Sequence[dict[str, Any]]) -> dict[str, Column]:
    """Return question code → its column. An answer that the question does not offer counts as none."""
    raw = {each.code: list(map(dict.get, rows, repeat(each.code))) for each in definition.questions()}
    conditions = _Conditions(raw, len(rows))
    found = {}
    for section in definition.sections:
        is_open = conditions.holds(section.show_if)
        for question in section.questions:
            if question.takes_answer:
                asked = is_open & conditions.holds(question.show_if)
                found[question.code] = _column(question, raw[question.code], rows, asked)
    return found


def _column(question: Question, raw: Raw, rows: Sequence[dict[str, Any]], asked: Flags) -> Column:
    keys, values, answered = _READERS[question.kind](question, raw)
    # Who answered was asked, whatever a condition that reads other answers makes of it.
    return Column(question, keys, values, answered, asked | answered, _texts(question, raw, rows))


def _texts(question: Question, raw: Raw, rows: Sequence[dict[str, Any]]) -> dict[int, str]:
    if question.kind == Kind.TEXT:
        return {number: str(text) for number, text in enumerate(raw) if text}
    if not question.has_other:
        return {}
    name = question.code + WORDS
    return {number: str(text) for number, row in enumerate(rows) if (text := row.get(name))}


def _single(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    index = {code: number for number, code in enumerate(question.codes)}
    values = _looked_up(index, raw)
    return question.codes, values, values >= 0


def _multiple(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    return _ticked(question.codes, raw)


def _found(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    """Read codes that the questionnaire does not list itself, countries and competences."""
    seen = sorted(set(map(str, chain.from_iterable(_lists(raw)))))
    return _ticked(tuple(seen), raw)


def _ticked(codes: tuple[str, ...], raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    values = np.zeros((len(raw), len(codes)), bool)
    numbers, options, _places = _entries(codes, raw)
    values[numbers, options] = True
    return codes, values, _some(values)


def _ranking(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    values = np.zeros((len(raw), len(question.codes)), np.int64)
    numbers, options, places = _entries(question.codes, raw)
    # Backwards, so that of something named twice the better place stays.
    values[numbers[::-1], options[::-1]] = places[::-1]
    return question.codes, values, _some(values > 0)


def _entries(codes: tuple[str, ...], raw: Raw) -> tuple[Numbers, Numbers, Numbers]:
    """Return answer, option and place from 1 of everything that was ticked, in order."""
    given = _lists(raw)
    lengths = np.fromiter(map(len, given), np.int64, len(given))
    index = {code: number for number, code in enumerate(codes)}
    options = np.fromiter(map(index.get, map(str, chain.from_iterable(given)), repeat(-1)), np.int64)
    places = np.arange(options.size) - np.repeat(np.cumsum(lengths) - lengths, lengths) + 1
    is_known = options >= 0
    return np.repeat(np.arange(len(given)), lengths)[is_known], options[is_known], places[is_known]


def _lists(raw: Raw) -> list[list[Any]]:
    return [each if isinstance(each, list) else [] for each in raw]


def _matrix(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    index = {code: number for number, code in enumerate(question.codes)}
    given = [each if isinstance(each, dict) else {} for each in raw]
    values = np.full((len(raw), len(question.rows)), -1, np.int64)
    for number, row in enumerate(question.rows):
        values[:, number] = _looked_up(index, [each.get(row.code) for each in given])
    return tuple(row.code for row in question.rows), values, _some(values >= 0)


def _scale(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    low, high = int(question.range.low or 0), int(question.range.high or 0)
    steps = {step: float(step) for step in range(low, high + 1)}
    given = [steps.get(each, np.nan) if type(each) is int else np.nan for each in raw]
    values = np.array(given, np.float64)
    return tuple(map(str, steps)), values, ~np.isnan(values)


def _number(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    values = np.array([each if type(each) in (int, float) else np.nan for each in raw], np.float64)
    return (), values, ~np.isnan(values)


def _date(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    values = np.array([_ordinal(each) for each in raw], np.float64)
    return (), values, ~np.isnan(values)


def _text(question: Question, raw: Raw) -> tuple[tuple[str, ...], NDArray[Any], Flags]:
    answered = np.fromiter(map(bool, raw), bool, len(raw))
    return (), answered, answered


def _ordinal(text: Any) -> float:
    try:
        return float(date.fromisoformat(text).toordinal())
    except (TypeError, ValueError):
        return np.nan


def _some(values: NDArray[Any]) -> Flags:
    """Return in which rows anything is true."""
    found: Flags = np.logical_or.reduce(values, axis=1)
    return found


def _looked_up(index: Mapping[str, int], raw: Raw) -> NDArray[np.int64]:
    try:
        return np.fromiter(map(index.get, raw, repeat(-1)), np.int64, len(raw))
    except TypeError:  # something that is no code at all
        given = [each if isinstance(each, str) else None for each in raw]
        return np.fromiter(map(index.get, given, repeat(-1)), np.int64, len(raw))  # type: ignore[arg-type]


_READERS = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.COUNTRY: _found,
    Kind.COMPETENCE: _found,
    Kind.TEXT: _text,
}


class _Conditions:
    """Conditions over all answers at once; each comparison is made once, each value of an answer once."""

    def __init__(self, raw: Mapping[str, Raw], n: int) -> None:
        self._raw, self._n = raw, n
        self._known: dict[Condition, Flags] = {}

    def holds(self, condition: Condition | None) -> Flags:
        """Return for whom the condition holds, as `condition.holds` says of one."""
        if condition is None:
            return np.ones(self._n, bool)
        if condition not in self._known:
            self._known[condition] = self._computed(condition)
        return self._known[condition]

    def _computed(self, condition: Condition) -> Flags:
        match condition:
            case Answered() | Compare():
                return self._leaf(condition)
            case Not():
                return ~self.holds(condition.part)
            case All():
                parts = [self.holds(part) for part in condition.parts]
                return reduce(np.bitwise_and, parts, np.ones(self._n, bool))
            case Some():
                parts = [self.holds(part) for part in condition.parts]
                return reduce(np.bitwise_or, parts, np.zeros(self._n, bool))

    def _leaf(self, leaf: Answered | Compare) -> Flags:
        column = self._raw.get(leaf.question, [None] * self._n)
        seen: dict[Any, bool] = {}
        return np.fromiter((self._one(leaf, value, seen) for value in column), bool, self._n)

    @staticmethod
    def _one(leaf: Answered | Compare, value: Any, seen: dict[Any, bool]) -> bool:
        if value is None:
            return False
        if isinstance(value, list | dict):
            return leaf.holds({leaf.question: value})
        if value not in seen:
            seen[value] = leaf.holds({leaf.question: value})
        return seen[value]
