"""Secret even to the manager: nothing that is stored leads from a ballot to whoever cast it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Collection

import pytest
import time_machine
from auditlog.models import LogEntry
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.config.archive.backup import write_backup
from kontor.config.archive.export import export_cluster
from kontor.jobs.models import Job
from kontor.votes import services
from kontor.votes.models import Ballot, BallotKey, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.sealing import unsealed
from kontor.votes.services.casting import ballot_paper
from tests.votes.factories import ElectorFactory, cast, link_of, running, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(cluster) -> Vote:
    """Return a vote under way with five organisations on its roll."""
    return running(cluster, electors=5)


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def rows(*, but: Collection[str] = ()) -> dict[str, list[str]]:
    """Return every row of every table as the database holds it, in its own order.

    Audit entries without their number: on PostgreSQL numbers are used up even by what is taken back.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - set(but):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            first = 1 if table == LogEntry._meta.db_table else 0
            found[table] = [json.dumps(row[first:], default=str) for row in cursor.fetchall()]
    return found


def test_a_ballot_has_no_elector_and_no_time():
    names = {field.name for field in Ballot._meta.get_fields()}
    pointing = {
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.related_model is Ballot and field.concrete
    }

    assert (names, pointing) == ({"id", "cluster", "vote", "sealed"}, set())


def test_an_elector_has_no_time_that_voting_could_change():
    times = {f.name for f in Elector._meta.get_fields() if f.get_internal_type() == "DateTimeField"}

    assert times == {"invited_at", "reminded_at"}


def test_voting_by_link_changes_one_tick_and_adds_one_ballot(client, vote):
    """No session, no link, no audit entry, no job, no counter of tries knows of it."""
    elector, option = vote.electors.first(), ballot_paper(vote)[0]
    link = link_of(elector)
    client.get(link)
    before = rows()
    client.get(link)
    client.post(link, {"approve": option, "look": 1})
    client.post(link, {"approve": option, "cast": 1})
    client.get(link)
    after = rows()
    changed = {table for table in after if sorted(after[table]) != sorted(before[table])}
    elector_now = dict(Elector.objects.filter(pk=elector.pk).values().get())
    elector_before = {name: getattr(elector, name) for name in elector_now}

    assert changed == {Ballot._meta.db_table, Elector._meta.db_table}
    assert {name for name in elector_now if elector_now[name] != elector_before[name]} == {"has_voted"}
    assert TaskLink.objects.filter(opened_at=None, done_at=None).count() == TaskLink.objects.count()


def test_organisations_that_swap_their_votes_leave_the_same_rows(vote):
    """Whoever compares the two databases, while the vote runs and after, sees no difference."""
    found = []
    electors = list(vote.electors.order_by("pk")[:3])
    orders = ([(1, 0, 0), (0, 1, 0), (0, 0, 1)], [(0, 0, 1), (1, 0, 0), (0, 1, 0)])
    with time_machine.travel(timezone.now(), tick=False):
        for order in orders:
            mark = transaction.savepoint()
            for elector, ranks in zip(electors, order, strict=True):
                cast(elector, *ranks)
            sealed_lengths = sorted(len(each.sealed) for each in Ballot.objects.all())
            while_open = rows(but=[Ballot._meta.db_table])
            services.close_vote(vote=vote, now=timezone.now())
            found.append((sealed_lengths, while_open, rows()))
            transaction.savepoint_rollback(mark)

    differing = [
        name for part in (1, 2) for name in found[0][part] if found[0][part][name] != found[1][part][name]
    ]

    assert (found[0][0], differing) == (found[1][0], [])


def test_sealed_ballots_are_equally_long_whatever_is_chosen(vote):
    voted(vote, (1, 0, 0), (1, 1, 1), (0, 0, 0), ())

    assert len({len(each.sealed) for each in Ballot.objects.all()}) == 1


def test_the_same_choice_is_sealed_differently_each_time(vote):
    voted(vote, (1, 0, 0), (1, 0, 0))

    assert len({each.sealed for each in Ballot.objects.all()}) == 2


def test_a_ballot_does_not_open_in_another_vote(vote):
    voted(vote, (1, 0, 0))
    other = running()
    with pytest.raises(VoteError, match=r"vote\.key_lost"):
        unsealed(Ballot.objects.get().sealed, ballot_paper(vote), other.key)


def test_the_key_in_the_database_alone_opens_nothing(vote, settings):
    """Half of it is the secret of the installation, so a copy of the database is not enough."""
    voted(vote, (1, 0, 0))
    settings.SECRET_KEY = "another"
    with pytest.raises(VoteError, match=r"vote\.key_lost"):
        unsealed(Ballot.objects.get().sealed, ballot_paper(vote), vote.key)


