"""Keys and invitations: sending, accepting, changing, withdrawing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import Invitation, Role, RoleKind, User
from kontor.accounts.services import InvitationRefused, Refused
from kontor.accounts.services.invitations import accept_invitation, find_invitation, invite
from kontor.accounts.services.roles import change_role, withdraw_role
from tests.factories import PASSWORD, RoleFactory, UserFactory


@pytest.fixture
def send(cluster, manager, mailbox):
    """Return a function that invites to `cluster` and gives the link's path."""

    def invite_one(
        email: str = "neu@example.org", language: str = "en", kind: RoleKind = RoleKind.TEAM
    ) -> str:
        invite(cluster=cluster, emails=[email], kind=kind, language=language, note="", invited_by=manager)
        return mailbox.last_link(email)

    return invite_one


def post_invitations(client: Client, cluster, emails: str, **more: str):
    url = reverse("accounts:people-invite", args=[cluster.slug])
    words = {"emails": emails, "kind": "board", "language": "de", "note": "Bis Montag!"}
    return client.post(url, {**words, **more}, follow=True)


def test_several_people_are_invited_at_once(manager_client, cluster, mailbox):
    post_invitations(manager_client, cluster, "eins@example.org, zwei@example.org\ndrei@example.org")

    assert [mail["To"] for mail in mailbox.mails] == [
        "eins@example.org",
        "zwei@example.org",
        "drei@example.org",
    ]


def test_invitation_speaks_the_chosen_language(manager_client, cluster, mailbox):
    post_invitations(manager_client, cluster, "eins@example.org", language="de")

    assert mailbox.mails[0]["Subject"] == "Einladung zu Nord"


def test_invitation_carries_the_personal_note(manager_client, cluster, mailbox):
    post_invitations(manager_client, cluster, "eins@example.org")

    assert "Bis Montag!" in mailbox.last_text("eins@example.org")


def test_only_the_hash_of_the_token_is_stored(send):
    token = send().rstrip("/").split("/")[-1]

    assert not Invitation.objects.filter(token_hash__contains=token).exists()
    assert len(Invitation.objects.get().token_hash) == 64


def test_wrong_addresses_are_named_and_nothing_is_sent(manager_client, cluster, mailbox):
    response = post_invitations(manager_client, cluster, "eins@example.org, keine-adresse")

    assert (response.status_code, "keine-adresse" in response.content.decode(), mailbox.mails) == (
        422,
        True,
        [],
    )


def test_who_has_a_key_is_not_invited_again(manager_client, manager, cluster, mailbox):
    post_invitations(manager_client, cluster, manager.email.upper())

    assert mailbox.mails == []


def test_mail_that_cannot_be_sent_leaves_no_invitation(manager_client, cluster, mailbox):
    mailbox.refuses = {"kaputt@example.org"}

    post_invitations(manager_client, cluster, "kaputt@example.org, gut@example.org")

    assert list(Invitation.objects.values_list("email", flat=True)) == ["gut@example.org"]


def test_second_invitation_to_an_address_replaces_the_first(send, client):
    first = send()
    send()

    assert (Invitation.objects.count(), client.get(first).status_code) == (1, 404)


def test_new_person_accepts_with_name_and_password(send, client, cluster):
    path = send()

    response = client.post(path, {"name": "Mia Sund", "password": PASSWORD})

    role = Role.objects.get(user__email="neu@example.org")
    assert (response["Location"], role.kind, role.user.name) == (f"/{cluster.slug}/", "team", "Mia Sund")


def test_new_person_may_go_without_a_password(send, client):
    client.post(send(), {"name": "Mia Sund", "password": ""})

    assert not User.objects.get(email="neu@example.org").has_usable_password()


def test_weak_password_is_refused_and_makes_no_account(send, client):
    response = client.post(send(), {"name": "Mia Sund", "password": "passwort"})

    assert (response.status_code, User.objects.filter(email="neu@example.org").exists()) == (422, False)


def test_who_has_an_account_logs_in_and_comes_back(send, client, account):
    account("neu@example.org")
    path = send()

    page = client.get(path).content.decode()

    assert f"/account/login/?next={path.replace('/', '%2F')}" in page


def test_who_is_logged_in_accepts_with_one_click(send, client_of, account, cluster):
    user = account("neu@example.org")

    client_of(user).post(send())

    assert Role.objects.get(user=user).cluster == cluster


