"""A questionnaire between preview and "take over": signed and packed into the page, stored nowhere."""

from __future__ import annotations

from dataclasses import asdict

from django.core import signing

from kontor.accounts.models import Cluster, User
from kontor.questionnaires.exchange.carried import Carried, Note, Place, Severity
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.stored import from_json, to_json

LIFETIME_SECONDS = 24 * 3600
LONGEST = 3_000_000  # what a form may post, with room to spare


def packed(carried: Carried, file_name: str, *, cluster: Cluster, user: User) -> str:
    """Return the questionnaire as text for a hidden field; it opens in this cluster and for this person only.

    Raises QuestionnaireError "exchange.too_much".
    """
    notes = [[note.code, asdict(note.place), dict(note.params), str(note.severity)] for note in carried.notes]
    data = {"definition": to_json(carried.definition), "notes": notes, "file": file_name}
    text = signing.dumps(data, salt=_salt(cluster, user), compress=True)
    if len(text) > LONGEST:
        raise QuestionnaireError("exchange.too_much")
    return text


def unpacked(text: str, *, cluster: Cluster, user: User) -> tuple[Carried, str]:
    """Return the questionnaire and its file's name. Raises QuestionnaireError "exchange.preview_gone"."""
    try:
        data = signing.loads(text, salt=_salt(cluster, user), max_age=LIFETIME_SECONDS)
        notes = tuple(
            Note(code, Place(**place), params, Severity(severity))
            for code, place, params, severity in data["notes"]
        )
        return Carried(from_json(data["definition"]), notes), str(data["file"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as problem:
        raise QuestionnaireError("exchange.preview_gone") from problem


def _salt(cluster: Cluster, user: User) -> str:
    return f"kontor.questionnaires.exchange.{cluster.pk}.{user.pk}"