@pytest.mark.parametrize("kind", ["backup", "export"])
def test_neither_backup_nor_export_holds_the_key(vote, tmp_path, kind):
    voted(vote, (1, 0, 0))
    target = tmp_path / "all.zip"
    if kind == "backup":
        write_backup(target, on_progress=silent)
    else:
        export_cluster(vote.cluster, target, on_progress=silent)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name).decode("utf-8-sig", "replace") for name in archive.namelist()}
    half = BallotKey.objects.get().half

    assert [name for name, text in parts.items() if half in text] == []
    assert [name for name in parts if "ballot" in name and "key" in name] == []


def test_ballots_in_a_backup_do_not_stand_in_the_order_of_voting(vote, tmp_path):
    """They are written by number, and the number is drawn by chance."""
    for _ in range(4):
        voted(vote, (1, 0, 0), (0, 1, 0), (0, 0, 1))
    write_backup(tmp_path / "all.zip", on_progress=silent)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        lines = archive.read("rows/votes.ballot.jsonl").decode().splitlines()
    numbers = [json.loads(line)["id"] for line in lines]

    assert numbers == sorted(numbers)


def test_once_counted_neither_ballots_nor_key_are_left(vote):
    voted(vote, (1, 0, 0), (0, 1, 0), (0, 0, 1))
    services.close_vote(vote=vote, now=timezone.now())

    assert (Ballot.objects.count(), BallotKey.objects.count()) == (0, 0)


def test_a_cancelled_vote_keeps_no_ballots(vote):
    voted(vote, (1, 0, 0), (0, 1, 0), (0, 0, 1))
    services.cancel_vote(vote=vote, reason="A mistake", now=timezone.now())

    assert (Ballot.objects.count(), BallotKey.objects.count()) == (0, 0)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Only PostgreSQL keeps the transaction of a row."
)
def test_after_closing_no_hidden_column_tells_in_which_order_was_voted(vote):
    for elector in vote.electors.order_by("-pk")[:3]:
        with transaction.atomic():
            cast(elector, 1)
    services.close_vote(vote=vote, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM votes_elector WHERE vote_id = %s", [vote.pk])

        assert cursor.fetchone()[0] == 1


def test_neither_trail_nor_jobs_know_who_has_voted(vote):
    elector = vote.electors.first()
    before = LogEntry.objects.count()
    cast(elector, 1)
    told = json.dumps(list(Job.objects.values()), default=str)

    assert (LogEntry.objects.count(), elector.email in told) == (before, False)


@pytest.mark.parametrize(("ballots", "is_hidden"), [(0, True), (1, True), (2, True), (3, False)])
def test_from_fewer_than_three_ballots_nothing_is_counted(vote, ballots, is_hidden):
    voted(vote, *[(1, 0, 0)] * ballots)
    found = services.close_vote(vote=vote, now=timezone.now())
    figures = [(each.place, each.votes) for each in found.options]

    assert (found.is_hidden, found.voted) == (is_hidden, ballots)
    assert figures == ([(0, 0)] * 3 if is_hidden else [(1, 3), (2, 0), (2, 0)])


@pytest.mark.parametrize("page", ["", "roll/", "screen/", "live/", "roll.csv"])
def test_while_a_vote_runs_no_page_depends_on_what_was_chosen(manager_client, vote, page):
    """The same page, whether all chose the first option or the last."""
    found = []
    electors = list(vote.electors.order_by("pk")[:4])
    with time_machine.travel(timezone.now(), tick=False):
        for ranks in ((1, 0, 0), (0, 0, 1)):
            mark = transaction.savepoint()
            for elector in electors:
                cast(elector, *ranks)
            response = manager_client.get(f"/nord/votes/{vote.pk}/{page}", headers={"HX-Request": "true"})
            found.append(re.sub(r"[A-Za-z0-9]{64}", "token", response.content.decode()))
            transaction.savepoint_rollback(mark)

    assert found[0] == found[1]


def test_there_is_no_file_of_the_result_while_the_vote_is_open(manager_client, vote):
    voted(vote, (1, 0, 0), (1, 0, 0), (1, 0, 0))
    response = manager_client.get(f"/nord/votes/{vote.pk}/result.csv")

    assert (response.status_code, response.url) == (302, f"/nord/votes/{vote.pk}/")


def test_a_vote_restored_from_a_backup_is_cancelled_and_can_be_held_again(vote):
    """Its key is in no backup, so its ballots never open again."""
    from kontor.votes.services.tending import tend_votes

    voted(vote, (1, 0, 0))
    BallotKey.objects.all().delete()
    tend_votes(now=timezone.now())
    vote.refresh_from_db()
    again = services.repeat_vote(vote=vote, closes_at=vote.closes_at)

    assert (vote.state, Ballot.objects.count(), again.electors.count()) == ("cancelled", 0, 6)


def test_other_electors_are_not_touched_by_a_vote(vote):
    ElectorFactory(vote=running(vote.cluster))
    before = list(Elector.objects.exclude(vote=vote).values())
    voted(vote, (1, 0, 0))

    assert list(Elector.objects.exclude(vote=vote).values()) == before
