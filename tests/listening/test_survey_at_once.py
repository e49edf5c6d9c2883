"""Two at the same time, on both databases: one answer comes of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from kontor.listening.models import AnswerDraft, Invitee, SurveyResponse
from tests.factories import InviteeFactory, SurveyFactory
from tests.listening.answering import TICKED, link_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[int]:
    """Do all acts at the same time and return their answers' status, sorted."""
    begin, found = threading.Barrier(len(acts)), []

    def carry_out(act) -> None:
        begin.wait()
        try:
            found.append(act(Client()).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=carry_out, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


@pytest.fixture
def as_served(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Put the tests' SQLite database into a file, as an installation has it; PostgreSQL stays as it is.

    In memory all threads share one page cache, whose locks nobody waits for; in a file writers queue up.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "served.sqlite3"
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.cursor().execute("VACUUM INTO %s", [str(path)])
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


@pytest.fixture
def invitee(as_served: None) -> Invitee:
    """Return somebody who was asked."""
    return InviteeFactory(survey=SurveyFactory())


def sending(link: str, **fields):
    return lambda client: client.post(link, {"send": 1, "edition": 0, **TICKED, **fields})


def test_a_double_click_gives_one_answer(invitee):
    link = link_of(invitee)
    statuses = at_once(*[sending(link)] * 4)

    assert (statuses, SurveyResponse.objects.count()) == ([302] * 4, 1)


def test_two_colleagues_give_one_answer(invitee):
    other = InviteeFactory(survey=invitee.survey, organisation=invitee.organisation)
    statuses = at_once(sending(link_of(invitee)), sending(link_of(other)))

    assert (statuses, SurveyResponse.objects.count()) == ([200, 302], 1)


def test_two_first_saves_leave_one_draft_and_tell_the_other(invitee):
    link = link_of(invitee)
    acts = [
        lambda client, word=word: client.post(f"{link}save/", {"edition": 0, "tab": word, "q-words": word})
        for word in ("one", "two")
    ]

    assert (at_once(*acts), AnswerDraft.objects.count()) == ([200, 409], 1)


def test_an_anonymous_double_click_gives_one_answer(invitee):
    type(invitee.survey).objects.update(is_anonymous=True)
    invitee.survey.refresh_from_db()
    link = link_of(invitee)
    at_once(*[sending(link)] * 4)

    assert SurveyResponse.objects.count() == 1
