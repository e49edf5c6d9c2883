"""Two at once: each in a thread of its own, on a database that waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from kontor.accounts.services import EditConflict
from kontor.agreements import services
from kontor.agreements.models import Acceptance, Agreement, AgreementVersion, Clause, Side, Wording
from kontor.agreements.problems import AgreementError
from tests.agreements.factories import THEM, US, negotiated, settled

Work = Callable[[], Any]


def called(work: Work) -> Any:
    """Return what the work returns or raises, and leave no connection behind."""
    try:
        return work()
    except Exception as error:
        return error
    finally:
        connections.close_all()


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Return a function that runs works at once, each in a thread with its own connection.

    SQLite's test database lives in memory, where threads do not wait for each other as they do on a disk:
    what was made so far is copied to a file, and the works find it there.
    """
    stored = connections.settings["default"]
    name = stored["NAME"]

    def run(*works: Work) -> list[Any]:
        if connection.vendor == "sqlite" and stored["NAME"] == name:
            path = tmp_path / "threads.sqlite3"
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            copy.close()
            stored["NAME"] = str(path)
        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(called, works))

    yield run
    stored["NAME"] = name


def propose(clause: Clause, speaker, text: str) -> Work:
    return lambda: services.propose(
        clause=clause,
        speaker=speaker,
        heading={"en": "Rhythm", "de": "Rhythmus"},
        text={"en": text, "de": text},
        expected_version=clause.version,
    )


def test_of_two_proposals_at_once_one_counts_and_the_other_is_told(at_once):
    clause = negotiated().clauses.get(code="rhythm")
    results = at_once(propose(clause, US, "Ours."), propose(clause, THEM, "Theirs."))
    (numbers,) = at_once(lambda: list(Wording.objects.filter(clause=clause).values_list("number", flat=True)))

    assert sorted(type(each).__name__ for each in results) == ["EditConflict", "Wording"]
    assert numbers == [1, 2]


def test_two_who_accept_at_once_make_one_acceptance(at_once):
    wording = negotiated().clauses.get(code="rhythm").wordings.get()
    accept = lambda: services.accept(wording=wording, speaker=THEM)  # noqa: E731
    results = at_once(accept, accept, accept)
    (count,) = at_once(lambda: Acceptance.objects.filter(wording=wording, side=Side.THEM).count())

    assert [type(each) for each in results] == [Acceptance] * 3
    assert count == 1


def test_nobody_accepts_unseen_what_is_replaced_in_the_same_moment(at_once):
    clause = negotiated().clauses.get(code="rhythm")
    wording = clause.wordings.get()
    proposed, accepted = at_once(
        propose(clause, US, "Newer."), lambda: services.accept(wording=wording, speaker=THEM)
    )
    (newest,) = at_once(lambda: Wording.objects.filter(clause=clause).order_by("-number").first())
    (sides,) = at_once(lambda: set(newest.acceptances.values_list("side", flat=True)))

    # Whoever came first, the other hears of it; and the newer wording is accepted by its own side alone.
    assert isinstance(proposed, EditConflict) != isinstance(accepted, AgreementError)
    if newest.number == 2:
        assert sides == {Side.US.value}


def test_freezing_and_proposing_at_once_never_freeze_an_open_clause(at_once):
    agreement = settled()
    user = agreement.negotiators.get().user
    clause = agreement.clauses.get(code="rhythm")
    frozen, proposed = at_once(
        lambda: services.freeze(agreement=agreement, user=user), propose(clause, THEM, "Wait!")
    )
    (state,) = at_once(lambda: Agreement.objects.get(pk=agreement.pk).state)

    if isinstance(frozen, AgreementVersion):
        assert isinstance(proposed, AgreementError)
        assert state == Agreement.State.AGREED
    else:
        assert isinstance(proposed, Wording)
        assert state == Agreement.State.NEGOTIATING


def test_two_who_freeze_at_once_make_one_version(at_once):
    agreement = settled()
    user = agreement.negotiators.get().user
    freeze = lambda: services.freeze(agreement=agreement, user=user)  # noqa: E731
    results = at_once(freeze, freeze)
    (count,) = at_once(AgreementVersion.objects.count)

    assert sorted(type(each).__name__ for each in results) == ["AgreementError", "AgreementVersion"]
    assert count == 1
