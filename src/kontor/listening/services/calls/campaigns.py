"""Start a phone campaign with its list, lengthen the list, close and reopen it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import claim_edit
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.problems import ListeningError
from kontor.listening.queries.audience import audience
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.services import release

LEAST_MINUTES, MOST_MINUTES = 5, 480


@transaction.atomic
def start_campaign(
    *,
    cluster: Cluster,
    user: User | None,
    name: str,
    questionnaire: Questionnaire | None = None,
    opening: str = "",
    chosen: Mapping[str, Any] | None = None,
    reserve_minutes: int = 30,
) -> CallCampaign:
    """Return a running campaign with its call list, silent members first.

    The questionnaire is asked as it stands now; later changes of its draft do not touch the campaign.
    Raises ListeningError "call.nobody_chosen" or "call.of_another_cluster", and QuestionnaireError
    "questionnaire.not_sound".
    """
    if questionnaire is not None and questionnaire.cluster_id != cluster.pk:
        raise ListeningError("call.of_another_cluster")
    campaign = CallCampaign.objects.create(
        cluster=cluster,
        name=name.strip(),
        version_asked=release(questionnaire=questionnaire, user=user) if questionnaire else None,
        opening=opening.strip(),
        chosen=dict(chosen or {}),
        reserve_minutes=min(max(reserve_minutes, LEAST_MINUTES), MOST_MINUTES),
        state=CallCampaign.State.RUNNING,
    )
    if not add_members(campaign=campaign):
        raise ListeningError("call.nobody_chosen")
    return campaign


@transaction.atomic
def add_members(*, campaign: CallCampaign) -> int:
    """Put the members of the chosen segments on the list who are not on it yet, and return how many.

    They come behind those who are there, silent ones first; nobody comes twice, whatever became of the call.
    """
    # The row is locked, so that two who press at once do not number the same places.
    CallCampaign.objects.select_for_update().get(pk=campaign.pk)
    listed = set(campaign.targets.values_list("organisation_id", flat=True))
    found = audience(campaign.cluster, campaign.chosen, timezone.localdate())
    new = [each.organisation for each in found if each.organisation.pk not in listed]
    first = last_place(campaign) + 1
    CallTarget.objects.bulk_create(
        CallTarget(cluster_id=campaign.cluster_id, campaign=campaign, organisation=organisation, place=place)
        for place, organisation in enumerate(new, first)
    )
    return len(new)


def last_place(campaign: CallCampaign) -> int:
    """Return the last place on the list, 0 for an empty one."""
    return campaign.targets.aggregate(last=Max("place"))["last"] or 0


@transaction.atomic
def update_campaign(
    *, campaign: CallCampaign, expected_version: int, name: str, opening: str, reserve_minutes: int
) -> CallCampaign:
    """Change what does not touch the list or the questions, or raise EditConflict and change nothing."""
    current = claim_edit(campaign, expected_version)
    current.name = name.strip()
    current.opening = opening.strip()
    current.reserve_minutes = min(max(reserve_minutes, LEAST_MINUTES), MOST_MINUTES)
    current.save(update_fields=["name", "opening", "reserve_minutes", "updated_at"])
    return current


@transaction.atomic
def close_campaign(*, campaign: CallCampaign) -> None:
    """Hand out no more members; who is in a talk may finish it."""
    campaign.state = CallCampaign.State.CLOSED
    campaign.save(update_fields=["state", "updated_at"])


@transaction.atomic
def reopen_campaign(*, campaign: CallCampaign) -> None:
    """Go on where the campaign was closed."""
    campaign.state = CallCampaign.State.RUNNING
    campaign.save(update_fields=["state", "updated_at"])


@transaction.atomic
def delete_campaign(*, campaign: CallCampaign) -> None:
    """Delete a campaign in which nobody was called yet. Raises ListeningError "call.has_calls"."""
    # The row is locked first, so that no call is noted between the question and the deletion.
    list(campaign.targets.select_for_update().values_list("pk", flat=True))
    is_begun = campaign.targets.exclude(state=CallTarget.State.OPEN).exists()
    if is_begun or CallAttempt.objects.filter(target__campaign=campaign).exists():
        raise ListeningError("call.has_calls")
    campaign.delete()
