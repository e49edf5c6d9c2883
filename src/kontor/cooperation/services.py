"""Plan, change and finish what is done together with partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.models import Organisation
from kontor.cooperation.models import Activity, Participant, Task
from kontor.cooperation.problems import CooperationError
from kontor.goals.models import Goal
from kontor.needs.services import Remains, remove
from kontor.partners.models import Partner

_TEXTS = ("title", "aim", "result")


@transaction.atomic
def plan_activity(
    *, cluster: Cluster, partner: Partner, goals: Iterable[Goal] = (), **fields: Any
) -> Activity:
    """Return a new activity with a partner.

    fields: of Activity; title, aim and result as language → text. Raises CooperationError
    "cooperation.no_title", "cooperation.other_cluster", "cooperation.responsible_without_role", and Django's
    ValidationError where a field is refused.
    """
    activity = Activity(cluster=cluster, partner=partner)
    return _stored(activity, fields, list(goals))


@transaction.atomic
def update_activity(
    *, activity: Activity, expected_version: int, goals: Iterable[Goal], **fields: Any
) -> Activity:
    """Return the activity with `fields` and goals changed, or raise EditConflict and change nothing."""
    return _stored(claim_edit(activity, expected_version), fields, list(goals))


@transaction.atomic
def set_state(
    *, activity: Activity, state: str, on: date, result: Mapping[str, str] | None = None
) -> Activity:
    """Return the activity in the new state; one that is done says what came of it.

    Raises CooperationError "cooperation.state_unknown", "cooperation.not_over" or "cooperation.no_result".
    """
    if state not in Activity.State.values:
        raise CooperationError("cooperation.state_unknown", state=state)
    current = claim_edit(activity, Activity.objects.select_for_update().get(pk=activity.pk).version)
    if result and any(text.strip() for text in result.values()):
        current.result = _texts(result)
    if state == Activity.State.DONE:
        if current.starts_on > on:
            raise CooperationError("cooperation.not_over")
        if not str(current.result).strip():
            raise CooperationError("cooperation.no_result")
    current.state = state
    current.save()
    return current


@transaction.atomic
def delete_activity(*, activity: Activity) -> Remains:
    """Delete the activity with participants and tasks; `needs.services.restore` brings them back."""
    return remove(activity)


@transaction.atomic
def add_participant(
    *,
    activity: Activity,
    side: str,
    organisation: Organisation | None = None,
    name: str = "",
    function: str = "",
) -> Participant:
    """Return a new participant; naming the same one again changes nothing.

    Raises CooperationError "cooperation.no_participant" or "cooperation.other_cluster".
    """
    if organisation is None and not name.strip():
        raise CooperationError("cooperation.no_participant")
    if organisation is not None and organisation.cluster_id != activity.cluster_id:
        raise CooperationError("cooperation.other_cluster")
    who = {"side": side, "organisation": organisation, "name": name.strip(), "function": function.strip()}
    there = Participant.objects.filter(activity=activity, **who).first()
    if there is not None:
        return there
    participant = Participant(cluster_id=activity.cluster_id, activity=activity, **who)
    participant.full_clean()
    participant.save()
    return participant


@transaction.atomic
def remove_participant(*, participant: Participant) -> None:
    """Take a participant off the list."""
    participant.delete()


@transaction.atomic
def add_task(*, activity: Activity, title: str, who: str = "", due: date | None = None) -> Task:
    """Return a new task of the activity; raises CooperationError "cooperation.no_task"."""
    if not title.strip():
        raise CooperationError("cooperation.no_task")
    task = Task(
        cluster_id=activity.cluster_id, activity=activity, title=title.strip(), who=who.strip(), due=due
    )
    task.full_clean()
    task.save()
    return task


@transaction.atomic
def finish_task(*, task: Task, on: date, outcome: str = "") -> Task:
    """Return the task, done on that day."""
    task.done_on, task.outcome = on, outcome.strip()
    task.full_clean()
    task.save()
    return task


@transaction.atomic
def reopen_task(*, task: Task) -> Task:
    """Return the task, not done after all; what was said of it stays."""
    task.done_on = None
    task.save()
    return task


@transaction.atomic
def remove_task(*, task: Task) -> None:
    """Drop a task."""
    task.delete()


def _stored(activity: Activity, fields: Mapping[str, Any], goals: list[Goal]) -> Activity:
    for name, value in fields.items():
        setattr(activity, name, _texts(value) if name in _TEXTS else value)
    if not str(activity.title).strip():
        raise CooperationError("cooperation.no_title")
    clusters = {activity.partner.cluster_id, *(goal.cluster_id for goal in goals)}
    if clusters != {activity.cluster_id}:
        raise CooperationError("cooperation.other_cluster")
    who = activity.responsible
    if who is not None and not who.roles.filter(cluster=activity.cluster_id).exists():
        raise CooperationError("cooperation.responsible_without_role")
    activity.full_clean()
    activity.save()
    activity.goals.set(goals)
    return activity


def _texts(given: Mapping[str, str] | LazyI18nString) -> LazyI18nString:
    if isinstance(given, LazyI18nString):
        return given
    return LazyI18nString({code: text.strip() for code, text in given.items() if text and text.strip()})
