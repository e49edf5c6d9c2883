"""Adopt, set, change and delete goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import claim_edit
from kontor.goals.catalogue import families, goals_by_code
from kontor.goals.models import Goal
from kontor.goals.problems import GoalError
from kontor.goals.services.linking import link_needs
from kontor.needs.models import Need
from kontor.needs.services import Remains, remove


@transaction.atomic
def adopt_goal(*, cluster: Cluster, code: str) -> Goal:
    """Return the cluster's goal of this code of the catalogue; adopting it again changes nothing.

    Raises GoalError "goal.not_in_the_catalogue".
    """
    found = goals_by_code().get(code)
    if found is None:
        raise GoalError("goal.not_in_the_catalogue", wanted=code)
    goal, _is_new = Goal.objects.get_or_create(
        cluster=cluster,
        catalogue_code=code,
        defaults={
            "family": found.family,
            "title": LazyI18nString(dict(found.names)),
            "description": LazyI18nString(dict(found.descriptions)),
        },
    )
    return goal


@transaction.atomic
def create_own_goal(
    *,
    cluster: Cluster,
    family: str,
    title: Mapping[str, str],
    description: Mapping[str, str] | None = None,
    horizon: str = Goal.Horizon.SHORT,
    target_year: int | None = None,
    state: str = Goal.State.ADOPTED,
    responsible: User | None = None,
    needs: Iterable[Need] = (),
) -> Goal:
    """Return a new goal of the cluster's own that answers `needs`.

    title, description: language → text; the title in at least one language. Raises GoalError
    "goal.no_title", "goal.family_unknown", "goal.responsible_without_role" or
    "goal.need_of_another_cluster", and Django's ValidationError where a field is refused.
    """
    goal = Goal(
        cluster=cluster,
        family=family,
        title=_texts(title),
        description=_texts(description or {}),
        horizon=horizon,
        target_year=target_year,
        state=state,
        responsible=responsible,
    )
    _check(goal)
    goal.save()
    link_needs(goal=goal, needs=needs)
    return goal


@transaction.atomic
def update_goal(*, goal: Goal, expected_version: int, **fields: Any) -> Goal:
    """Return the goal with `fields` changed, or raise EditConflict and change nothing.

    fields: any of family, title, description, horizon, target_year, state, responsible. Raises as
    `create_own_goal` does.
    """
    current = claim_edit(goal, expected_version)
    for name, value in fields.items():
        setattr(current, name, _texts(value) if name in ("title", "description") else value)
    _check(current)
    current.save()
    return current


@transaction.atomic
def set_state(*, goal: Goal, state: str) -> Goal:
    """Return the goal in the new state; raises GoalError "goal.state_unknown"."""
    if state not in Goal.State.values:
        raise GoalError("goal.state_unknown", state=state)
    current = claim_edit(goal, Goal.objects.select_for_update().get(pk=goal.pk).version)
    current.state = state
    current.save()
    return current


@transaction.atomic
def delete_goal(*, goal: Goal) -> Remains:
    """Delete the goal with its links; `kontor.needs.services.restore` brings back what is returned."""
    return remove(goal)


def _texts(given: Mapping[str, str] | LazyI18nString) -> LazyI18nString:
    """Return the texts by language, without blanks around and without empty ones."""
    if isinstance(given, LazyI18nString):
        return given
    return LazyI18nString({code: text.strip() for code, text in given.items() if text and text.strip()})


def _check(goal: Goal) -> None:
    if not str(goal.title).strip():
        raise GoalError("goal.no_title")
    if goal.family not in {family.code for family in families()}:
        raise GoalError("goal.family_unknown", family=goal.family)
    who = goal.responsible
    if who is not None and not who.roles.filter(cluster=goal.cluster_id).exists():
        raise GoalError("goal.responsible_without_role")
    goal.full_clean()
