"""Many callers at once, in real threads on a real database: each member at one caller, nobody lost."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy

import pytest
from django.db import connection, connections

from kontor.accounts.models import RoleKind
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.problems import ListeningError
from kontor.listening.services import calls
from tests.factories import CallCampaignFactory, CallTargetFactory, ClusterFactory, PersonFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS, MEMBERS = 6, 18
MARKETS = {"q-topics": ["market_access"]}
Crew = Callable[[Callable[[int], None]], list[BaseException]]


@pytest.fixture
def campaign() -> CallCampaign:
    """Return a campaign in which everybody has a number."""
    made: CallCampaign = CallCampaignFactory(cluster=ClusterFactory(slug="nord"))
    for _ in range(MEMBERS):
        PersonFactory(organisation=CallTargetFactory(campaign=made).organisation, phone="0431 8812")
    return made


@pytest.fixture
def callers(campaign):
    return [RoleFactory(cluster=campaign.cluster, kind=RoleKind.TEAM).user for _ in range(CALLERS)]


@pytest.fixture
def crew(campaign, callers, tmp_path) -> Iterator[Crew]:
    """Return a function that lets all callers work at once and gives back what went wrong.

    Tests run on SQLite in memory, where threads do not lock each other as they do in an installation: all is
    copied into a file, and every thread opens that.
    """
    settings = deepcopy(connection.settings_dict)
    if connection.vendor == "sqlite":
        settings["NAME"] = str(tmp_path / "kontor.sqlite3")
        with closing(sqlite3.connect(settings["NAME"])) as copy:
            connection.connection.backup(copy)

    def work(act: Callable[[int], None]) -> list[BaseException]:
        together, problems = threading.Barrier(CALLERS), []

        def run(number: int) -> None:
            with opened(settings):
                try:
                    together.wait()
                    act(number)
                except BaseException as problem:
                    problems.append(problem)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(CALLERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return problems

    original = connections["default"]
    with opened(settings):
        yield work
    connections["default"] = original


@contextmanager
def opened(settings) -> Iterator[None]:
    """Let this thread work on the database of `settings`."""
    mine = type(connections["default"])(settings, "default")
    connections["default"] = mine
    yield
    mine.close()


def test_callers_who_ask_at_once_get_different_members(campaign, callers, crew):
    given: list[int] = []

    def act(number: int) -> None:
        target = calls.next_call(campaign=campaign, caller=callers[number])
        assert target is not None
        given.append(target.pk)

    problems = crew(act)

    assert (problems, len(given), len(set(given))) == ([], CALLERS, CALLERS)


def test_a_caller_who_presses_in_many_windows_holds_one_member(campaign, callers, crew):
    given: list[int | None] = []

    def act(number: int) -> None:
        target = calls.next_call(campaign=campaign, caller=callers[0])
        given.append(target and target.pk)

    problems = crew(act)

    held = CallTarget.objects.filter(state=CallTarget.State.RESERVED).values_list("pk", flat=True)
    assert (problems, set(given), len(given)) == ([], set(held), CALLERS)


def test_of_callers_who_want_the_same_member_one_gets_it(campaign, callers, crew):
    target = campaign.targets.first()
    answers: list[str] = []

    def act(number: int) -> None:
        try:
            calls.take(target=target, caller=callers[number])
            answers.append("taken")
        except ListeningError as refusal:
            answers.append(refusal.code)

    problems = crew(act)

    assert (problems, Counter(answers)) == ([], {"taken": 1, "call.taken_by_other": CALLERS - 1})


def test_a_form_sent_many_times_at_once_counts_once(campaign, callers, crew):
    target = calls.take(target=campaign.targets.first(), caller=callers[0])

    def act(number: int) -> None:
        calls.finish_call(
            target=target, caller=callers[0], edition=1, typed=calls.Typed(MARKETS), outcome="talked"
        )

    problems = crew(act)

    assert (problems, CallAttempt.objects.count(), campaign.targets.get(pk=target.pk).attempts) == ([], 1, 1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_member_is_at_one_caller_at_a_time_and_in_the_end_all_were_talked_to(
    campaign, callers, crew, seed
):
    """Callers take, type, give back, let reservations run out and talk, in any order."""
    guard, holding, clashes = threading.Lock(), {}, []
    CallCampaign.objects.update(reserve_minutes=30)

    def received(target: CallTarget, number: int) -> None:
        with guard:
            if holding.get(target.pk, number) != number:
                clashes.append((target.pk, holding[target.pk], number))
            holding[target.pk] = number

    def let_go(target: CallTarget) -> None:
        with guard:
            holding.pop(target.pk, None)

    def act(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        while (target := calls.next_call(campaign=campaign, caller=callers[number])) is not None:
            received(target, number)
            edition = calls.keep(
                target=target, caller=callers[number], edition=target.edition, typed=calls.Typed(MARKETS)
            )
            let_go(target)
            if chance.random() < 0.3:
                calls.give_back(target=target, caller=callers[number])
            else:
                calls.finish_call(
                    target=target,
                    caller=callers[number],
                    edition=edition,
                    typed=calls.Typed(MARKETS),
                    outcome="talked",
                )

    problems = crew(act)

    states = Counter(campaign.targets.values_list("state", "attempts"))
    assert (problems, clashes, states) == ([], [], {("done", 1): MEMBERS})


def test_members_whose_time_ran_out_go_to_one_of_the_others(campaign, callers, crew):
    campaign.targets.exclude(pk=campaign.targets.first().pk).delete()
    calls.take(target=campaign.targets.get(), caller=callers[0])
    campaign.targets.update(reserved_until="2026-01-01T08:00Z")
    given: list[int] = []

    def act(number: int) -> None:
        if calls.next_call(campaign=campaign, caller=callers[number]) is not None:
            given.append(number)

    problems = crew(act)

    # Either the first caller comes back in time, or one of the others has it.
    assert (problems, len(given), campaign.targets.get().reserved_by) == ([], 1, callers[given[0]])
