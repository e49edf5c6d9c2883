"""One's own account: profile, data, the end."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from auditlog.context import set_actor
from auditlog.models import LogEntry
from django.db.models import Q
from django.urls import reverse

from kontor.accounts.models import RoleKind, User
from kontor.accounts.services import Refused, open_account
from kontor.accounts.services.people import erase_account
from kontor.accounts.services.personal_data import archive, collect
from tests.factories import GoalFactory, ImportBatchFactory, PersonFactory, RoleFactory


def test_profile_is_stored_and_speaks_the_new_language(manager_client, manager):
    words = {"name": "Jo Meer", "language": "de", "theme": "dark"}

    page = manager_client.post(reverse("accounts:profile"), words, follow=True).content.decode()

    manager.refresh_from_db()
    assert (manager.name, manager.theme, '<html lang="de" data-theme="dark">' in page) == (
        "Jo Meer",
        "dark",
        True,
    )


def test_language_switch_is_remembered_in_the_account(manager_client, manager):
    manager_client.post("/language/", {"language": "de", "next": "/"})

    manager.refresh_from_db()
    assert manager.language == "de"


def test_appearance_is_remembered_in_the_account(manager_client, manager):
    manager_client.post(reverse("accounts:theme"), {"theme": "dark"})

    manager.refresh_from_db()
    assert manager.theme == "dark"


def test_unknown_appearance_counts_as_automatic(client, db):
    response = client.post(reverse("accounts:theme"), {"theme": "pink"})

    assert response.cookies["kontor_theme"].value == "auto"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/"])
def test_appearance_does_not_lead_to_other_sites(client, db, evil):
    assert client.post(reverse("accounts:theme"), {"theme": "dark", "next": evil})["Location"] == "/"


def test_appearance_comes_along_to_a_new_device(log_in, account):
    account(theme="dark")

    assert log_in("jo@example.org").cookies["kontor_theme"].value == "dark"


def test_an_address_opens_one_account_only(account):
    account()

    with pytest.raises(Refused, match=r"^account\.email_taken$"):
        open_account(email="JO@example.org", name="Zweite")


def test_own_data_hold_the_rows_of_every_room(account, cluster):
    user = account()
    RoleFactory(user=user, cluster=cluster)
    PersonFactory(cluster=cluster, user=user, family_name="Meer")
    TOTP.activate(user, generate_totp_secret())

    told = json.dumps([section.rows for section in collect(user)], ensure_ascii=False)

    assert [word for word in ("jo@example.org", "Cluster manager", "Meer", "TOTP") if word not in told] == []


def test_own_data_hold_what_the_person_did(account, cluster):
    user = account()
    with set_actor(user):
        GoalFactory(cluster=cluster, title="Go to Gdańsk")

    assert "Go to Gdańsk" in str(collect(user))


def test_own_data_hold_no_secrets(account, cluster):
    user = account()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)

    told = str(collect(user))

    assert (secret in told, user.password in told) == (False, False)


def test_archive_can_be_read_by_people_and_machines(account):
    with zipfile.ZipFile(io.BytesIO(archive(account()))) as file:
        names, told = file.namelist(), json.loads(file.read("data.json"))
        page = file.read("data.html").decode()

    assert (names, told["about"], "jo@example.org" in page) == (["data.html", "data.json"], "Jo Meer", True)


def test_archive_escapes_what_people_typed(account):
    user = account(name="<script>alert(1)</script>")

    with zipfile.ZipFile(io.BytesIO(archive(user))) as file:
        assert b"<script>" not in file.read("data.html")


def test_own_data_are_handed_out_as_a_file(client_of, account):
    response = client_of(account()).post(reverse("accounts:own-data"))

    assert (response["Content-Type"], response.content[:2]) == ("application/zip", b"PK")


def test_data_of_a_person_without_an_account_are_collected_alike(cluster):
    person = PersonFactory(cluster=cluster, family_name="Größmann")

    assert "Größmann" in str(collect(person)[0].rows)


def test_account_is_deleted_after_the_address_was_typed(client_of, account):
    user = account()

    client_of(user).post(reverse("accounts:erase"), {"confirm_name": "jo@example.org"})

    assert not User.objects.exists()


def test_account_stays_where_the_address_is_wrong(client_of, account):
    client_of(account()).post(reverse("accounts:erase"), {"confirm_name": "jo@example.com"})

    assert User.objects.count() == 1


def test_nothing_in_any_table_names_an_erased_person(account, cluster, manager):
    user = account("jo@example.org", name="Jo Meer")
    with set_actor(user):
        RoleFactory(user=user, cluster=cluster, kind=RoleKind.TEAM)
        GoalFactory(cluster=cluster, responsible=user) if _has_field("responsible") else GoalFactory(
            cluster=cluster
        )

    erase_account(user=user)

    trail = LogEntry.objects.filter(
        Q(actor_email="jo@example.org") | Q(object_repr__contains="Jo Meer") | Q(changes__icontains="Jo Meer")
    )
    assert (trail.count(), EmailAddress.objects.filter(email="jo@example.org").count()) == (0, 0)


def _has_field(name: str) -> bool:
    from kontor.goals.models import Goal

    return any(field.name == name for field in Goal._meta.get_fields())


def test_what_an_erased_person_wrote_stays(account, cluster, manager):
    user = account()
    with set_actor(user):
        goal = GoalFactory(cluster=cluster)

    erase_account(user=user)

    goal.refresh_from_db()
    assert LogEntry.objects.get_for_object(goal).get().actor is None


def test_erased_person_is_logged_out_everywhere(client, log_in, account):
    account()
    log_in("jo@example.org")

    erase_account(user=User.objects.get())

    assert client.get(reverse("accounts:profile")).status_code == 302


def test_last_manager_hands_over_before_going(manager):
    with pytest.raises(Refused, match=r"^account\.is_last_manager$"):
        erase_account(user=manager)


def test_profile_asks_few_queries(manager_client, django_assert_num_queries):
    with django_assert_num_queries(6):
        manager_client.get(reverse("accounts:profile"))


def test_own_data_hold_no_list_that_the_person_only_brought_in(account, cluster):
    user = account()
    ImportBatchFactory(cluster=cluster, created_by=user, staged={"rows": ["A competitor's secret"]})

    assert "competitor" not in str(collect(user))
