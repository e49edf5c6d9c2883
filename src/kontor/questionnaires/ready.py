"""The ready-made questionnaires: reference content in German and English, one file each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kontor.questionnaires.definition import Definition
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.stored import from_json

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class ReadyMade:
    """A questionnaire to begin with. minutes: how long it takes; about: what it finds out, by language."""

    code: str
    purpose: str
    minutes: int
    about: Mapping[str, str]
    definition: Definition

    @property
    def purpose_label(self) -> str:
        """Return what it is meant for in words."""
        return str(Questionnaire.Purpose(self.purpose).label)

    @property
    def number(self) -> int:
        """Return how many questions it asks."""
        return sum(question.takes_answer for question in self.definition.questions())


@lru_cache(maxsize=1)
def ready_made() -> tuple[ReadyMade, ...]:
    """Return all of them, in the order in which a cluster needs them."""
    found = [_read(path) for path in CATALOGUE.glob("*.toml")]
    return tuple(each for _order, each in sorted(found, key=lambda pair: pair[0]))


def ready_made_of(code: str) -> ReadyMade:
    """Return the one of that code.

    Raises QuestionnaireError "questionnaire.not_ready_made".
    """
    for each in ready_made():
        if each.code == code:
            return each
    raise QuestionnaireError("questionnaire.not_ready_made")


def origin_title(origin: str, language: str) -> str:
    """Return the title of the ready-made questionnaire that `origin` names, else the origin itself."""
    found = (each.definition for each in ready_made() if each.code == origin)
    return next((definition.say(definition.title, language) for definition in found), origin)


def _read(path: Path) -> tuple[int, ReadyMade]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    ready = ReadyMade(
        code=path.stem,
        purpose=data["purpose"],
        minutes=data["minutes"],
        about=data["about"],
        definition=from_json(data["questionnaire"]),
    )
    return data["order"], ready
