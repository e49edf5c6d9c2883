"""The pages of the management: prepare, fill the roll, open, look on, close, read the result."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import RoleKind
from kontor.jobs.models import Job
from kontor.jobs.worker import run_waiting
from kontor.votes import services
from kontor.votes.models import Elector, Vote
from kontor.votes.services.sending import INVITATIONS
from tests.factories import MembershipFactory, OrganisationFactory
from tests.listening.answering import agreed, member
from tests.votes.factories import ElectorFactory, VoteFactory, VoteOptionFactory, cast, running, voted

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"votes:{name}", args=["nord", *args])


def text(response) -> str:
    return response.content.decode()


def filled(**fields) -> dict[str, object]:
    """Return a form for a new vote, filled in."""
    closes = (timezone.localtime() + timedelta(days=10)).strftime("%Y-%m-%dT%H:%M")
    basics = {"question_de": "Mit wem?", "question_en": "With whom?", "method": "approval", "rows": 4}
    basics |= {"quorum_percent": 50, "closes_at": closes}
    options = {"option_de_0": "Dorpat", "option_en_0": "Tartu", "option_en_2": "Oulu"}
    return {**basics, **options, **fields}


def draft(cluster, electors: int = 3) -> Vote:
    """Return a vote that is ready to be opened."""
    vote = VoteFactory(cluster=cluster)
    VoteOptionFactory.create_batch(2, vote=vote)
    ElectorFactory.create_batch(electors, vote=vote, mail="waiting", invited_at=None)
    return vote


def test_a_vote_is_prepared_and_leads_to_the_roll(manager_client):
    response = manager_client.post(url("create"), filled())
    vote = Vote.objects.get()
    labels = [each.label.data for each in vote.options.all()]

    assert (response.status_code, response.url) == (302, url("roll-add", vote.pk))
    assert (vote.question.data, labels) == (
        {"de": "Mit wem?", "en": "With whom?"},
        [{"de": "Dorpat", "en": "Tartu"}, {"en": "Oulu"}],
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"question_de": "", "question_en": " "}, "Please write the question."),
        ({"option_en_2": ""}, "A vote needs at least two options to choose from."),
        ({"option_en_2": "tartu"}, "Two options read the same. Please tell them apart."),
        ({"quorum_percent": 101}, "100"),
        ({"closes_at": "2020-01-01T10:00"}, "This moment is over. Please choose a later one."),
        ({"closes_at": "soon"}, "Enter a valid date/time."),
        ({"method": "dice"}, "dice"),
    ],
)
def test_a_form_that_makes_no_sense_is_answered_in_a_sentence_and_loses_nothing(
    manager_client, fields, sentence
):
    response = manager_client.post(url("create"), filled(explanation_en="Kept words", **fields))

    assert (response.status_code, sentence in text(response)) == (422, True)
    assert ("Kept words" in text(response), Vote.objects.count()) == (True, 0)


def test_more_rows_are_added_without_losing_a_word(manager_client):
    response = manager_client.post(url("create"), filled(more=1, explanation_en="Kept words"))
    page = text(response)

    assert (response.status_code, 'name="option_en_6"' in page, 'name="option_en_7"' in page) == (
        200,
        True,
        False,
    )
    assert ("Kept words" in page, 'value="Tartu"' in page, Vote.objects.count()) == (True, True, 0)


def test_rows_beyond_measure_are_not_made(manager_client):
    response = manager_client.post(url("create"), filled(rows="999999999"))

    assert 'name="option_en_50"' not in text(response)


def test_changing_keeps_what_the_room_above_calls_an_option(manager_client, cluster):
    vote = draft(cluster)
    references = [each.reference for each in vote.options.all()]
    page = text(manager_client.get(url("edit", vote.pk)))
    sent = filled(
        version=1, option_en_2="", option_en_1="Oulu", reference_0=references[0], reference_1=references[1]
    )
    manager_client.post(url("edit", vote.pk), sent)

    assert all(f'value="{reference}"' in page for reference in references)
    assert [each.reference for each in vote.options.all()] == references


def test_the_second_of_two_who_change_a_vote_sees_both_versions(manager_client, cluster):
    vote = draft(cluster)
    services.update_vote(vote=vote, expected_version=1, question={"en": "Stored meanwhile"})
    response = manager_client.post(url("edit", vote.pk), filled(version=1))
    page = text(response)

    assert (response.status_code, "Stored meanwhile" in page, "With whom?" in page) == (409, True, True)
    assert 'name="version" value="2"' in page


def test_all_members_are_put_on_the_roll_and_those_without_a_contact_are_named(manager_client, cluster):
    for _ in range(3):
        member(cluster)
    lost = MembershipFactory(organisation__cluster=cluster).organisation
    vote = draft(cluster, electors=0)
    page = text(manager_client.get(url("roll-add", vote.pk)))
    manager_client.post(url("roll-add", vote.pk), {"all": 1})

    assert ("Add all 3 members below" in page, lost.name in page) == (True, True)
    assert vote.electors.count() == 3


def test_members_ticked_are_put_on_the_roll(manager_client, cluster):
    wanted, _other = member(cluster), member(cluster)
    vote = draft(cluster, electors=0)
    manager_client.post(url("roll-add", vote.pk), {"organisations": [wanted.pk, "x", "99999999"]})

    assert [each.organisation for each in vote.electors.all()] == [wanted]


def test_an_organisation_is_added_with_a_typed_contact(manager_client, cluster):
    vote, organisation = draft(cluster, electors=0), OrganisationFactory(cluster=cluster)
    sent = {"typed": 1, "organisation": organisation.pk, "email": "ada@example.org", "language": "en"}
    manager_client.post(url("roll-add", vote.pk), sent)

    assert (vote.electors.get().email, vote.electors.get().organisation) == ("ada@example.org", organisation)


@pytest.mark.parametrize("email", ["", "no address"])
def test_a_typed_contact_without_an_address_is_refused(manager_client, cluster, email):
    vote, organisation = draft(cluster, electors=0), OrganisationFactory(cluster=cluster)
    sent = {"typed": 1, "organisation": organisation.pk, "email": email, "language": "en"}

    assert manager_client.post(url("roll-add", vote.pk), sent).status_code == 422


def test_who_is_added_to_an_open_vote_gets_the_link_at_once(manager_client, cluster, post):
    vote, organisation = running(cluster), OrganisationFactory(cluster=cluster)
    sent = {"typed": 1, "organisation": organisation.pk, "email": "ada@example.org", "language": "en"}
    manager_client.post(url("roll-add", vote.pk), sent)
    run_waiting()

    assert len(post.to("ada@example.org")) == 1


def test_another_contact_is_chosen_on_the_page_of_the_organisation(manager_client, cluster):
    row = ElectorFactory(vote=running(cluster))
    person = agreed(row.organisation)
    page = text(manager_client.get(url("elector", row.vote_id, row.pk)))
    manager_client.post(url("elector", row.vote_id, row.pk), {"person": person.pk})
    row.refresh_from_db()

    assert (person.email in page, row.person, Job.objects.count()) == (True, person, 1)


def test_another_contact_is_typed_on_the_page_of_the_organisation(manager_client, cluster):
    row = ElectorFactory(vote=running(cluster))
    prefix = "typed_contact"
    sent = {"typed": 1, f"{prefix}-email": "ada@example.org", f"{prefix}-language": "de"}
    manager_client.post(url("elector", row.vote_id, row.pk), sent)
    row.refresh_from_db()

    assert (row.email, row.language, row.is_typed) == ("ada@example.org", "de", True)


def test_an_organisation_is_taken_off_the_roll(manager_client, cluster):
    vote = draft(cluster)
    row = vote.electors.first()
    manager_client.post(url("elector-remove", vote.pk, row.pk))

    assert vote.electors.filter(pk=row.pk).exists() is False


def test_a_vote_is_opened_mailed_and_watched(manager_client, cluster, post):
    vote = draft(cluster)
    manager_client.post(url("open", vote.pk))
    under_way = text(manager_client.get(url("detail", vote.pk)))
    run_waiting()
    cast(vote.electors.first(), 1)
    page = text(manager_client.get(url("detail", vote.pk)))

    assert "The mails are on their way" in under_way
    assert (len(post.mails), "1 of 3 organisations has voted." in page) == (3, True)


def test_a_vote_that_is_not_ready_says_why(manager_client, cluster):
    response = manager_client.post(url("open", draft(cluster, electors=2).pk))

    assert (response.status_code, "At least 3 organisations must be on the roll" in text(response)) == (
        409,
        True,
    )


def test_addresses_that_were_refused_are_shown(manager_client, cluster):
    vote = running(cluster)
    ElectorFactory(vote=vote, mail="failed", mail_problem="550 no such box", organisation_name="Lost Ltd")
    page = text(manager_client.get(url("detail", vote.pk)))
    listed = text(manager_client.get(url("roll", vote.pk), {"standing": "failed"}))

    assert ("1 address was not accepted" in page, "550 no such box" in listed) == (True, True)


def test_mails_that_did_not_go_out_are_sent_by_a_press(manager_client, cluster, post):
    vote = running(cluster)
    ElectorFactory(vote=vote, mail="waiting", invited_at=None)
    services.start_sending(vote=vote, what=INVITATIONS, since=timezone.now())
    Job.objects.update(state="failed", error_code="vote.mail_refused", error_params={"reason": "spam"})
    page = text(manager_client.get(url("detail", vote.pk)))
    manager_client.post(url("send", vote.pk))
    run_waiting()

    assert ("1 link has not gone out yet" in page, "refuses the mails: spam" in page) == (True, True)
    assert len(post.mails) == 1


def test_a_reminder_is_sent_by_a_press(manager_client, cluster, post):
    vote = running(cluster, electors=2)
    cast(vote.electors.first(), 1)
    manager_client.post(url("remind", vote.pk))
    run_waiting()

    assert len(post.mails) == 1


def test_more_time_is_given(manager_client, cluster):
    vote = running(cluster)
    later = timezone.localtime() + timedelta(days=20)
    sent = {"closes_at": later.strftime("%Y-%m-%dT%H:%M"), "version": vote.version}
    manager_client.post(url("extend", vote.pk), sent)
    vote.refresh_from_db()

    assert timezone.localtime(vote.closes_at).date() == later.date()


@pytest.mark.parametrize(
    ("days", "version", "status"), [(1, 1, 409), (20, 99, 409), (-1, 1, 422)], ids=["sooner", "stale", "past"]
)
def test_a_new_date_that_cannot_be_is_answered_in_a_sentence(manager_client, cluster, days, version, status):
    vote = running(cluster)
    moment = timezone.localtime() + timedelta(days=days)
    sent = {"closes_at": moment.strftime("%Y-%m-%dT%H:%M"), "version": version}
    response = manager_client.post(url("extend", vote.pk), sent)

    assert (response.status_code, Vote.objects.get().closes_at) == (status, vote.closes_at)


def test_a_vote_is_closed_and_its_result_shown(manager_client, cluster):
    vote = running(cluster)
    voted(vote, (1, 0, 0), (1, 0, 0), (0, 1, 0), ())
    manager_client.post(url("close", vote.pk))
    page = text(manager_client.get(url("detail", vote.pk)))

    assert "2 of 3 ballots (67%) approve of it." in page
    assert "4 of 4 organisations voted; 2 were needed. The vote is valid." in page
    assert "1 organisation abstained." in page


def test_a_ranked_result_shows_the_comparisons(manager_client, cluster):
    vote = running(cluster, method="ranked")
    voted(vote, (1, 2, 3), (1, 3, 2), (2, 1, 3))
    services.close_vote(vote=vote, now=timezone.now())
    page = text(manager_client.get(url("detail", vote.pk)))

    assert ("One to one" in page, "wins 2 of 2 comparisons" in page) == (True, True)


def test_a_tie_offers_a_run_off(manager_client, cluster):
    vote = running(cluster)
    voted(vote, (1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1))
    services.close_vote(vote=vote, now=timezone.now())
    page = text(manager_client.get(url("detail", vote.pk)))
    manager_client.post(url("repeat", vote.pk), {"first": 1})

    assert "Prepare a run-off" in page
    assert [each.options.count() for each in Vote.objects.order_by("pk")] == [3, 2]


def test_a_vote_is_cancelled_with_a_reason(manager_client, cluster):
    vote = running(cluster, electors=1)
    without = manager_client.post(url("cancel", vote.pk), {"reason": " "})
    manager_client.post(url("cancel", vote.pk), {"reason": "A mistake"})
    page = text(manager_client.get(url("detail", vote.pk)))

    assert (without.status_code, "A mistake" in page, "Hold the vote again" in page) == (422, True, True)


def test_a_vote_lost_by_a_restore_says_so_in_the_language_of_the_reader(manager_client, cluster):
    vote = running(cluster)
    services.cancel_vote(vote=vote, reason="vote.key_lost", now=timezone.now())

    assert "for secrecy no backup holds the key" in text(manager_client.get(url("detail", vote.pk)))


def test_a_vote_in_preparation_is_deleted(manager_client, cluster):
    manager_client.post(url("delete", draft(cluster).pk))

    assert Vote.objects.count() == 0


ACTS = ["open", "send", "remind", "close", "delete", "repeat"]


@pytest.mark.parametrize(("state", "name"), [("closed", name) for name in ACTS[:5]] + [("open", "repeat")])
def test_what_does_not_fit_the_state_is_refused_in_a_sentence(manager_client, cluster, state, name):
    vote = running(cluster, electors=3, state=state)
    response = manager_client.post(url(name, vote.pk))

    assert (response.status_code, "That was not done" in text(response)) == (409, True)
    assert Vote.objects.get().state == state


@pytest.mark.parametrize("name", ["extend", "cancel"])
def test_forms_of_an_open_vote_are_refused_once_it_is_closed(manager_client, cluster, name):
    assert manager_client.get(url(name, running(cluster, state="closed").pk)).status_code == 409


def test_the_turnout_renews_itself_and_then_shows_the_result(manager_client, cluster):
    vote = running(cluster, electors=3)
    htmx = {"HX-Request": "true"}
    part = manager_client.get(url("live", vote.pk), headers=htmx)
    services.close_vote(vote=vote, now=timezone.now())
    after = manager_client.get(url("live", vote.pk), headers=htmx)

    assert ("0 of 3" in text(part), "<html" in text(part)) == (True, False)
    assert after["HX-Refresh"] == "true"


def test_the_hall_sees_the_turnout_and_then_the_result(manager_client, cluster):
    vote = running(cluster)
    voted(vote, (1, 0, 0), (1, 0, 0), (1, 0, 0))
    before = text(manager_client.get(url("screen", vote.pk)))
    services.close_vote(vote=vote, now=timezone.now())
    after = text(manager_client.get(url("screen", vote.pk), headers={"HX-Request": "true"}))

    assert ("organisations have voted" in before, "vote-places" in before) == (True, False)
    assert ("3 of 3 ballots (100%)" in after, "hx-get" in after) == (True, False)


def test_the_board_sees_turnout_and_result_but_not_the_roll(client_of, key_to, cluster):
    client = client_of(key_to(RoleKind.BOARD))
    vote = running(cluster, electors=3)
    pages = {
        name: client.get(url(name, vote.pk)).status_code for name in ("detail", "screen", "roll", "roll-csv")
    }
    page = text(client.get(url("detail", vote.pk)))

    assert pages == {"detail": 200, "screen": 200, "roll": 403, "roll-csv": 403}
    assert (vote.electors.first().organisation_name in page, "Close now" in page, "/roll/" in page) == (
        False,
        False,
        False,
    )


@pytest.mark.parametrize("kind", [RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.PARTNER, RoleKind.FUNDER])
def test_others_have_their_link_only(client_of, key_to, cluster, kind):
    client, vote = client_of(key_to(kind)), running(cluster)

    assert [client.get(path).status_code for path in (url("overview"), url("detail", vote.pk))] == [403, 403]


def sheet(response) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_result_is_exported_with_its_figures_only(manager_client, cluster):
    vote = running(cluster, method="ranked", options=2)
    for option, label in zip(vote.options.all(), ("Tartu", "Oulu"), strict=True):
        option.label = label
        option.save()
    voted(vote, (1, 2), (1, 2), (2, 1))
    services.close_vote(vote=vote, now=timezone.now())
    head, first, second = sheet(manager_client.get(url("result-xlsx", vote.pk)))

    assert head[:5] == ("Place", "Option", "Ranked first by", "Share", "Direct comparisons won")
    assert (first[:3], first[4:]) == ((1, "Tartu", 2), (1, None, 2))
    assert (second[:3], second[4:]) == ((2, "Oulu", 1), (0, 1, None))


def test_the_export_of_too_few_ballots_has_no_figures(manager_client, cluster):
    vote = running(cluster)
    voted(vote, (1, 0, 0), (1, 0, 0))
    services.close_vote(vote=vote, now=timezone.now())
    rows = lines(manager_client.get(url("result-csv", vote.pk)))

    assert [row[0] + "".join(row[2:]) for row in rows[1:]] == ["", "", ""]


def test_the_roll_is_exported_as_it_is_filtered(manager_client, cluster):
    vote = running(cluster)
    done, _silent = ElectorFactory.create_batch(2, vote=vote)
    cast(done, 1)
    rows = lines(manager_client.get(url("roll-csv", vote.pk), {"standing": "voted"}))

    assert [row[0] for row in rows[1:]] == [done.organisation_name]


def test_the_votes_are_listed_filtered_and_exported(manager_client, cluster):
    vote = running(cluster, electors=2)
    draft(cluster)
    page = text(manager_client.get(url("overview"), {"state": "open"}))
    rows = lines(manager_client.get(url("export-csv"), {"state": "open"}))

    assert page.count('scope="row"') == 1
    assert [(row[2], row[5]) for row in rows[1:]] == [("Open", "2")]
    assert str(vote.question.data["en"]) == rows[1][0]


def test_without_a_vote_the_list_shows_how_to_begin(manager_client):
    page = text(manager_client.get(url("overview")))

    assert ("Prepare the first vote" in page, url("create") in page) == (True, True)


@pytest.mark.parametrize("words", ["müller", "ADA@"])
def test_the_roll_is_searched(manager_client, cluster, words):
    vote = running(cluster, electors=2)
    ElectorFactory(vote=vote, organisation_name="müller", email="ada@example.org")

    assert text(manager_client.get(url("roll", vote.pk), {"q": words})).count('scope="row"') == 1


# Session, user, role, then what the page itself asks.
QUERIES = {"overview": 8, "export-csv": 5, "detail": 10, "roll": 7, "roll-csv": 5, "roll-add": 7, "screen": 6}


@pytest.mark.parametrize("number", [1, 3, 300])
@pytest.mark.parametrize("name", sorted(QUERIES))
def test_pages_ask_the_same_queries_for_any_number(
    manager_client, cluster, name, number, django_assert_num_queries
):
    vote = running(cluster)
    organisations = OrganisationFactory.build_batch(number, cluster=cluster)
    type(organisations[0]).objects.bulk_create(organisations)
    Elector.objects.bulk_create(
        Elector(
            cluster=cluster,
            vote=vote,
            organisation=each,
            organisation_name=each.name,
            email="a@example.org",
            mail="sent",
            invited_at=timezone.now() - timedelta(hours=1),
            has_voted=index % 2 == 0,
        )
        for index, each in enumerate(organisations)
    )
    for _ in range(min(number, 3) - 1):
        running(cluster, electors=1)
        agreed(MembershipFactory(organisation__cluster=cluster, valid_from=date(2022, 1, 1)).organisation)
    path = url(name) if name in ("overview", "export-csv") else url(name, vote.pk)
    manager_client.get(path)

    with django_assert_num_queries(QUERIES[name]):
        assert manager_client.get(path).status_code == 200
