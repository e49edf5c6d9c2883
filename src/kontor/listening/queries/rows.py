"""Answers as rows for a file: one column for each question, option or line, each explained in a codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from numpy.typing import NDArray

from kontor.listening.queries.columns import Column
from kontor.listening.queries.encoded import Encoded
from kontor.listening.queries.wording import Wording
from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.definition import Kind
from kontor.reports.lists import ListCell


@dataclass(frozen=True)
class FileColumn:
    """A column of the file. name: heading, the same in every language. says: what stands in it.

    is_text: people's own words.
    """

    name: str
    question: str
    says: str
    cells: Callable[[int], ListCell]
    is_text: bool = False


def file_columns(data: Encoded, wording: Wording) -> list[FileColumn]:
    """Return the columns of all questions in their order. Without an answer a cell is empty, never 0."""
    found: list[FileColumn] = []
    for column in data.columns.values():
        label = wording.say(column.question.label)
        found += [
            FileColumn(name, label, says, cells, column.question.kind == Kind.TEXT)
            for name, says, cells in _parts(column, wording)
        ]
        if column.question.has_other:
            words = column.texts
            name = column.question.code + WORDS
            found.append(
                FileColumn(name, label, _("Words behind “something else”"), _text_of(words), is_text=True)
            )
    return found


def cells_of(columns: Sequence[FileColumn], number: int) -> list[ListCell]:
    """Return what one answer says."""
    return [column.cells(number) for column in columns]


def _parts(column: Column, wording: Wording) -> Iterator[tuple[str, str, Callable[[int], ListCell]]]:
    code, kind = column.question.code, column.question.kind
    if kind == Kind.MULTIPLE:
        for place, key in enumerate(column.keys):
            yield f"{code}.{key}", wording.label(column.question, key), _ticked(column, place)
    elif kind == Kind.RANKING:
        for place, key in enumerate(column.keys):
            yield f"{code}.{key}", wording.label(column.question, key), _place(column, place)
    elif kind == Kind.MATRIX:
        codes = column.question.codes
        labels = wording.labels(column.question, codes)
        for place, row in enumerate(column.question.rows):
            yield f"{code}.{row.code}", wording.say(row.label), _coded(column.values[:, place], labels)
    else:
        yield code, _says(kind), _plain(column, wording)


def _plain(column: Column, wording: Wording) -> Callable[[int], ListCell]:
    kind, values = column.question.kind, column.values
    labels = wording.labels(column.question, column.keys)
    if kind == Kind.SINGLE:
        return _coded(values, labels)
    if kind == Kind.TEXT:
        return _text_of(column.texts)
    if kind in (Kind.COUNTRY, Kind.COMPETENCE):
        return lambda number: ", ".join(labels[place] for place in np.flatnonzero(values[number])) or None
    if kind == Kind.DATE:
        return lambda number: None if np.isnan(values[number]) else date.fromordinal(int(values[number]))
    return lambda number: None if np.isnan(values[number]) else _short(float(values[number]))


def _coded(values: NDArray[np.int64], labels: Sequence[str]) -> Callable[[int], ListCell]:
    return lambda number: None if values[number] < 0 else labels[values[number]]


def _ticked(column: Column, place: int) -> Callable[[int], ListCell]:
    return lambda number: int(column.values[number, place]) if column.answered[number] else None


def _place(column: Column, place: int) -> Callable[[int], ListCell]:
    return lambda number: int(column.values[number, place]) or None


def _text_of(texts: Mapping[int, str]) -> Callable[[int], ListCell]:
    return texts.get


def _short(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _says(kind: Kind) -> str:
    if kind == Kind.SCALE:
        return _("Step of the scale")
    if kind == Kind.NUMBER:
        return pgettext("question", "Number")
    if kind == Kind.DATE:
        return _("Date")
    return _("Words of the member") if kind == Kind.TEXT else _("What was chosen")
