"""Accept wordings and comment on clauses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kontor.agreements.models import Acceptance, Agreement, Clause, ClauseComment, Side, Wording
from kontor.agreements.problems import AgreementError
from kontor.agreements.services.holding import hold
from kontor.agreements.services.proposing import is_acceptable
from kontor.agreements.speaker import Speaker
from kontor.agreements.texts import tidy

LONGEST_COMMENT = 4_000
MOST_COMMENTS = 500


@transaction.atomic
def accept(*, wording: Wording, speaker: Speaker) -> Acceptance:
    """Return the acceptance of the speaker's side; where a colleague was first, that one.

    A proposal to leave the clause out takes it out of the paper once both sides accept it.

    Raises AgreementError "wording.superseded" where another wording counts by now, "wording.not_acceptable"
    where a language lags behind or something is still to be filled in, or one named after the agreement's
    state.
    """
    hold(wording.clause.agreement, Agreement.State.NEGOTIATING)
    current = Wording.objects.select_related("clause").get(pk=wording.pk)
    clause = current.clause
    if current.number != clause.current_number or current.withdrawn_at or clause.removed_at:
        raise AgreementError("wording.superseded")
    if not is_acceptable(current):
        raise AgreementError("wording.not_acceptable")
    given, is_new = Acceptance.objects.get_or_create(
        wording=current,
        side=speaker.side,
        defaults={"name": speaker.name, "accepted_at": timezone.now()},
    )
    if is_new:
        _settle(clause, current)
    return given


@transaction.atomic
def accept_ticked(
    *, agreement: Agreement, wordings: Iterable[int], speaker: Speaker
) -> tuple[int, list[str]]:
    """Accept the wordings with these keys; return how many and the headings of those that could not be.

    A wording that has been replaced meanwhile is not accepted unseen. Keys of other agreements are passed
    over.
    """
    hold(agreement, Agreement.State.NEGOTIATING)
    done, refused = 0, []
    rows = Wording.objects.filter(pk__in=list(wordings), clause__agreement=agreement)
    for wording in rows.select_related("clause__agreement").order_by("clause__position"):
        try:
            with transaction.atomic():
                accept(wording=wording, speaker=speaker)
        except AgreementError:
            refused.append(str(wording.heading))
        else:
            done += 1
    return done, refused


@transaction.atomic
def comment(*, clause: Clause, speaker: Speaker, text: str, is_internal: bool = False) -> ClauseComment:
    """Return the remark; an internal one is for the own side alone, and may be made in every state.

    Raises AgreementError "comment.empty", "comment.too_long", "comment.too_many", "comment.not_internal" or
    one named after the agreement's state.
    """
    states = list(Agreement.State) if is_internal else [Agreement.State.NEGOTIATING]
    hold(clause.agreement, *states)
    said = tidy(text)
    if is_internal and speaker.side != Side.US:
        raise AgreementError("comment.not_internal")
    if not said:
        raise AgreementError("comment.empty")
    if len(said) > LONGEST_COMMENT:
        raise AgreementError("comment.too_long", most=LONGEST_COMMENT)
    if clause.comments.count() >= MOST_COMMENTS:
        raise AgreementError("comment.too_many", most=MOST_COMMENTS)
    return ClauseComment.objects.create(
        cluster_id=clause.cluster_id,
        clause=clause,
        side=speaker.side,
        author_name=speaker.name,
        text=said,
        is_internal=is_internal,
    )


def _settle(clause: Clause, wording: Wording) -> None:
    """Count the acceptance, so that whoever is writing another wording hears of it; take out what goes."""
    fields: dict[str, object] = {"version": F("version") + 1}
    if wording.is_removal and wording.acceptances.count() == len(Side):
        fields["removed_at"] = timezone.now()
    Clause.objects.filter(pk=clause.pk).update(**fields)
