"""Everything that led to a decision, as plain data that no later change reaches.

Texts in several languages are kept as language → text, so that the record can be read in each of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from kontor.partners.queries.facts import KnownFact, known_facts
from kontor.studies.figures import as_json
from kontor.studies.models import Assessor, MutualView, Score, Study, StudyCandidate, StudyCriterion
from kontor.studies.reading import Reading
from kontor.votes.models import Vote

FORMAT = 1


def record_of(reading: Reading, *, vote: Vote | None, on: date) -> dict[str, Any]:
    """Return the study as it stands on `on`: candidates, criteria, people, scores, figures, views and vote.

    What was decided and why is added by the service that decides.
    """
    study = reading.study
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "study": {"title": spoken(study.title), "question": spoken(study.question)},
        "catalogue": {
            "version": study.catalogue_version.number,
            "published_at": study.catalogue_version.published_at.isoformat(),
            "digest": study.catalogue_version.digest,
        },
        "goals": [spoken(goal.title) for goal in study.goals.order_by("pk")],
        "candidates": [_candidate(each, on) for each in reading.candidates.values()],
        "criteria": [_criterion(each) for each in study.criteria.all()],
        "group": {"rule": study.group_rule, "note": study.weights_note},
        "people": [_person(each) for each in study.assessors.order_by("pk")],
        "scores": [_score(each) for each in _scores(study)],
        "outcome": {
            "fingerprint": reading.found.outcome.fingerprint,
            "plain": as_json(reading.plain),
            "robust": {space: as_json(each) for space, each in reading.found.robust.items()},
        },
        "scenarios": [
            {"name": spoken(each.name), "story": spoken(each.story), "changes": each.changes}
            for each in study.scenarios.all()
        ],
        "mutual": [_view(each) for each in _views(study)],
        "vote": vote.result if vote else None,
    }


def fingerprint(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record, whatever the order of its keys."""
    plain = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def as_stored(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record as the database gives it back, so that nothing differs before and after."""
    plain: dict[str, Any] = json.loads(json.dumps(record))
    return plain


def spoken(text: Any) -> dict[str, str]:
    """Return language → text of a text in several languages; one without a language counts as German."""
    data = text.data if isinstance(text, LazyI18nString) else text
    if isinstance(data, Mapping):
        return {code: str(words) for code, words in sorted(data.items()) if words}
    return {"de": str(data)} if data else {}


def _candidate(each: StudyCandidate, on: date) -> dict[str, Any]:
    facts = known_facts(each.partner, on)
    return {
        "pk": each.pk,
        "partner": each.partner_id,
        "name": each.partner.name,
        "country": each.partner.country,
        "excluded_because": each.excluded_because,
        "facts": [
            {
                "field": code,
                "text": {language: _said(fact, language) for language in ("de", "en")},
                "source": fact.source,
                "as_of": fact.as_of.isoformat(),
            }
            for code, fact in sorted(facts.items())
        ],
    }


def _said(fact: KnownFact, language: str) -> str:
    with override(language):
        return str(fact.text)


def _criterion(each: StudyCriterion) -> dict[str, Any]:
    names = ("code", "content", "is_benefit", "scale_low", "scale_high")
    more = ("knock_out_below", "knock_out_above", "group_weight")
    return {name: getattr(each, name) for name in (*names, *more)}


def _person(each: Assessor) -> dict[str, Any]:
    statement = getattr(each, "weight_statement", None)
    said = statement if statement and statement.submitted_at else None
    return {
        "pk": each.pk,
        "name": each.name,
        "group": each.group,
        "technique": said.technique if said else "",
        "weights": said.weights if said else {},
        "comment": said.comment if said else "",
    }


def _scores(study: Study) -> Iterable[Score]:
    rows = Score.objects.filter(candidate__study=study).select_related("criterion", "assessor")
    counted = (each for each in rows if each.assessor is None or each.assessor.submitted_scores_at)
    return sorted(counted, key=lambda each: (each.candidate_id, each.criterion_id, each.pk))


def _score(each: Score) -> dict[str, Any]:
    names = ("origin", "value", "low", "high", "is_unknown", "confidence", "evidence", "source", "source_url")
    return {
        "candidate": each.candidate_id,
        "code": each.criterion.code,
        "assessor": each.assessor_id,
        "as_of": each.as_of.isoformat() if each.as_of else None,
        **{name: getattr(each, name) for name in names},
    }


def _views(study: Study) -> Iterable[MutualView]:
    rows = MutualView.objects.filter(candidate__study=study, submitted_at__isnull=False)
    return rows.order_by("candidate__position", "pk")


def _view(each: MutualView) -> dict[str, Any]:
    return {"candidate": each.candidate_id, "answers": each.answers, "codes": each.codes}
