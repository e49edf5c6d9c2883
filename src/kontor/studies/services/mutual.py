"""Equal terms: ask a candidate how it sees us, through a signed link in its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kontor.accounts.models import TaskLink
from kontor.accounts.services import issue_link
from kontor.accounts.services.mail import public_address, send_mail
from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.studies.models import MutualView, Study, StudyCandidate, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.services.locking import locked

PURPOSE = "studies.mutual"
DAYS = 60
LONGEST = 1000


@transaction.atomic
def ask(
    *, candidate: StudyCandidate, name: str, email: str, language: str, codes: Iterable[str]
) -> MutualView:
    """Return the view that a candidate is asked for; asking again changes whom and what, and keeps answers.

    Raises StudyError "study.decided", "mutual.no_criteria" or "mutual.bad_address".
    """
    locked(candidate.study)
    known = set(candidate.study.criteria.values_list("code", flat=True))
    chosen = [code for code in dict.fromkeys(codes) if code in known]
    if not chosen:
        raise StudyError("mutual.no_criteria")
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise StudyError("mutual.bad_address", email=email) from problem
    view, _is_new = MutualView.objects.get_or_create(
        candidate=candidate, defaults={"cluster_id": candidate.cluster_id, "email": address, "name": name}
    )
    if view.email != address:
        _withdraw(view)
    view.name, view.email, view.language, view.codes = name.strip() or address, address, language, chosen
    view.version += 1
    view.save()
    return view


def invite(*, view: MutualView) -> str:
    """Mail the candidate a fresh link, and return its token; raises Refused where the mail does not go.

    An earlier link opens nothing any more.
    """
    with transaction.atomic():
        study = locked(view.candidate.study)
        _withdraw(view)
        link, token = issue_link(
            cluster=study.cluster,
            purpose=PURPOSE,
            target=view.pk,
            email=view.email,
            language=view.language,
            days=DAYS,
        )
        address = public_address(reverse("studies:mutual-answer", args=[study.cluster.slug, token]))
        with override(view.language):
            context = {"view": view, "cluster": study.cluster, "address": address, "until": link.expires_at}
            send_mail(template="studies/mails/mutual", to=view.email, language=view.language, context=context)
        MutualView.objects.filter(pk=view.pk).update(invited_at=timezone.now())
    return token


@transaction.atomic
def save_answers(
    *, view: MutualView, typed: Mapping[str, Mapping[str, str]], edition: int, hands_in: bool
) -> MutualView:
    """Keep what the candidate answers: code → {"value", "comment"} as typed; "" = no answer.

    Raises StudyError "study.decided", "mutual.saved_elsewhere", "mutual.not_a_number", "mutual.outside", and
    "mutual.nothing_said" when handing in without an answer.
    """
    locked(view.candidate.study)
    current = MutualView.objects.select_for_update().get(pk=view.pk)
    if current.version != edition:
        raise StudyError("mutual.saved_elsewhere")
    criteria = {each.code: each for each in view.candidate.study.criteria.filter(code__in=current.codes)}
    current.answers = {
        code: answer
        for code in current.codes
        if code in criteria and (answer := _answer(criteria[code], typed.get(code, {})))
    }
    if hands_in:
        if not current.answers:
            raise StudyError("mutual.nothing_said")
        current.submitted_at = timezone.now()
    current.version += 1
    current.save()
    return current


def views_of(study: Study) -> dict[int, MutualView]:
    """Return candidate → its view of us. One query."""
    return {each.candidate_id: each for each in MutualView.objects.filter(candidate__study=study)}


def _answer(criterion: StudyCriterion, said: Mapping[str, str]) -> dict[str, Any]:
    """Return an answer as it is stored, {} where nothing was said."""
    typed, comment = said.get("value", "").strip(), said.get("comment", "").strip()[:LONGEST]
    value = None
    if typed:
        try:
            number = decimal(typed)
        except FieldFault as problem:
            raise StudyError("mutual.not_a_number", typed=typed) from problem
        value = None if number is None else float(number)
    if value is not None:
        low, high = criterion.scale_low, criterion.scale_high
        if (low is not None and value < low) or (high is not None and value > high):
            raise StudyError("mutual.outside", value=typed, low=low, high=high)
    return {"value": value, "comment": comment} if value is not None or comment else {}


def _withdraw(view: MutualView) -> None:
    TaskLink.objects.filter(cluster_id=view.cluster_id, purpose=PURPOSE, target=view.pk).delete()