def test_invitation_is_accepted_once(send, account, client):
    send()
    invitation = Invitation.objects.get()
    accept_invitation(invitation=invitation, user=account("neu@example.org"))

    with pytest.raises(InvitationRefused, match=r"^invitation\.accepted$"):
        accept_invitation(invitation=invitation, user=account("zwei@example.org"))


def test_used_link_says_so(send, client):
    path = send()
    client.post(path, {"name": "Mia Sund", "password": PASSWORD})

    assert Client().get(path).status_code == 410


def test_invitation_expires_after_two_weeks(send, time_machine):
    path = send()
    time_machine.move_to(timezone.now() + timedelta(days=14, seconds=1))

    with pytest.raises(InvitationRefused, match=r"^invitation\.expired$"):
        find_invitation(token=path.rstrip("/").split("/")[-1])


def test_new_link_can_be_asked_for_after_expiry(send, client, mailbox):
    path = send()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    client.post(path, {"new_link": "1"})

    assert client.get(mailbox.last_link("neu@example.org")).status_code == 200


def test_asking_for_a_new_link_answers_alike_for_unknown_tokens(send, client, mailbox):
    path = send()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    known = client.post(path, {"new_link": "1"})
    unknown = client.post("/invitation/unbekannt/", {"new_link": "1"})

    assert _words(known) == _words(unknown)


def _words(response) -> list[str]:
    """Return the page's words without what differs by request: the address and the CSRF token."""
    from django.utils.html import strip_tags

    return strip_tags(response.content.decode()).split()


def test_address_with_a_token_is_told_to_nobody(send, client):
    response = client.get(send())

    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")


def test_withdrawn_invitation_opens_nothing(send, manager_client, client, cluster):
    path = send()
    url = reverse("accounts:invitations-withdraw", args=[cluster.slug, Invitation.objects.get().pk])

    manager_client.post(url)

    assert Client().get(path).status_code == 404


def test_last_manager_cannot_be_made_something_else(manager):
    with pytest.raises(Refused, match=r"^role\.last_manager$"):
        change_role(role=manager.roles.get(), kind=RoleKind.TEAM)


def test_last_manager_cannot_be_withdrawn(manager):
    with pytest.raises(Refused, match=r"^role\.last_manager$"):
        withdraw_role(role=manager.roles.get())


def test_manager_who_cannot_log_in_does_not_count(manager, cluster):
    RoleFactory(cluster=cluster, kind=RoleKind.MANAGER, user=UserFactory(is_active=False))

    with pytest.raises(Refused, match=r"^role\.last_manager$"):
        withdraw_role(role=manager.roles.get())


def test_second_manager_may_go(manager, cluster):
    other = RoleFactory(cluster=cluster, kind=RoleKind.MANAGER)

    withdraw_role(role=other)

    assert list(cluster.roles.all()) == [manager.roles.get()]


def test_role_is_changed_by_the_page(manager_client, key_to, cluster):
    role = key_to(RoleKind.TEAM).roles.get()

    manager_client.post(reverse("accounts:people-change", args=[cluster.slug, role.pk]), {"kind": "board"})

    role.refresh_from_db()
    assert role.kind == RoleKind.BOARD


def test_key_is_withdrawn_after_the_name_was_typed(manager_client, key_to, cluster):
    person = key_to(RoleKind.TEAM)
    url = reverse("accounts:people-withdraw", args=[cluster.slug, person.roles.get().pk])

    manager_client.post(url, {"confirm_name": person.name})

    assert not person.roles.exists()


def test_key_stays_where_the_name_is_wrong(manager_client, key_to, cluster):
    person = key_to(RoleKind.TEAM)
    url = reverse("accounts:people-withdraw", args=[cluster.slug, person.roles.get().pk])

    response = manager_client.post(url, {"confirm_name": "Jemand"})

    assert (response.status_code, person.roles.exists()) == (422, True)


@pytest.mark.parametrize("count", [1, 3])
def test_people_page_asks_the_same_queries_for_any_number(
    manager_client, manager, cluster, count, django_assert_num_queries
):
    RoleFactory.create_batch(count, cluster=cluster, kind=RoleKind.TEAM)
    for number in range(count):
        Invitation.objects.create(
            cluster=cluster,
            email=f"gast{number}@example.org",
            kind=RoleKind.TEAM,
            invited_by=manager,
            token_hash=str(number),
            expires_at=timezone.now(),
        )

    with django_assert_num_queries(5):
        manager_client.get(reverse("accounts:people", args=[cluster.slug]))
