"""Propose wordings: change, add, leave out and put clauses in another order."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from kontor.accounts.services import claim_edit
from kontor.agreements.catalogue import kinds
from kontor.agreements.models import Acceptance, Agreement, Clause, Wording
from kontor.agreements.problems import AgreementError
from kontor.agreements.services.drafting import lay_down
from kontor.agreements.services.holding import hold
from kontor.agreements.speaker import Speaker
from kontor.agreements.texts import gaps_in, in_languages, texts_of
from kontor.agreements.turns import stale_after

MOST_CLAUSES = 80
MOST_WORDINGS = 200
LONGEST_TEXT = 20_000
LONGEST_HEADING = 300
_STATES = (Agreement.State.DRAFT, Agreement.State.NEGOTIATING)


@transaction.atomic
def propose(
    *,
    clause: Clause,
    speaker: Speaker,
    heading: Mapping[str, str],
    text: Mapping[str, str],
    expected_version: int,
    is_in_line: bool = False,
) -> Wording:
    """Return the new wording; the speaker's side accepts it thereby, and what was accepted before is void.

    heading, text: language → text. is_in_line: an untouched language says the same already. A draft that
    nobody outside has seen is changed in place.

    Raises EditConflict where somebody was faster, and AgreementError "wording.empty", "wording.too_long",
    "wording.nothing_changed", "wording.too_many" or one named after the agreement's state.
    """
    agreement = hold(clause.agreement, *_STATES)
    current = claim_edit(clause, expected_version)
    before = current.wordings.get(number=current.current_number)
    fresh = _fresh(agreement, speaker, heading, text)
    _mark_stale(fresh, before, agreement.languages, is_in_line=is_in_line)
    if _says_the_same(fresh, before) and current.removed_at is None:
        raise AgreementError("wording.nothing_changed")
    return _lay_on_table(agreement, current, fresh, before)


@transaction.atomic
def propose_removal(*, clause: Clause, speaker: Speaker, expected_version: int) -> Wording | None:
    """Return the proposal to leave the clause out; in a draft it is left out at once, and None returned.

    Raises EditConflict where somebody was faster, and AgreementError "wording.nothing_changed" where that is
    proposed already.
    """
    agreement = hold(clause.agreement, *_STATES)
    current = claim_edit(clause, expected_version)
    before = current.wordings.get(number=current.current_number)
    if current.removed_at or before.is_removal:
        raise AgreementError("wording.nothing_changed")
    if agreement.state == Agreement.State.DRAFT:
        current.removed_at = timezone.now()
        current.save(update_fields=["removed_at", "updated_at"])
        return None
    fresh = _fresh(agreement, speaker, texts_of(before.heading), texts_of(before.text))
    fresh.is_removal, fresh.stale = True, before.stale
    return _lay_on_table(agreement, current, fresh, before)


@transaction.atomic
def add_clause(
    *,
    agreement: Agreement,
    speaker: Speaker,
    group: str,
    heading: Mapping[str, str],
    text: Mapping[str, str],
) -> Clause:
    """Return a new clause of one's own behind the others of its group; the other side is to accept it.

    Raises AgreementError "wording.empty", "wording.too_long", "clause.too_many" or
    "clause.group_unknown".
    """
    held = hold(agreement, *_STATES)
    if group not in {each.code for each in kinds()[held.kind].groups}:
        raise AgreementError("clause.group_unknown")
    position = _make_room(held, group)
    fresh = _fresh(held, speaker, heading, text)
    fresh.number = 1
    fresh.stale = stale_after({}, _joined(fresh), [], held.languages)
    fresh.clause = Clause.objects.create(
        cluster_id=held.cluster_id,
        agreement=held,
        position=position,
        group=group,
        heading=fresh.heading,
        current_number=1,
    )
    fresh.save()
    _accept_own(held, fresh)
    return fresh.clause


@transaction.atomic
def add_from_catalogue(*, agreement: Agreement, code: str, speaker: Speaker) -> Clause:
    """Return the catalogue's clause, new in the agreement, or put back where it had been left out.

    Raises AgreementError "clause.not_in_the_catalogue", "clause.is_there" or "clause.too_many".
    """
    held = hold(agreement, *_STATES)
    found = kinds()[held.kind].clauses.get(code)
    if found is None:
        raise AgreementError("clause.not_in_the_catalogue", wanted=code)
    there = held.clauses.filter(code=code).first()
    if there is not None and there.removed_at is None:
        raise AgreementError("clause.is_there")
    if there is not None:
        return put_back(clause=there, speaker=speaker)
    clause = lay_down(held, found, _make_room(held, found.group), speaker)
    _accept_own(held, clause.wordings.get())
    return clause


@transaction.atomic
def put_back(*, clause: Clause, speaker: Speaker) -> Clause:
    """Return the clause that had been left out, proposed again as it was.

    Raises AgreementError "wording.nothing_changed" where it stands in the paper.
    """
    before = clause.wordings.get(number=clause.current_number)
    propose(
        clause=clause,
        speaker=speaker,
        heading=texts_of(before.heading),
        text=texts_of(before.text),
        expected_version=clause.version,
    )
    clause.refresh_from_db()
    return clause


@transaction.atomic
def move_clause(*, clause: Clause, steps: int) -> None:
    """Put a clause `steps` places further down (negative: up) among those that stand in the paper."""
    held = hold(clause.agreement, *_STATES)
    order = list(held.clauses.filter(removed_at=None).order_by("position", "pk"))
    here = next((index for index, each in enumerate(order) if each.pk == clause.pk), None)
    if here is None:
        return
    order.insert(max(0, min(len(order) - 1, here + steps)), order.pop(here))
    for position, each in enumerate(order, start=1):
        each.position = position
    Clause.objects.bulk_update(order, ["position"])


def _fresh(
    agreement: Agreement, speaker: Speaker, heading: Mapping[str, str], text: Mapping[str, str]
) -> Wording:
    """Return a wording, not stored yet, of texts that an agreement can take."""
    said = in_languages(text, agreement.languages)
    headed = in_languages(
        {code: " ".join(each.split()) for code, each in heading.items()}, agreement.languages
    )
    if not any(code in texts_of(headed) for code in texts_of(said)):
        raise AgreementError("wording.empty")
    _check_length(headed, LONGEST_HEADING)
    _check_length(said, LONGEST_TEXT)
    return Wording(
        round=agreement.round,
        side=speaker.side,
        author_name=speaker.name,
        heading=headed,
        text=said,
        created_at=timezone.now(),
    )


def _check_length(value: LazyI18nString, most: int) -> None:
    if any(len(text) > most for text in texts_of(value).values()):
        raise AgreementError("wording.too_long", most=most)


def _mark_stale(fresh: Wording, before: Wording, languages: list[str], *, is_in_line: bool) -> None:
    """Note which languages lag behind; `is_in_line` says that those with a text do not."""
    fresh.stale = stale_after(_joined(before), _joined(fresh), before.stale, languages)
    if is_in_line:
        fresh.stale = [code for code in fresh.stale if not _joined(fresh).get(code)]


def _joined(wording: Wording) -> dict[str, str]:
    """Return language → heading and text as one; "" where one of the two is missing."""
    headings, texts = texts_of(wording.heading), texts_of(wording.text)
    return {code: f"{headings[code]}\n{texts[code]}" for code in texts if code in headings}


def _says_the_same(fresh: Wording, before: Wording) -> bool:
    is_same = (texts_of(fresh.heading), texts_of(fresh.text)) == (
        texts_of(before.heading),
        texts_of(before.text),
    )
    return is_same and fresh.stale == before.stale and not before.is_removal


def _lay_on_table(agreement: Agreement, clause: Clause, fresh: Wording, before: Wording) -> Wording:
    """Store the wording as the one that counts."""
    if agreement.state == Agreement.State.DRAFT:
        fresh.pk, fresh.number = before.pk, before.number
    else:
        fresh.number = (clause.wordings.aggregate(last=Max("number"))["last"] or 0) + 1
        if fresh.number > MOST_WORDINGS:
            raise AgreementError("wording.too_many", most=MOST_WORDINGS)
    fresh.clause = clause
    fresh.save()
    clause.heading, clause.current_number, clause.removed_at = fresh.heading, fresh.number, None
    clause.save(update_fields=["heading", "current_number", "removed_at", "updated_at"])
    _accept_own(agreement, fresh)
    return fresh


def _accept_own(agreement: Agreement, wording: Wording) -> None:
    """Let a proposal count as accepted by those who made it, where it can be accepted at all."""
    if agreement.state == Agreement.State.NEGOTIATING and is_acceptable(wording):
        Acceptance.objects.create(
            wording=wording, side=wording.side, name=wording.author_name, accepted_at=wording.created_at
        )


def is_acceptable(wording: Wording) -> bool:
    """Tell whether a wording can be agreed to: it says the same in all languages and has no gaps."""
    return wording.is_removal or not (wording.stale or gaps_in(wording.text))


def _make_room(agreement: Agreement, group: str) -> int:
    """Return the position behind the last clause of a group, with all further ones moved down."""
    standing = agreement.clauses.filter(removed_at=None)
    if standing.count() >= MOST_CLAUSES:
        raise AgreementError("clause.too_many", most=MOST_CLAUSES)
    last = standing.filter(group=group).aggregate(last=Max("position"))["last"]
    if last is None:
        return (agreement.clauses.aggregate(last=Max("position"))["last"] or 0) + 1
    agreement.clauses.filter(position__gt=last).update(position=F("position") + 1)
    return int(last) + 1
