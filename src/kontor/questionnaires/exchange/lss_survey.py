"""The tables of LimeSurvey, old and new, in one shape: every text by language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kontor.questionnaires.exchange.carried import Findings, Place
from kontor.questionnaires.exchange.html_text import text_of
from kontor.questionnaires.exchange.lss_tables import Row, Tables, number

_OWN = re.compile(r"\{[^{}\s][^{}]*\}")


@dataclass(frozen=True)
class Part:
    """A sub-question or an answer to choose. scale: 0, or 1 for the second axis."""

    code: str
    label: Mapping[str, str]
    scale: int = 0


@dataclass(frozen=True)
class Asked:
    """A question of LimeSurvey. code: as people see it. attributes: name → value."""

    code: str
    row: Row
    label: Mapping[str, str]
    help: Mapping[str, str]
    rows: tuple[Part, ...] = ()
    answers: tuple[Part, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Return LimeSurvey's letter."""
        return self.row.get("type", "")

    def at(self) -> Place:
        """Return the place in the file."""
        return Place(code=self.code)


@dataclass(frozen=True)
class Group:
    """A page of questions."""

    row: Row
    title: Mapping[str, str]
    intro: Mapping[str, str]
    questions: tuple[Asked, ...]


class Survey:
    """All that a file says, read once."""

    def __init__(self, tables: Tables, findings: Findings) -> None:
        self.tables = tables
        self.findings = findings
        self.about: Row = next(iter(tables.get("surveys", ())), {})
        self.languages = self._languages()
        self._spoken = {name: _by(tables.get(name, ()), key) for name, key in _SPOKEN.items()}
        self._children = _by(tables.get("subquestions", ()), "parent_qid")
        self._answers = _by(tables.get("answers", ()), "qid")
        # Files before LimeSurvey 4 hold the texts in the rows themselves, one row for each language.
        self._older = {name: _by(tables.get(name, ()), key) for name, key in _TEXTS_INSIDE.items()}
        self._attributes = _by(tables.get("question_attributes", ()), "qid")

    def _languages(self) -> tuple[str, ...]:
        told = f"{self.about.get('language', '')} {self.about.get('additional_languages', '')}".split()
        listed = [row["language"] for row in self.tables.get("languages", ()) if row.get("language")]
        found = [
            code for code in (*told, *listed) if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,12})*", code)
        ]
        return tuple(dict.fromkeys(found)) or ("en",)

    def texts(
        self, rows: Sequence[Row], key: str, place: Place, *, takes_media: bool = False
    ) -> dict[str, str]:
        """Return language → plain text; images, answers within texts and the like are named.

        takes_media: where there are no words, the name of the image stands for them.
        """
        found: dict[str, str] = {}
        for row in rows:
            text, media = text_of(row.get(key, ""))
            language = row.get("language") or row.get("surveyls_language") or self.languages[0]
            for name in media:
                self.findings.dropped("exchange.media_not_carried", place, found=name)
            if _OWN.search(text):
                self.findings.simpler("exchange.answer_in_text", place)
            if takes_media and media and not text:
                text = media[0].rsplit(".", 1)[0]
            if text and language in self.languages:
                found.setdefault(language, text)
        return {code: found[code] for code in self.languages if code in found}

    def settings_text(self, key: str) -> dict[str, str]:
        """Return a text about the whole survey by language."""
        return self.texts(self.tables.get("surveys_languagesettings", ()), key, Place())

    def groups(self) -> list[Group]:
        """Return the groups with their questions in the order of the survey."""
        asked: dict[str, list[Asked]] = {}
        for row in _once(self.tables.get("questions", ()), "qid"):
            if number(row.get("parent_qid", "0")) == 0:
                asked.setdefault(row.get("gid", ""), []).append(self._asked(row))
        groups = []
        for row in _ordered(_once(self.tables.get("groups", ()), "gid"), "group_order"):
            gid = row.get("gid", "")
            spoken = self._spoken["group_l10ns"].get(gid) or self._older["groups"][gid]
            place = Place(sheet=text_of(spoken[0].get("group_name", ""))[0])
            questions = sorted(
                asked.get(row.get("gid", ""), ()),
                key=lambda each: number(each.row.get("question_order", "0")),
            )
            groups.append(
                Group(
                    {**spoken[0], **row},
                    self.texts(spoken, "group_name", place),
                    self.texts(spoken, "description", place),
                    tuple(questions),
                )
            )
        return groups

    def _asked(self, row: Row) -> Asked:
        qid = row.get("qid", "")
        place = Place(code=row.get("title", ""))
        spoken = self._spoken["question_l10ns"].get(qid) or self._older["questions"][qid]
        attributes = {
            each["attribute"]: each["value"]
            for each in self._attributes.get(qid, ())
            if each.get("attribute") and each.get("value")
        }
        return Asked(
            row.get("title", ""),
            row,
            self.texts(spoken, "question", place),
            self.texts(spoken, "help", place),
            rows=self._parts(self._children.get(qid, ()), _CHILDREN, place),
            answers=self._parts(self._answers.get(qid, ()), _ANSWERS, place),
            attributes=attributes,
        )

    def _parts(self, rows: Sequence[Row], columns: _Columns, place: Place) -> tuple[Part, ...]:
        """Return sub-questions or answers; older files repeat each row for every language."""
        same: dict[tuple[str, int], list[Row]] = {}
        for row in _ordered(rows, columns.order):
            if row.get(columns.code):
                same.setdefault((row[columns.code], number(row.get("scale_id", "0"))), []).append(row)
        parts = []
        for (code, scale), repeated in same.items():
            key = repeated[0].get(columns.key, "")
            spoken = self._spoken[columns.spoken].get(key) or repeated
            parts.append(Part(code, self.texts(spoken, columns.text, place, takes_media=True), scale))
        return tuple(parts)


@dataclass(frozen=True)
class _Columns:
    """Where a table keeps what a part needs."""

    key: str
    code: str
    text: str
    order: str
    spoken: str


_CHILDREN = _Columns("qid", "title", "question", "question_order", "question_l10ns")
_ANSWERS = _Columns("aid", "code", "answer", "sortorder", "answer_l10ns")
_TEXTS_INSIDE = {"groups": "gid", "questions": "qid"}
_SPOKEN = {"question_l10ns": "qid", "group_l10ns": "gid", "answer_l10ns": "aid"}


def _by(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.get(key):
            found.setdefault(row[key], []).append(row)
    return found


def _once(rows: Sequence[Row], key: str) -> list[Row]:
    return list({row[key]: row for row in reversed(rows) if row.get(key)}.values())[::-1]


def _ordered(rows: Sequence[Row], key: str) -> list[Row]:
    return sorted(rows, key=lambda row: number(row.get(key, "0")))
