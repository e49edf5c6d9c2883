"""Mails that come back: whose they were, and what is none of ours."""

from __future__ import annotations

import mailbox

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.config.command import main
from kontor.listening.models import Invitee
from kontor.listening.services.surveys.bounces import bounce_in, note_bounces, split_mails
from kontor.listening.services.surveys.mails import mark_of
from tests.factories import InviteeFactory

pytestmark = pytest.mark.django_db


def notice(
    mark: str, *, action: str = "failed", to: str = "office@kontor.example", header: bool = True
) -> bytes:
    """Return a mail server's notice as RFC 3464 has it."""
    inner = f"X-Kontor-Invitation: {mark}\nSubject: Hello\n" if header else "Subject: Hello\n"
    return (
        f"From: MAILER-DAEMON@mx.example\nTo: {to}\nSubject: Undelivered Mail\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; gone@example.org\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\n{inner}\n--b--\n"
    ).encode()


@pytest.fixture
def invitee() -> Invitee:
    """Return somebody whose mail went out."""
    return InviteeFactory()


def test_a_notice_marks_the_invitee_with_the_reason(invitee):
    noted = note_bounces(mails=[notice(mark_of(invitee))])
    invitee.refresh_from_db()

    assert (invitee.state, invitee.bounce_reason, noted.noted) == (
        "bounced",
        "5.1.1 550 5.1.1 User unknown",
        1,
    )


def test_the_return_path_tells_whose_it_was(invitee):
    raw = notice(mark_of(invitee), to=f"bounces+{mark_of(invitee)}@kontor.example", header=False)

    assert bounce_in(raw).invitee == invitee.pk


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_delay_is_no_bounce(invitee, action):
    assert bounce_in(notice(mark_of(invitee), action=action)) is None


def test_a_forged_mark_marks_nobody(invitee):
    assert bounce_in(notice(f"{invitee.pk}-{'0' * 16}")) is None


def test_an_upload_marks_nobody_of_another_cluster(invitee, cluster):
    noted = note_bounces(mails=[notice(mark_of(invitee))], cluster=cluster)

    assert (noted.noted, Invitee.objects.get().state) == (0, "sent")


def test_whoever_has_answered_stays_so(invitee):
    Invitee.objects.update(is_answered=True)
    note_bounces(mails=[notice(mark_of(invitee))])

    assert Invitee.objects.get().state == "sent"


@given(st.binary(max_size=400))
def test_no_bytes_stop_the_reading(raw):
    assert bounce_in(raw) is None


def test_an_mbox_is_taken_apart(invitee):
    raw = notice(mark_of(invitee))
    box = b"From MAILER-DAEMON Tue Nov 24 00:00:00 2026\n" + raw + b"\n"

    assert [bounce_in(mail).invitee for mail in split_mails(box * 2)] == [invitee.pk] * 2


def test_the_command_reads_files_and_maildirs(invitee, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("kontor.config.commands.mails.prepare", lambda: None)
    (tmp_path / "one.eml").write_bytes(notice(mark_of(invitee)))
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(b"Subject: Hello\n\nNot a bounce.\n")
    code = main(["bounces", str(tmp_path / "one.eml"), str(tmp_path / "box")])

    assert (code, capsys.readouterr().out) == (0, "2 mails read, 1 addresses noted, 1 left alone.\n")


def test_mails_within_mails_without_end_stop_no_other_from_being_read(invitee):
    endless = b"Content-Type: message/rfc822\n\n" * 3000

    assert note_bounces(mails=[endless, notice(mark_of(invitee))]).noted == 1


def test_a_reason_is_stored_without_what_nobody_can_read(invitee):
    raw = notice(mark_of(invitee)).replace(b"User unknown", b"User\x00 \x1b[2Junknown")
    note_bounces(mails=[raw])
    invitee.refresh_from_db()

    assert invitee.bounce_reason == "5.1.1 550 5.1.1 User [2Junknown"
