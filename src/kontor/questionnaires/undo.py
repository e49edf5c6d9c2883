"""Keep what was taken out of a questionnaire in the person's session, so that one press brings it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404

from kontor.accounts.views.wall import ClusterRequest
from kontor.questionnaires.definition import Definition, Section
from kontor.questionnaires.editing import add_question, add_section, spot
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.stored import from_json, to_json

MOST_KEPT = 5
_SESSION_KEY = "questionnaire_parts"


@dataclass(frozen=True)
class Taken:
    """What was taken out. section: code of its section, "" for a whole section; at: its index there."""

    questionnaire: int
    section: str
    at: int
    part: Section


def taken_question(questionnaire: Questionnaire, place: int) -> Taken:
    """Return the question at `place` as it is about to be taken out."""
    definition = questionnaire.definition
    index, at = spot(definition, place)
    section = definition.sections[index]
    alone = replace(section, questions=(section.questions[at],))
    return Taken(questionnaire.pk, section.code, at, alone)


def taken_section(questionnaire: Questionnaire, place: int) -> Taken:
    """Return the section at `place` as it is about to be taken out."""
    return Taken(questionnaire.pk, "", place - 1, questionnaire.definition.sections[place - 1])


def put_back(definition: Definition, taken: Taken) -> Definition:
    """Return the definition with the part where it was, or at the end where its section is gone."""
    if not taken.section:
        return add_section(definition, taken.part, min(taken.at, len(definition.sections)))
    codes = [section.code for section in definition.sections]
    if taken.section not in codes:
        return add_section(definition, taken.part)
    return add_question(definition, taken.part.questions[0], codes.index(taken.section) + 1, taken.at)


def keep(request: ClusterRequest, taken: Taken) -> str:
    """Keep the part and return the key to it; the oldest gives way to the sixth."""
    kept: list[dict[str, Any]] = request.session.get(_SESSION_KEY, [])
    key = secrets.token_urlsafe(9)
    part = to_json(Definition({}, (), (taken.part,)))
    row = {"key": key, "cluster": request.cluster.pk, "questionnaire": taken.questionnaire}
    kept.append(row | {"section": taken.section, "at": taken.at, "part": part})
    request.session[_SESSION_KEY] = kept[-MOST_KEPT:]
    return key


def take(request: ClusterRequest, key: str) -> Taken:
    """Return what was kept under `key` and forget it; 404 where nothing of this cluster is."""
    kept = request.session.get(_SESSION_KEY, [])
    for each in kept:
        if each["key"] == key and each["cluster"] == request.cluster.pk:
            request.session[_SESSION_KEY] = [other for other in kept if other is not each]
            part = from_json({"languages": [], **each["part"]}).sections[0]
            return Taken(each["questionnaire"], each["section"], each["at"], part)
    raise Http404
