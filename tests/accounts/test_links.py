"""Signed links: one task, one address, one language, until it is done or too old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.accounts.services.links import finish_link, issue_link, open_link, renew_link
from kontor.accounts.services.refused import LinkRefused
from tests.factories import ClusterFactory

pytestmark = pytest.mark.urls("tests.accounts.link_urls")
PURPOSE = "rooms.confirm"


@pytest.fixture
def link(cluster):
    """Return a link for a task and its token."""
    return issue_link(cluster=cluster, purpose=PURPOSE, target=7, email="mia@example.org", language="de")


@pytest.fixture
def path(link, cluster) -> str:
    """Return the address of the task."""
    return f"/{cluster.slug}/confirm/3/{link[1]}/"


def expire() -> None:
    past = timezone.now() - timedelta(days=1)
    TaskLink.objects.update(expires_at=past, created_at=past - timedelta(days=30))


def refusal(cluster, token: str, purpose: str = PURPOSE) -> str:
    with pytest.raises(LinkRefused) as caught:
        open_link(cluster_slug=cluster.slug, token=token, purpose=purpose)
    return caught.value.code


def test_link_opens_its_task_without_an_account_in_its_language(client, path):
    assert client.get(path).content.decode() == "Nord 7 3 de"


def test_language_chosen_on_the_page_wins(client, path):
    client.post("/language/", {"language": "en", "next": "/"})

    assert client.get(path).content.decode() == "Nord 7 3 en"


def test_token_is_stored_as_its_hash_only(link):
    row, token = link

    assert token not in str(TaskLink.objects.values().get())
    assert len(row.token_hash) == 64


def test_unknown_token_is_refused(cluster, link):
    assert refusal(cluster, "unbekannt") == "link.unknown"


def test_link_for_another_task_is_unknown(cluster, link):
    assert refusal(cluster, link[1], purpose="rooms.decline") == "link.unknown"


def test_link_of_another_cluster_is_unknown(link):
    assert refusal(ClusterFactory(), link[1]) == "link.unknown"


def test_expired_link_is_refused(cluster, link):
    expire()

    assert refusal(cluster, link[1]) == "link.expired"


def test_finished_link_opens_nothing_more(cluster, link):
    finish_link(link=link[0])

    assert refusal(cluster, link[1]) == "link.done"


def test_task_is_finished_once(link):
    finish_link(link=link[0])

    with pytest.raises(LinkRefused, match=r"^link\.done$"):
        finish_link(link=link[0])


def test_first_opening_is_remembered(cluster, link, time_machine):
    open_link(cluster_slug=cluster.slug, token=link[1], purpose=PURPOSE)
    first = TaskLink.objects.get().opened_at
    time_machine.move_to(timezone.now() + timedelta(hours=1))

    open_link(cluster_slug=cluster.slug, token=link[1], purpose=PURPOSE)

    assert TaskLink.objects.get().opened_at == first


def test_renewed_link_lives_as_long_as_the_first(link):
    expire()

    renew_link(link=TaskLink.objects.get())

    newest = TaskLink.objects.latest("pk")
    assert round((newest.expires_at - newest.created_at) / timedelta(days=1)) == 30


def test_page_of_an_expired_link_offers_a_new_one(client, path):
    expire()

    response = client.get(path)

    assert (response.status_code, 'name="new_link"' in response.content.decode()) == (410, True)


def test_new_link_is_mailed_to_the_stored_address_in_its_language(client, path, mailbox):
    expire()

    client.post(path, {"new_link": "1"})

    assert mailbox.to("mia@example.org")[0]["Subject"] == "Ihr neuer Link von Nord"


def test_new_link_opens_the_same_task(client, path, mailbox):
    expire()
    client.post(path, {"new_link": "1"})

    assert client.get(mailbox.last_link("mia@example.org")).content.decode() == "Nord 7 3 de"


def test_old_link_for_a_task_that_is_done_meanwhile_sends_nothing(client, path, mailbox):
    expire()
    client.post(path, {"new_link": "1"})
    client.post(mailbox.last_link("mia@example.org"))

    response = client.post(path, {"new_link": "1"})

    assert (len(mailbox.mails), response.status_code) == (1, 410)


def test_asking_again_and_again_is_stopped(client, path, mailbox):
    expire()

    answers = [client.post(path, {"new_link": "1"}).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


def test_failed_mail_leaves_no_new_link(client, path, mailbox):
    expire()
    mailbox.refuses = {"mia@example.org"}

    response = client.post(path, {"new_link": "1"})

    assert (response.status_code, TaskLink.objects.count()) == (503, 1)


def test_link_cannot_be_finished_by_its_old_page(client, path):
    expire()

    client.post(path)

    assert TaskLink.objects.get().done_at is None


@pytest.mark.parametrize("state", ["open", "expired", "unknown"])
def test_address_of_a_link_is_told_to_nobody(client, path, state):
    if state == "expired":
        expire()
    response = client.get(path if state != "unknown" else "/nord/confirm/3/unbekannt/")

    headers = (response["Referrer-Policy"], response["X-Robots-Tag"], "no-store" in response["Cache-Control"])
    assert headers == ("same-origin", "noindex, nofollow", True)


def test_opening_a_link_asks_few_queries(client, path, django_assert_num_queries):
    client.get(path)

    with django_assert_num_queries(1):
        client.get(path)
