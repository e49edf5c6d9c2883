"""A board on a phone: without an account, told nothing it need not know."""

from __future__ import annotations

import html
import re
import uuid

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.accounts.models.cluster import RESERVED_SLUGS
from kontor.listening.live import live_key
from kontor.listening.models import Board, BoardParticipant, Idea
from kontor.listening.services import boards as services
from kontor.listening.services.boards.codes import new_code
from tests.factories import (
    BoardFactory,
    BoardGroupFactory,
    BoardParticipantFactory,
    IdeaFactory,
    MembershipFactory,
)

JSON = {"accept": "application/json"}
HOSTILE = [
    "<script>alert(1)</script> & “so”",
    "שלום, אנחנו מחפשים שותף",
    "\u202ereversed\u202c text",
    "👩‍🔬🌍 شريك في المغرب",
    "a" * 2000,
]


@pytest.fixture
def board(cluster) -> Board:
    cache.clear()
    return BoardFactory(cluster=cluster, code=new_code(), language="en")


def path(board: Board, name: str = "phone") -> str:
    return reverse(f"board:{name}", args=[board.code])


def joined(board: Board, **fields: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post(path(board, "join"), fields)
    return client


def post_idea(client: Client, board: Board, text: str, **more: str):
    fields = {"text": text, "sent_as": str(uuid.uuid4())} | more
    return client.post(path(board, "send"), fields, headers=JSON)


def test_the_first_part_of_the_address_is_no_clusters_name():
    assert "b" in RESERVED_SLUGS


def test_joining_needs_no_account_and_leaves_no_session(board):
    client = joined(board, organisation="Werk")

    participant = BoardParticipant.objects.get()
    assert (participant.said_organisation, "sessionid" in client.cookies) == ("Werk", False)


def test_the_cookie_is_for_this_board_alone_and_closed_to_scripts(board):
    cookie = joined(board).cookies["kontor_board"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/b/{board.code}/", True, "Lax")


def test_joining_twice_counts_one_phone(board):
    client = joined(board)
    client.post(path(board, "join"), {})

    assert BoardParticipant.objects.count() == 1


def test_reading_the_page_stores_nothing(board, client):
    client.get(path(board))

    assert BoardParticipant.objects.count() == 0


def test_the_page_tells_nothing_of_the_cluster_but_name_and_question(board, client):
    MembershipFactory(organisation__cluster=board.cluster, organisation__name="Geheim GmbH")
    IdeaFactory(board=board, text="Words of others")
    page = client.get(path(board)).content.decode()

    shown = [
        text for text in (board.question, board.cluster.name, "Geheim", "Words", board.name) if text in page
    ]
    assert shown == [board.question, board.cluster.name]


def test_a_phone_sees_its_own_ideas_only(board):
    IdeaFactory(board=board, text="Theirs")
    client = joined(board)
    post_idea(client, board, "Mine")
    page = client.get(path(board)).content.decode()

    assert ("Mine" in page, "Theirs" in page) == (True, False)


def test_an_idea_is_confirmed_with_the_phones_own_number(board):
    number = str(uuid.uuid4())
    response = post_idea(joined(board), board, "An idea", sent_as=number)

    assert (response.status_code, response.json()) == (201, {"saved": number})


@pytest.mark.parametrize("text", HOSTILE)
def test_any_words_are_kept_and_shown_as_words(board, text):
    client = joined(board)
    post_idea(client, board, text)
    page = client.get(path(board)).content.decode()

    assert (Idea.objects.get().text, html.escape(text) in page) == (text, True)


def test_a_plain_form_works_without_script(board):
    client = joined(board)
    page = client.get(path(board)).content.decode()
    number = re.search(r'name="sent_as" value="([^"]+)"', page)[1]
    for _ in range(2):
        response = client.post(path(board, "send"), {"text": "Pressed twice", "sent_as": number})

    assert (response.status_code, Idea.objects.count()) == (302, 1)


def test_a_number_that_is_none_loses_no_idea(board):
    client = joined(board)
    for text in ("One", "Two", "Two"):
        post_idea(client, board, text, sent_as="nonsense")

    assert [idea.text for idea in Idea.objects.all()] == ["One", "Two"]


def test_what_is_refused_stays_in_the_form(board):
    response = joined(board).post(path(board, "send"), {"text": "x" * 2001, "sent_as": str(uuid.uuid4())})

    assert (response.status_code, "x" * 2001 in response.content.decode()) == (422, True)


def test_whoever_has_not_joined_sends_nothing(board):
    response = post_idea(Client(), board, "From nowhere")

    assert (response.status_code, response.json()["code"], Idea.objects.count()) == (
        422,
        "board.not_joined",
        0,
    )


def test_forms_are_guarded_against_other_sites_without_a_login(board):
    client = Client(enforce_csrf_checks=True)
    without = client.post(path(board, "join"), {}).status_code
    page = client.get(path(board)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    with_token = client.post(path(board, "join"), {"csrfmiddlewaretoken": token}).status_code

    assert (without, with_token) == (403, 302)


def test_a_phone_of_one_board_cannot_act_on_another(board):
    other = BoardFactory(code=new_code())
    client = joined(board)
    client.cookies["kontor_board"]["path"] = "/"
    response = post_idea(client, other, "Smuggled")

    assert (response.status_code, Idea.objects.count()) == (422, 0)


def test_a_cookie_that_we_have_not_signed_opens_nothing(board):
    BoardParticipantFactory(board=board)
    client = Client()
    client.cookies["kontor_board"] = signing.get_cookie_signer(salt="wrong").sign("token")

    assert post_idea(client, board, "Forged").status_code == 422


@pytest.mark.parametrize(
    ("phase", "shown"),
    [
        ("waiting", "It begins in a moment"),
        ("collecting", "Send idea"),
        ("grouping", "The ideas are being sorted"),
        ("weighing", "What matters most?"),
        ("closed", "Thank you"),
    ],
)
def test_each_phase_says_what_can_be_done(board, phase, shown):
    client = joined(board)
    Board.objects.update(phase=phase)

    assert shown in client.get(path(board)).content.decode()


def test_after_the_last_moment_the_board_is_closed(board):
    client = joined(board)
    Board.objects.update(expires_at=timezone.now())
    response = post_idea(client, board, "Too late")

    assert (response.json()["code"], "The board is closed" in client.get(path(board)).content.decode()) == (
        "board.not_accepting",
        True,
    )


def test_points_are_given_by_a_plain_form_and_shown_again(board):
    group = BoardGroupFactory(board=board)
    client = joined(board)
    Board.objects.update(phase="weighing")
    response = client.post(path(board, "weigh"), {f"points-{group.pk}": "3"})
    page = client.get(path(board)).content.decode()

    assert (response.status_code, 'max="5" value="3"' in page) == (302, True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("6", "board.points_too_many"), ("-1", "board.points_no_number"), ("many", "board.points_no_number")],
)
def test_points_that_make_no_sense_are_refused(board, typed, code):
    group = BoardGroupFactory(board=board)
    client = joined(board)
    Board.objects.update(phase="weighing")
    response = client.post(path(board, "weigh"), {f"points-{group.pk}": typed}, headers=JSON)

    assert (response.status_code, response.json()["code"]) == (422, code)


def test_the_code_may_be_typed_in_small_letters(board, client):
    response = client.get(f"/b/{board.code.lower()}/")

    assert response.url == path(board)


def test_the_code_can_be_typed_into_a_form(board, client):
    typed = f"{board.code[:4].lower()} {board.code[4:]}"

    assert client.get(reverse("board:enter"), {"code": typed}).url == path(board)


def test_a_code_that_cannot_be_one_is_explained(client, db):
    assert client.get(reverse("board:enter"), {"code": "abc"}).status_code == 422


def test_wrong_codes_are_stopped_but_phones_that_take_part_go_on(board, settings):
    settings.WRONG_GUESSES = {"board_code": (3, 300)}
    client = joined(board)
    guesses = [Client().get(f"/b/{new_code()}/").status_code for _ in range(4)]
    newcomer = Client().get(path(board)).status_code

    assert (guesses, newcomer, client.get(path(board)).status_code) == ([404, 404, 404, 429], 429, 200)


def test_right_codes_are_never_counted(board, settings):
    settings.WRONG_GUESSES = {"board_code": (3, 300)}

    assert {Client().get(path(board)).status_code for _ in range(10)} == {200}


def test_phones_learn_that_something_is_new(board, client):
    url = reverse("board:live", args=[live_key(board.pk)])
    before = client.get(f"{url}?since=1").status_code
    services.move_to(board=board, phase="grouping")
    after = client.get(f"{url}?since=1")

    assert (before, after.json()) == (204, {"stage": 2, "phase": "grouping"})


@pytest.mark.parametrize("key", ["1", "1.forged", "nonsense"])
def test_asking_with_a_key_of_ones_own_finds_no_board(client, db, key):
    assert client.get(reverse("board:live", args=[key])).status_code == 404


def test_the_address_is_kept_out_of_search_engines_and_caches(board, client):
    response = client.get(path(board))

    assert (response["X-Robots-Tag"], "no-store" in response["Cache-Control"]) == ("noindex, nofollow", True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_queries_for_any_number(board, django_assert_num_queries, number):
    client = joined(board)
    for index in range(number):
        BoardGroupFactory(board=board)
        post_idea(client, board, f"Idea {index}")
    Board.objects.update(phase="weighing")

    with django_assert_num_queries(4):  # participant with board, own ideas, own points, groups
        client.get(path(board))


def test_an_idea_costs_four_statements_in_one_transaction(board, django_assert_num_queries):
    client = joined(board)

    with django_assert_num_queries(6):  # participant; savepoint, count and hold, own ideas, insert, release
        post_idea(client, board, "An idea")


def test_another_clusters_board_has_its_own_phones(board):
    other = BoardFactory(code=new_code(), language="en")
    joined(other)

    assert (Cluster.objects.count(), board.participants.count()) == (2, 0)
