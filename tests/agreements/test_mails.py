"""Mails: invitation, news once a day and once a batch, the final version; in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import Role, RoleKind, User
from kontor.agreements import services, tasks
from kontor.agreements.models import Agreement, Negotiator, Side
from kontor.agreements.queries.news import news_for
from kontor.agreements.services import news
from kontor.agreements.services.mails import send_invitation
from kontor.agreements.speaker import Speaker
from kontor.agreements.texts import texts_of
from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from tests.agreements.factories import (
    THEM,
    US,
    NegotiatorFactory,
    current,
    drafted,
    guest_token,
    negotiated,
    refused,
    settled,
)
from tests.factories import RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cluster, manager) -> Agreement:
    return negotiated(cluster, manager)


@pytest.fixture
def guest(agreement: Agreement) -> Negotiator:
    made: Negotiator = NegotiatorFactory(agreement=agreement, email="jan@example.org")
    return made


def later(**by: int) -> datetime:
    return timezone.now() + timedelta(**by)


def tended(now: datetime) -> list[str]:
    """Do what the worker does in a minute, and return who got a mail."""
    mail.outbox.clear()
    news.tend_news(now=now)
    for job in Job.objects.filter(kind=news.DIGEST, state=Job.State.WAITING):
        news.send_digest(negotiator_id=int(job.argument["negotiator"]), now=now)
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    return [address for letter in mail.outbox for address in letter.to]


def change(agreement: Agreement, speaker: Speaker, code: str = "rhythm", text: str = "New.") -> None:
    clause = agreement.clauses.get(code=code)
    services.propose(
        clause=clause,
        speaker=speaker,
        heading=texts_of(clause.heading),
        text={"en": text, "de": text},
        expected_version=clause.version,
    )


def test_the_invitation_carries_the_link_and_opens_the_draft(manager_client, cluster, manager):
    agreement = drafted(cluster, manager)
    asked = {"name": "Jan de Vries", "email": "Jan@Example.org", "language": "en", "note": "See you in Kiel!"}
    manager_client.post(reverse("agreements:invite", args=[cluster.slug, agreement.pk]), asked)
    agreement.refresh_from_db()
    guest = agreement.negotiators.get(side=Side.THEM)
    letter = mail.outbox[0]

    assert (agreement.state, guest.invited_at is not None) == (Agreement.State.NEGOTIATING, True)
    assert (letter.to, letter.subject.split(":")[0]) == (["jan@example.org"], "Nord asks for your view")
    assert f"{settings.PUBLIC_URL}/nord/agreements/negotiate/{guest_token(guest)}/" in letter.body
    assert "See you in Kiel!" in letter.body
    assert letter.extra_headers["Reply-To"] == manager.email


def test_the_invitation_speaks_the_language_of_the_guest(guest, manager):
    guest.language = "de"
    guest.save()
    send_invitation(negotiator=guest, sender=manager)

    assert "bittet um Ihre Sicht: Kooperationsprotokoll zwischen" in mail.outbox[0].subject
    assert "Klausel für Klausel" in mail.outbox[0].body


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=9)
def test_an_invitation_that_cannot_be_sent_is_kept(manager_client, agreement, cluster):
    asked = {"name": "Jan", "email": "jan@example.org", "language": "en"}
    response = manager_client.post(
        reverse("agreements:invite", args=[cluster.slug, agreement.pk]), asked, follow=True
    )

    assert agreement.negotiators.get(side=Side.THEM).invited_at is None
    assert "could not be sent just now" in response.content.decode()


def test_the_same_person_is_not_invited_twice(agreement, guest):
    with refused("negotiator.is_there"):
        services.invite_negotiator(
            agreement=agreement, speaker=US, name="Jan", email="JAN@example.org", language="en"
        )


def test_news_wait_until_the_batch_is_over(agreement, guest):
    change(agreement, US)

    assert tended(later(minutes=5)) == []
    assert tended(later(minutes=40)) == ["jan@example.org"]


def test_one_mail_tells_of_the_whole_batch_and_quotes_nothing(agreement, guest):
    change(agreement, US)
    services.comment(clause=agreement.clauses.first(), speaker=US, text="Have a look at this")
    services.comment(clause=agreement.clauses.first(), speaker=US, text="secret", is_internal=True)
    tended(later(minutes=40))
    (letter,) = mail.outbox

    assert "- 1 wording proposed" in letter.body
    assert "- 1 comment\n" in letter.body
    assert "3 clauses wait for you." in letter.body
    assert [word in letter.body for word in ("Have a look", "secret", "New.")] == [False] * 3


def test_there_is_one_mail_a_day_at_most(agreement, guest):
    change(agreement, US)
    first = tended(later(minutes=40))
    change(agreement, US, text="Newer.")
    Negotiator.objects.filter(pk=guest.pk).update(notified_at=timezone.now() - timedelta(minutes=1))
    same_day = tended(later(hours=3))
    next_day = tended(later(hours=25))

    assert (first, same_day, next_day) == (["jan@example.org"], [], ["jan@example.org"])


def test_nothing_new_is_no_mail(agreement, guest):
    change(agreement, US)
    tended(later(minutes=40))

    assert tended(later(days=3)) == []


def test_own_acts_are_no_news(agreement, guest):
    change(agreement, THEM)

    assert tended(later(minutes=40)) == [agreement.negotiators.get(side=Side.US).user.email]


def test_internal_notes_are_no_news(agreement, guest):
    Negotiator.objects.filter(pk=guest.pk).update(invited_at=later(seconds=1))
    services.comment(clause=agreement.clauses.first(), speaker=US, text="secret", is_internal=True)

    assert not news_for(guest).is_any
    assert tended(later(minutes=40)) == []


def test_whoever_has_looked_gets_no_mail(agreement, guest):
    change(agreement, US)
    Negotiator.objects.filter(pk=guest.pk).update(seen_at=later(seconds=1))

    assert tended(later(minutes=40)) == []


def test_our_side_hears_in_its_own_language_with_a_way_to_the_login(agreement, manager, guest):
    User.objects.filter(pk=manager.pk).update(language="de")
    change(agreement, THEM)
    tended(later(minutes=40))
    (letter,) = mail.outbox

    assert letter.to == [manager.email]
    assert "es gibt Neues von Brainport" in letter.body
    assert f"/nord/agreements/{agreement.pk}/" in letter.body
    assert "/negotiate/" not in letter.body


def test_whoever_no_longer_manages_the_cluster_hears_nothing(agreement, manager, guest):
    Role.objects.filter(user=manager).update(kind=RoleKind.BOARD)
    change(agreement, THEM)

    assert tended(later(minutes=40)) == []


def test_a_withdrawn_guest_hears_nothing(agreement, guest):
    services.revoke_negotiator(negotiator=guest)
    change(agreement, US)

    assert tended(later(minutes=40)) == []


def test_two_minutes_of_two_workers_queue_one_mail(agreement, guest):
    change(agreement, US)
    news.tend_news(now=later(minutes=40))
    news.tend_news(now=later(minutes=40))

    assert Job.objects.filter(kind=news.DIGEST).count() == 1


def test_a_job_that_comes_late_sends_nothing_twice(agreement, guest):
    change(agreement, US)
    now = later(minutes=40)

    assert news.send_digest(negotiator_id=guest.pk, now=now)
    assert not news.send_digest(negotiator_id=guest.pk, now=now)


def test_after_a_failure_the_server_is_left_in_peace_for_a_while(agreement, guest):
    change(agreement, US)
    tasks.send_digest_failed({"negotiator": guest.pk}, "job.failed", {})

    assert tended(later(minutes=40)) == []
    assert tended(later(minutes=100)) == ["jan@example.org"]


def test_all_hear_of_the_final_version_once(cluster, manager):
    agreement = settled(cluster, manager)
    NegotiatorFactory(agreement=agreement, email="jan@example.org", language="de")
    version = services.freeze(agreement=agreement, user=manager)
    first = tasks.send_version({"version": version.pk}, Progress.silent())
    again = tasks.send_version({"version": version.pk}, Progress.silent())

    assert (first, again) == ({"sent": 2}, {"sent": 0})
    assert {letter.to[0] for letter in mail.outbox} == {manager.email, "jan@example.org"}
    german = next(letter for letter in mail.outbox if letter.to == ["jan@example.org"])
    assert german.subject.startswith("Vereinbart: Kooperationsprotokoll")


def test_only_the_cluster_management_speaks_for_our_side(agreement, key_to):
    with refused("negotiator.not_management"):
        services.add_colleague(agreement=agreement, user=key_to(RoleKind.BOARD))
    with refused("negotiator.not_management"):
        services.add_colleague(agreement=agreement, user=RoleFactory().user)

    assert services.add_colleague(agreement=agreement, user=key_to(RoleKind.TEAM)).side == Side.US


def test_people_are_managed_from_their_page(manager_client, agreement, guest, key_to):
    slug = agreement.cluster.slug
    people = reverse("agreements:people", args=[slug, agreement.pk])
    colleague = key_to(RoleKind.TEAM)
    manager_client.post(people, {"user": colleague.pk})
    act = reverse("agreements:negotiator-act", args=[slug, agreement.pk, guest.pk])
    manager_client.post(act, {"to": "again"})
    one = reverse("agreements:negotiator", args=[slug, agreement.pk, guest.pk])
    fields = {"name": "Jan", "email": "new@example.org", "language": "de", "version": guest.version}
    manager_client.post(one, fields)
    late = manager_client.post(one, {**fields, "name": "Johann"})
    manager_client.post(act, {"to": "withdraw"})
    guest.refresh_from_db()

    assert [letter.to for letter in mail.outbox] == [["jan@example.org"], ["new@example.org"]]
    assert (late.status_code, guest.name, guest.issue) == (409, "Jan", 2)
    assert guest.revoked_at is not None
    assert agreement.negotiators.filter(user=colleague).exists()


def test_the_link_can_be_handed_over_by_another_way(manager_client, agreement, guest):
    address = reverse("agreements:negotiator-link", args=[agreement.cluster.slug, agreement.pk, guest.pk])

    assert guest_token(guest) in manager_client.get(address).content.decode()
    assert current(agreement.clauses.first()).number == 1
