"""The decision: taken once, with everything that led to it, and never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import User
from kontor.partners.models import Stage
from kontor.partners.services import set_stage
from kontor.reports.stored import to_json
from kontor.studies.models import Decision, DecisionNote, Study, StudyCandidate
from kontor.studies.papers_decision import decision_report
from kontor.studies.problems import StudyError
from kontor.studies.reading import reading_of
from kontor.studies.record import as_stored, fingerprint, record_of, spoken
from kontor.studies.services.locking import locked
from kontor.studies.services.outcomes import compute_robust
from kontor.votes.models import Vote
from kontor.votes.queries import vote_of
from kontor.votes.services import create_vote

LANGUAGES = ("de", "en")
Words = Mapping[str, str]


def reference_of(study: Study) -> str:
    """Return how votes name what they are about."""
    return f"study:{study.pk}"


@transaction.atomic
def put_to_vote(
    *,
    study: Study,
    candidates: Sequence[StudyCandidate],
    question: Words,
    explanation: Words,
    method: str,
    quorum_percent: int,
    closes_at: datetime,
) -> Vote:
    """Return a new vote on these candidates, in preparation; an earlier one must be over.

    Raises StudyError "study.decided", "study.not_open", "decision.vote_running" or
    "decision.other_candidate", and VoteError as `create_vote` does.
    """
    current = locked(study, Study.State.OPEN)
    _check_candidates(current, candidates)
    earlier = vote_of(reference_of(current))
    if earlier is not None and earlier.state not in (Vote.State.CLOSED, Vote.State.CANCELLED):
        raise StudyError("decision.vote_running")
    return create_vote(
        cluster=current.cluster,
        question=question,
        explanation=explanation,
        method=method,
        quorum_percent=quorum_percent,
        closes_at=closes_at,
        reference=reference_of(current),
        options=[(each.partner.name, f"candidate:{each.pk}") for each in candidates],
    )


@transaction.atomic
def decide(
    *,
    study: Study,
    chosen: Sequence[StudyCandidate],
    reasons: Words,
    dissent: Words,
    on: date,
    by: User,
    moves_stages: bool = True,
) -> Decision:
    """Return the decision, with the whole study frozen in it.

    moves_stages: make the chosen candidates partners and set the others aside. Raises StudyError
    "study.decided", "study.not_open", "decision.nobody_chosen", "decision.other_candidate",
    "decision.no_reasons" or "decision.vote_running" while its vote is open.
    """
    current = locked(study, Study.State.OPEN)
    if not chosen:
        raise StudyError("decision.nobody_chosen")
    _check_candidates(current, chosen)
    if not any(text.strip() for text in reasons.values()):
        raise StudyError("decision.no_reasons")
    vote = vote_of(reference_of(current))
    if vote is not None and vote.state == Vote.State.OPEN:
        raise StudyError("decision.vote_running")
    record = as_stored(_record(current, vote, on)) | {
        "chosen": [each.pk for each in chosen],
        "reasons": spoken(_texts(reasons)),
        "dissent": spoken(_texts(dissent)),
        "decided_on": on.isoformat(),
        "decided_by": str(by),
    }
    decision = Decision.objects.create(
        cluster_id=current.cluster_id,
        study=current,
        chosen=record["chosen"],
        reasons=_texts(reasons),
        dissent=_texts(dissent),
        vote=vote if vote and vote.result else None,
        decided_on=on,
        decided_by=by,
        record=record,
        fingerprint=fingerprint(record),
        reports=_reports(current, record),
    )
    current.state = Study.State.DECIDED
    current.version += 1
    current.save()
    if moves_stages:
        _move_stages(current, decision, by)
    return decision


@transaction.atomic
def add_note(*, decision: Decision, text: str, on: date, by: User) -> DecisionNote:
    """Note what was said of the decision afterwards; raises StudyError "decision.note_empty"."""
    if not text.strip():
        raise StudyError("decision.note_empty")
    return DecisionNote.objects.create(
        cluster_id=decision.cluster_id, decision=decision, text=text.strip()[:4000], noted_on=on, noted_by=by
    )


def _record(study: Study, vote: Vote | None, on: date) -> dict[str, Any]:
    reading = reading_of(study)
    if reading.is_computing:
        # A record without the simulated figures would not be whole; nothing is left to a job here.
        compute_robust(outcome=reading.found.outcome, matrix=reading.matrix)
        reading = reading_of(study)
    closed = vote if vote and vote.state == Vote.State.CLOSED else None
    return record_of(reading, vote=closed, on=on)


def _reports(study: Study, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the papers in each language, made of the record alone."""
    made = {}
    for language in LANGUAGES:
        with override(language):
            made[language] = to_json(decision_report(record, cluster=study.cluster.name, language=language))
    return made


def _move_stages(study: Study, decision: Decision, by: User) -> None:
    title = {"study": str(study.title)}
    for each in study.candidates.select_related("partner"):
        is_chosen = each.pk in decision.chosen
        if each.partner.stage == Stage.PARTNER and not is_chosen:
            continue  # a partner of an earlier decision stays one
        set_stage(
            partner=each.partner,
            stage=Stage.PARTNER if is_chosen else Stage.SET_ASIDE,
            reason=(_("Chosen in “%(study)s”") if is_chosen else _("Not chosen in “%(study)s”")) % title,
            by=by,
            at=decision.decided_on,
        )


def _check_candidates(study: Study, candidates: Sequence[StudyCandidate]) -> None:
    if any(each.study_id != study.pk for each in candidates):
        raise StudyError("decision.other_candidate")


def _texts(given: Words) -> LazyI18nString:
    return LazyI18nString({code: text.strip() for code, text in given.items() if text and text.strip()})
