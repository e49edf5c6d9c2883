"""Logging in: password, code, second factor, and what is not told to strangers."""

from __future__ import annotations

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from kontor.accounts.models import User
from tests.factories import PASSWORD


def ask_for_new_address(client: Client):
    """Say who one is once more, then type in the new address."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client.post("/account/email/", {"email": "neu@example.org", "action_add": ""})


def code_of(secret: str) -> str:
    import time

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_password_opens_the_door(log_in, account):
    account()

    assert log_in("jo@example.org")["Location"] == "/"


def test_address_counts_the_same_in_capitals(log_in, account):
    account()

    assert log_in("JO@Example.org").status_code == 302


def test_wrong_password_and_unknown_address_answer_alike(log_in, account):
    account()

    known = log_in("jo@example.org", "wrong password").context["form"].non_field_errors()
    unknown = log_in("nobody@example.org", "wrong password").context["form"].non_field_errors()

    assert known == unknown


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(log_in, account):
    account()
    for _ in range(5):
        log_in("jo@example.org", "wrong password")

    response = log_in("jo@example.org")

    assert "Too many tries" in response.content.decode()


def test_lock_of_one_account_leaves_others_open(log_in, account):
    account()
    account("mia@example.org")
    for _ in range(5):
        log_in("jo@example.org", "wrong password")

    assert log_in("mia@example.org").status_code == 302


def test_thirty_tries_a_minute_from_one_place_are_too_many(client, log_in, db):
    for number in range(30):
        log_in(f"nobody{number}@example.org", "wrong password")

    assert log_in("nobody@example.org").status_code == 429


def test_code_by_mail_opens_the_door(client, account, mailbox):
    account()
    client.post("/account/login/code/", {"email": "jo@example.org"})

    response = client.post("/account/login/code/confirm/", {"code": mailbox.last_code("jo@example.org")})

    assert response["Location"] == "/"


def test_wrong_code_opens_nothing(client, account, mailbox):
    account()
    client.post("/account/login/code/", {"email": "jo@example.org"})

    client.post("/account/login/code/confirm/", {"code": "ABCDEF"})

    assert client.get(reverse("accounts:profile")).status_code == 302


def test_code_is_asked_for_in_the_same_way_without_an_account(client, mailbox, db):
    response = client.post("/account/login/code/", {"email": "nobody@example.org"})

    assert response["Location"] == "/account/login/code/confirm/"


def test_who_has_no_account_is_told_by_mail_only(client, mailbox, db):
    client.post("/account/login/code/", {"email": "nobody@example.org"})

    assert "There is no account with this address" in mailbox.last_text("nobody@example.org")


def test_fourth_code_within_a_minute_is_refused(client, account, mailbox):
    account()
    for _ in range(4):
        Client().post("/account/login/code/", {"email": "jo@example.org"})

    assert len(mailbox.to("jo@example.org")) == 3


@pytest.mark.parametrize(
    ("language", "subject"), [("de", "Ihr Code für Kontor"), ("en", "Your code for Kontor")]
)
def test_mail_speaks_the_language_of_whoever_reads_it(client, account, mailbox, language, subject):
    account(language=language)

    client.post("/account/login/code/", {"email": "jo@example.org"}, headers={"accept-language": "en"})

    assert mailbox.to("jo@example.org")[0]["Subject"] == subject


def test_password_is_renewed_by_the_link_in_the_mail(client, account, mailbox, log_in):
    account()
    client.post("/account/password/reset/", {"email": "jo@example.org"})
    page = client.get(mailbox.last_link("jo@example.org"), follow=True)

    client.post(page.request["PATH_INFO"], {"password1": "ganz neues Wort", "password2": "ganz neues Wort"})

    assert log_in("jo@example.org", "ganz neues Wort").status_code == 302


def test_reset_answers_alike_without_an_account(client, mailbox, db):
    response = client.post("/account/password/reset/", {"email": "nobody@example.org"})

    assert response["Location"] == "/account/password/reset/done/"


def test_password_alone_is_not_enough_with_a_second_factor(log_in, account, client):
    TOTP.activate(account(), generate_totp_secret())

    response = log_in("jo@example.org")

    assert response["Location"] == "/account/2fa/authenticate/"


def test_code_of_the_app_completes_the_login(log_in, account, client):
    secret = generate_totp_secret()
    TOTP.activate(account(), secret)
    log_in("jo@example.org")

    response = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert response["Location"] == "/"


def test_recovery_code_opens_the_door_once(log_in, account, client):
    user = account()
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    log_in("jo@example.org")
    client.post("/account/2fa/authenticate/", {"code": code})
    client.post("/account/logout/")
    log_in("jo@example.org")

    response = client.post("/account/2fa/authenticate/", {"code": code})

    assert response.status_code == 200


def test_guessing_the_second_factor_is_stopped(log_in, account, client):
    secret = generate_totp_secret()
    TOTP.activate(account(), secret)
    log_in("jo@example.org")
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})

    response = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert "Too many tries" in response.content.decode()


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_login_does_not_lead_to_other_sites(log_in, account, evil):
    account()

    assert log_in("jo@example.org", next=evil)["Location"] == "/"


def test_login_leads_back_to_where_one_was(log_in, account):
    account()

    assert log_in("jo@example.org", next="/me/")["Location"] == "/me/"


def test_closed_account_stays_closed(log_in, account):
    account(is_active=False)

    assert log_in("jo@example.org")["Location"] == "/account/inactive/"


def test_nobody_signs_up_unasked(client, db):
    client.post("/account/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.count() == 0


def test_login_changes_the_session(log_in, account, client):
    account()
    client.get("/account/login/")
    client.session.save()
    before = client.session.session_key

    log_in("jo@example.org")

    assert client.session.session_key != before


def test_other_devices_are_logged_out_on_demand(log_in, account, client):
    account()
    other = Client()
    other.post("/account/login/", {"login": "jo@example.org", "password": PASSWORD})
    log_in("jo@example.org")

    client.post(reverse("usersessions_list"))

    assert other.get(reverse("accounts:profile")).status_code == 302


def test_new_password_logs_other_devices_out(log_in, account, client):
    account()
    other = Client()
    other.post("/account/login/", {"login": "jo@example.org", "password": PASSWORD})
    log_in("jo@example.org")

    words = {"oldpassword": PASSWORD, "password1": "ganz neues Wort", "password2": "ganz neues Wort"}
    client.post("/account/password/change/", words)

    assert other.get(reverse("accounts:profile")).status_code == 302


def test_new_address_counts_after_its_code(log_in, account, client, mailbox):
    user = account()
    log_in("jo@example.org")
    ask_for_new_address(client)

    client.post("/account/confirm-email/", {"code": mailbox.last_code("neu@example.org")})

    user.refresh_from_db()
    assert user.email == "neu@example.org"


def test_address_can_be_changed_with_a_second_factor(account, client_of, mailbox, log_in, client):
    user, secret = account(), generate_totp_secret()
    TOTP.activate(user, secret)
    log_in("jo@example.org")
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    response = ask_for_new_address(client)

    assert response["Location"] == "/account/confirm-email/"


def test_old_address_is_told_of_the_new_one(log_in, account, client, mailbox):
    account()
    log_in("jo@example.org")
    ask_for_new_address(client)

    client.post("/account/confirm-email/", {"code": mailbox.last_code("neu@example.org")})

    assert "neu@example.org instead of jo@example.org" in mailbox.last_text("jo@example.org")


def test_new_address_needs_the_password_once_more(log_in, account, client):
    account()
    log_in("jo@example.org")

    response = client.post("/account/email/", {"email": "neu@example.org", "action_add": ""})

    assert response["Location"] == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"


def test_login_is_remembered_as_a_device(log_in, account):
    account()

    log_in("jo@example.org")

    assert UserSession.objects.count() == 1
