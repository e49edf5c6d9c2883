"""People's own words: which of them became no need by rule and wait to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
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


def words_in(survey: Survey) -> list[Words]:
    """Return the texts that no rule has made a need, those about needs first. At most five queries.

    Anonymous answers have none: a need belongs to an organisation.
    """
    if survey.is_anonymous:
        return []
    data = encoded(survey)
    found = list(_left_over(data, _topics(survey.cluster)))
    read = {(row.response_id, row.question): row for row in _decisions(survey)} if found else {}
    names = dict(Organisation.objects.filter(survey_responses__survey=survey).values_list("pk", "name"))
    words = [
        Words(
            response=data.keys[number],
            organisation=names.get(int(data.organisations[number]), ""),
            question=column.question,
            name=name,
            text=column.texts[number],
            is_about_needs="need" in column.question.meaning,
            read=_valid(read.get((data.keys[number], name)), name, column.texts[number]),
        )
        for number, column, name in found
    ]
    words.sort(key=lambda each: (not each.is_about_needs, each.organisation.casefold(), str(each.response)))
    return words


def _decisions(survey: Survey) -> Iterator[ReadText]:
    yield from ReadText.objects.filter(response__survey=survey).select_related("need", "read_by")


def _valid(read: ReadText | None, name: str, text: str) -> ReadText | None:
    """Return the decision if it was made about these very words."""
    return read if read is not None and read.digest == digest_of(name, text) else None


def _left_over(data: Encoded, topics: set[str]) -> Iterator[tuple[int, Column, str]]:
    """Yield (answer, column, name) of the texts that no rule takes."""
    has_needs = _has_needs(data)
    for column in data.columns.values():
        question, what = column.question, column.question.meaning.get("need")
        if what == "statement" and question.meaning.get("topic", "") in topics:
            continue
        name = question.code if question.kind == Kind.TEXT else question.code + WORDS
        for number in column.texts:
            if not (what == "words" and has_needs[number]):
                yield number, column, name


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
        return np.isin(column.values, plain)
    chosen: NDArray[np.bool_] = (column.values[:, plain] > 0).any(axis=1)
    return chosen


def _topics(cluster: Cluster) -> set[str]:
    own = set(NeedTopic.objects.filter(cluster=cluster).values_list("code", flat=True))
    return own | {entry["code"] for entry in start_topics()}
