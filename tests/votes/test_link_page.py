"""The page behind the link: choose, look once more, cast; and every way in which it can go otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.votes import services
from kontor.votes.models import Ballot, Elector, Vote
from kontor.votes.services.casting import ballot_paper
from tests.votes.factories import ElectorFactory, cast, link_of, running, voted
from tests.votes.test_casting import in_the_box

pytestmark = pytest.mark.django_db


@pytest.fixture
def elector(cluster) -> Elector:
    """Return an organisation that may vote by ticks."""
    return ElectorFactory(vote=running(cluster), organisation_name="Müller & Søn")


@pytest.fixture
def ranked(cluster) -> Elector:
    """Return an organisation that may vote by places."""
    return ElectorFactory(vote=running(cluster, method="ranked"))


def text(response) -> str:
    return response.content.decode()


def options(elector) -> list[int]:
    return ballot_paper(elector.vote)


def test_the_ballot_shows_question_options_and_for_whom_one_votes(client, elector):
    page = text(client.get(link_of(elector)))

    assert str(elector.vote.question.data["en"]) in page
    assert [option.label.data["en"] in page for option in elector.vote.options.all()] == [True] * 3
    assert "Müller &amp; Søn has one vote" in page


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Kreuzen Sie alles an"), ("en", "Tick everything that is acceptable")]
)
def test_the_ballot_speaks_the_language_of_the_link(client, elector, language, words):
    Elector.objects.update(language=language)
    elector.refresh_from_db()

    assert words in text(client.get(link_of(elector)))


def test_the_choice_is_shown_once_more_and_nothing_is_stored(client, elector):
    first, second, _third = options(elector)
    response = client.post(link_of(elector), {"approve": [first, second], "look": 1})
    page = text(response)

    assert f'<input type="hidden" name="approve" value="{first}">' in page
    assert (response.status_code, Ballot.objects.count()) == (200, 0)


def test_going_back_keeps_what_was_chosen(client, elector):
    first, second, _third = options(elector)
    page = text(client.post(link_of(elector), {"approve": [second], "back": 1}))

    assert f'name="approve" value="{second}" checked' in page
    assert f'name="approve" value="{first}" checked' not in page


def test_casting_counts_and_shows_the_receipt(client, elector):
    response = client.post(link_of(elector), {"approve": options(elector)[0], "cast": 1}, follow=True)

    assert "The vote of Müller &amp; Søn is in" in text(response)
    assert in_the_box(elector.vote) == [[1, 0, 0]]


def test_the_receipt_does_not_tell_what_was_chosen(client, elector):
    page = text(client.post(link_of(elector), {"approve": options(elector)[0], "cast": 1}, follow=True))

    assert [option.label.data["en"] in page for option in elector.vote.options.all()] == [False] * 3


def test_the_page_after_casting_is_the_receipt_on_every_link(client, elector):
    links = [link_of(elector), link_of(elector)]
    client.post(links[0], {"abstain": 1, "cast": 1})

    assert ["is in" in text(client.get(link)) for link in links] == [True, True]


@pytest.mark.parametrize(
    ("fields", "box"),
    [({"none": 1}, [[0, 0, 0]]), ({"abstain": 1}, ["abstains"])],
)
def test_none_and_abstention_are_choices(client, elector, fields, box):
    client.post(link_of(elector), {**fields, "cast": 1})

    assert in_the_box(elector.vote) == box


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Please choose at least one option"),
        ({"abstain": 1, "none": 1}, "That does not go together"),
        ({"abstain": 1, "approve": "first"}, "That does not go together"),
        ({"none": 1, "approve": "first"}, "That does not go together"),
        ({"approve": "999999"}, "not on the ballot"),
        ({"approve": "x"}, "not on the ballot"),
    ],
)
@pytest.mark.parametrize("button", ["look", "cast"])
def test_a_page_that_says_nothing_or_two_things_is_answered_in_a_sentence(
    client, elector, fields, sentence, button
):
    sent = {key: options(elector)[0] if value == "first" else value for key, value in fields.items()}
    response = client.post(link_of(elector), {**sent, button: 1})

    assert (response.status_code, sentence in text(response)) == (422, True)
    assert Ballot.objects.count() == 0


def test_places_are_read_from_the_lists(client, ranked):
    first, second, _third = options(ranked)
    client.post(link_of(ranked), {f"rank_{first}": "2", f"rank_{second}": "1", "cast": 1})

    assert in_the_box(ranked.vote) == [[2, 1, 0]]


def test_places_are_shown_once_more_with_ties_and_the_rest(client, ranked):
    first, second, third = options(ranked)
    fields = {f"rank_{first}": "1", f"rank_{second}": "1", f"rank_{third}": "", "look": 1}
    page = text(client.post(link_of(ranked), fields))

    labels = [option.label.data["en"] for option in ranked.vote.options.all()]
    assert f"{labels[0]} · {labels[1]}" in page
    assert "Behind them, without a place:" in page


def test_no_place_at_all_is_answered_in_a_sentence(client, ranked):
    response = client.post(link_of(ranked), {"cast": 1})

    assert "Please give at least one option a place, or abstain." in text(response)


def test_pressing_twice_is_told_in_a_friendly_sentence(client, elector):
    link, first = link_of(elector), options(elector)[0]
    client.post(link, {"approve": first, "cast": 1})
    response = client.post(link, {"approve": first, "cast": 1})

    assert (response.status_code, "Did you press twice?" in text(response)) == (409, True)
    assert Ballot.objects.count() == 1


def test_a_forwarded_link_counts_once_and_the_second_is_told(client, elector):
    first, second, _third = options(elector)
    client.post(link_of(elector), {"approve": first, "cast": 1})
    response = client.post(link_of(elector), {"approve": second, "cast": 1})

    assert "somebody with whom your organisation shares the link was faster" in text(response)
    assert in_the_box(elector.vote) == [[1, 0, 0]]


def test_who_comes_too_late_is_told_and_sees_the_result(client, elector):
    link = link_of(elector)
    voted(elector.vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    services.close_vote(vote=elector.vote, now=timezone.now())
    response = client.post(link, {"abstain": 1, "cast": 1})

    assert (response.status_code, "came too late" in text(response)) == (410, True)
    assert "2 of 3 ballots (67%)" in text(response)


def test_after_closing_the_link_shows_the_result(client, elector):
    link = link_of(elector)
    voted(elector.vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    services.close_vote(vote=elector.vote, now=timezone.now())
    response = client.get(link)

    assert (response.status_code, "2 of 3 ballots (67%)" in text(response)) == (200, True)


def test_the_first_who_comes_after_the_date_finds_the_vote_counted(client, elector):
    link = link_of(elector)
    voted(elector.vote, (1, 0, 0), (1, 0, 0), (0, 1, 0))
    Vote.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    assert "2 of 3 ballots (67%)" in text(client.get(link))


def test_too_few_ballots_show_no_figures_at_the_link(client, elector):
    link = link_of(elector)
    voted(elector.vote, (1, 0, 0), (1, 0, 0))
    services.close_vote(vote=elector.vote, now=timezone.now())
    page = text(client.get(link))

    assert ("destroyed uncounted" in page, "vote-places" in page) == (True, False)


def test_a_cancelled_vote_tells_its_reason(client, elector):
    link = link_of(elector)
    services.cancel_vote(vote=elector.vote, reason="A mistake in the name", now=timezone.now())

    assert "A mistake in the name" in text(client.get(link))


def test_a_link_of_an_earlier_contact_opens_nothing(client, elector):
    link = link_of(elector)
    services.change_contact(elector=elector, email="new@example.org")

    assert client.get(link).status_code == 404


def test_a_strange_link_opens_nothing(client, elector):
    assert client.get(link_of(elector).replace("/nord/", "/south/")).status_code == 404
    assert client.get(f"/nord/votes/cast/{'x' * 43}/").status_code == 404


def test_a_link_that_has_expired_can_be_renewed_by_mail(client, elector):
    link = link_of(elector)
    TaskLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired = client.get(link)
    client.post(link, {"new_link": 1})
    renewed = next(part for part in mail.outbox[0].body.split() if "/votes/cast/" in part)

    assert expired.status_code == 410
    assert client.get("/" + renewed.split("/", 3)[3]).status_code == 200


def test_the_ballot_is_kept_by_no_browser_and_told_to_no_other_site(client, elector):
    response = client.get(link_of(elector))

    assert "no-store" in response["Cache-Control"]
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")


def test_opening_the_link_alone_casts_nothing(client, elector):
    """Mail scanners open every link."""
    link = link_of(elector)
    client.get(link, {"abstain": 1, "cast": 1})
    client.head(link)

    assert Ballot.objects.count() == 0


def test_an_explanation_is_shown_as_text_without_foreign_code(client, elector):
    Vote.objects.update(explanation='{"en": "**Read** <script>alert(1)</script>"}')
    page = text(client.get(link_of(elector)))

    assert ("<strong>Read</strong>" in page, "<script>alert" in page) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_ballot_asks_the_same_queries_for_any_number(client, cluster, number, django_assert_num_queries):
    elector = ElectorFactory(vote=running(cluster, options=number + 1, electors=number))
    link = link_of(elector)

    with django_assert_num_queries(4):
        client.get(link)


@pytest.mark.parametrize("number", [1, 3])
def test_casting_asks_the_same_queries_for_any_number(client, cluster, number, django_assert_num_queries):
    elector = ElectorFactory(vote=running(cluster, options=number + 1, electors=number))
    for other in Elector.objects.exclude(pk=elector.pk):
        cast(other, 1)
    link, first = link_of(elector), options(elector)[0]

    with django_assert_num_queries(10):
        client.post(link, {"approve": first, "cast": 1})
