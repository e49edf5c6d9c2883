"""People's own words: which of them became no need by rule and wait to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.listening.models import ReadText, Survey
from kontor.listening.queries.columns import Column
from kontor.listening.queries.encoded import Encoded, encoded
from kontor.needs.models import NeedTopic
from kontor.needs.services.topics import start_topics
from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.definition import OTHER, Kind, Question

WAITING, NEED, NO_NEED = "waiting", "need", "none"
Line: TypeAlias = "tuple[int, Column, str]"  # number of the answer, column, name of the text


@dataclass(frozen=True)
class Words:
    """A text in an answer. name: code of the question, with "~other" for words behind "other".

    is_about_needs: the question asks for needs, but no rule says of which topic this one is.
    read:           the decision about it, None while it waits.
    """

    response: UUID
    organisation: str
    question: Question
    name: str
    text: str
    is_about_needs: bool
    read: ReadText | None

    @property
    def state(self) -> str:
        """Say where it stands: "waiting", "need" or "none"."""
        if self.read is None:
            return WAITING
        return NEED if self.read.is_need else NO_NEED


def digest_of(name: str, text: str) -> str:
    """Return what tells one text in one place from all others."""
    return hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()


class Texts:
    """The texts of a survey that no rule has made a need, those about needs first, then by question.

    Anonymous surveys have none: a need belongs to an organisation. At most four queries.
    """

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._data = encoded(survey)
        places = [] if survey.is_anonymous else list(_left_over(self._data, _topics(survey.cluster)))
        self._places = sorted(places, key=lambda place: not _is_about_needs(place[0]))
        self._read = self._decisions() if places else {}

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        if state != WAITING:
            return len(self.lines(state))
        return sum(len(numbers) for _column, _name, numbers in self._places) - len(self._read)

    def lines(self, state: str) -> list[Line]:
        """Return the texts in a state, light enough for many thousands."""
        every = ((number, column, name) for column, name, numbers in self._places for number in numbers)
        return [line for line in every if self._state(line) == state]

    def words(self, lines: Iterable[Line]) -> list[Words]:
        """Return the texts of a page with the names of their organisations. One query."""
        chosen = list(lines)
        keys = {int(self._data.organisations[number]) for number, _column, _name in chosen}
        names = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name"))
        return [
            Words(
                response=self._data.keys[number],
                organisation=names.get(int(self._data.organisations[number]), ""),
                question=column.question,
                name=name,
                text=column.texts[number],
                is_about_needs=_is_about_needs(column),
                read=self._read.get((number, name)),
            )
            for number, column, name in chosen
        ]

    def one(self, response: UUID, name: str) -> Words | None:
        """Return one text, None where a rule has taken it. One query."""
        found = [
            (number, column, each)
            for column, each, numbers in self._places
            if each == name
            for number in numbers
            if self._data.keys[number] == response
        ]
        return next(iter(self.words(found)), None)

    def _state(self, line: Line) -> str:
        read = self._read.get((line[0], line[2]))
        return WAITING if read is None else NEED if read.is_need else NO_NEED

    def _decisions(self) -> dict[tuple[int, str], ReadText]:
        """Return the decisions that were made about these very words."""
        made = ReadText.objects.filter(response__survey=self._survey).select_related("need__topic", "read_by")
        texts = {name: (column.texts, set(numbers)) for column, name, numbers in self._places}
        numbers = {key: number for number, key in enumerate(self._data.keys)}
        found = {}
        for read in made:
            number, (words, left) = numbers.get(read.response_id, -1), texts.get(read.question, ({}, set()))
            if number in left and read.digest == digest_of(read.question, words[number]):
                found[number, read.question] = read
        return found


def words_in(survey: Survey) -> list[Words]:
    """Return all texts that no rule has made a need, in every state."""
    texts = Texts(survey)
    return texts.words(line for state in (WAITING, NEED, NO_NEED) for line in texts.lines(state))


def _is_about_needs(column: Column) -> bool:
    return "need" in column.question.meaning


def _left_over(data: Encoded, topics: set[str]) -> Iterator[tuple[Column, str, list[int]]]:
    """Yield (column, name, answers) of the texts that no rule takes."""
    has_needs = _has_needs(data)
    for column in data.columns.values():
        question, what = column.question, column.question.meaning.get("need")
        if what == "statement" and question.meaning.get("topic", "") in topics:
            continue
        name = question.code if question.kind == Kind.TEXT else question.code + WORDS
        numbers = [number for number in column.texts if not (what == "words" and has_needs[number])]
        if numbers:
            yield column, name, numbers


def _has_needs(data: Encoded) -> NDArray[np.bool_]:
    """Return in which answers a rule finds a need, which the words then describe."""
    found = np.zeros(data.n, bool)
    for column in data.columns.values():
        question, what = column.question, column.question.meaning.get("need")
        if what == "topic" and question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING):
            found |= _names_topic(column)
        elif what == "urgency" and question.kind == Kind.MATRIX:
            urgent = [option.meaning.get("urgency", "0") in ("1", "2", "3") for option in question.options]
            places = [number for number, is_urgent in enumerate(urgent) if is_urgent]
            found |= np.isin(column.values, places).any(axis=1)
        elif what == "statement" and question.kind == Kind.TEXT:
            found |= column.answered
    return found


def _names_topic(column: Column) -> NDArray[np.bool_]:
    """Return who chose anything that is a topic: neither "none of these" nor "other"."""
    question = column.question
    plain = [
        number
        for number, code in enumerate(question.codes)
        if code != OTHER and (option := question.option(code)) is not None and not option.is_exclusive
    ]
    if question.kind == Kind.SINGLE:
        named: NDArray[np.bool_] = np.isin(column.values, plain)
        return named
    chosen: NDArray[np.bool_] = np.logical_or.reduce(column.values[:, plain] > 0, axis=1)
    return chosen


def _topics(cluster: Cluster) -> set[str]:
    own = set(NeedTopic.objects.filter(cluster=cluster).values_list("code", flat=True))
    return own | {entry["code"] for entry in start_topics()}
