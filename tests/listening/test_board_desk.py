"""The moderator's pages of a board."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from kontor.listening.models import Board, BoardGroup, Idea
from kontor.listening.services import boards as services
from kontor.needs.models import Need
from tests.factories import (
    BoardFactory,
    BoardGroupFactory,
    BoardParticipantFactory,
    BoardPointFactory,
    IdeaFactory,
    NeedTopicFactory,
    OrganisationFactory,
)

PART = {"X-Board-Part": "1"}
# Session, user, role, then what the page itself asks.
PAGES = {
    "board": 11,
    "board-screen": 10,
    "board-results": 10,
    "board-needs": 15,
}


@pytest.fixture
def board(cluster):
    return BoardFactory(cluster=cluster, phase=Board.Phase.GROUPING)


def url(board: Board, name: str = "board", *more: int) -> str:
    return reverse(f"listening:{name}", args=[board.cluster.slug, board.pk, *more])


def form_of(board: Board, **changes):
    return {
        "name": board.name,
        "question": board.question,
        "language": board.language,
        "held_on": board.held_on.isoformat(),
        "points": board.points,
        "expires_at": "2999-01-01T18:00",
        "version": board.version,
    } | changes


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_queries_for_any_number(
    board, manager_client, django_assert_num_queries, page, number
):
    for _ in range(number):
        group = BoardGroupFactory(board=board, topic=NeedTopicFactory(cluster=board.cluster))
        who = BoardParticipantFactory(board=board, said_organisation=f"Werk {group.pk}")
        IdeaFactory(board=board, group=group, participant=who)
        IdeaFactory(board=board, participant=who)
        BoardPointFactory(board=board, group=group, participant=who)

    with django_assert_num_queries(PAGES[page]):
        manager_client.get(url(board, page))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, number
):
    for _ in range(number):
        IdeaFactory(board__cluster=cluster)

    with django_assert_num_queries(5):
        manager_client.get(reverse("listening:boards", args=[cluster.slug]))


def test_a_thousand_ideas_are_shown_with_the_same_queries(board, manager_client, django_assert_num_queries):
    pattern = IdeaFactory(board=board)
    IdeaFactory._meta.model.objects.bulk_create(
        Idea(
            cluster=board.cluster,
            board=board,
            participant=pattern.participant,
            sent_as=f"{number:032x}",
            text=f"Idea {number}",
        )
        for number in range(1000)
    )

    with django_assert_num_queries(PAGES["board"]):
        response = manager_client.get(url(board))

    assert len(response.context["heaps"][0].ideas) == 1001


@pytest.mark.parametrize("name", ["boards", "board-new"])
def test_pages_open_in_an_empty_cluster(cluster, manager_client, name):
    assert manager_client.get(reverse(f"listening:{name}", args=[cluster.slug])).status_code == 200


@pytest.mark.parametrize("phase", Board.Phase.values)
@pytest.mark.parametrize("page", [*PAGES, "board-edit"])
def test_every_page_opens_in_every_phase(board, manager_client, phase, page):
    IdeaFactory(board=board)
    Board.objects.update(phase=phase)

    assert manager_client.get(url(board, page)).status_code == 200


def test_a_board_is_planned_by_form(cluster, manager_client):
    form = {**form_of(BoardFactory.build()), "name": "Annual meeting"}
    response = manager_client.post(reverse("listening:board-new", args=[cluster.slug]), form)

    board = Board.objects.get()
    assert (response.url, board.name, board.phase, len(board.code)) == (
        url(board),
        "Annual meeting",
        "waiting",
        8,
    )


def test_an_end_in_the_past_is_refused_and_nothing_typed_is_lost(cluster, manager_client):
    form = form_of(BoardFactory.build(), question="Keep this", expires_at="2020-01-01T18:00")
    response = manager_client.post(reverse("listening:board-new", args=[cluster.slug]), form)

    assert (response.status_code, response.context["form"]["question"].value()) == (422, "Keep this")


def test_the_second_editor_is_shown_both_versions(board, manager_client):
    Board.objects.update(version=2, question="Theirs")
    response = manager_client.post(url(board, "board-edit"), form_of(board, question="Mine"))

    shown = [
        (row.current, row.yours) for row in response.context["conflict"] if "Mine" in (row.current, row.yours)
    ]
    assert (response.status_code, shown) == (409, [("Theirs", "Mine")])


def test_the_board_is_led_on_by_a_plain_form(board, manager_client):
    BoardGroupFactory(board=board)
    response = manager_client.post(url(board, "board-phase"), {"phase": "weighing"})

    assert (response.url, Board.objects.get().phase) == (url(board), "weighing")


def test_what_cannot_be_is_said_on_the_desk(board, manager_client):
    response = manager_client.post(url(board, "board-phase"), {"phase": "weighing"})

    assert (response.status_code, bool(response.context["problem"])) == (422, True)


def test_nothing_new_is_no_answer(board, manager_client):
    codes = [manager_client.get(f"{url(board, page)}?since={board.revision}").status_code for page in PAGES]

    assert codes[:2] == [204, 204]


def test_ticked_ideas_go_under_a_new_heading(board, manager_client):
    ideas = [IdeaFactory(board=board).pk for _ in range(2)]
    manager_client.post(url(board, "board-ideas"), {"ideas": ideas, "target": "new", "title": "Partners"})

    group = BoardGroup.objects.get()
    assert (group.title, [idea.pk for idea in group.ideas.all()]) == ("Partners", ideas)


def test_ticked_ideas_go_under_an_old_heading_and_back(board, manager_client):
    idea, group = IdeaFactory(board=board), BoardGroupFactory(board=board)
    places = []
    for target in (group.pk, 0):
        manager_client.post(url(board, "board-ideas"), {"ideas": idea.pk, "target": target})
        places.append(Idea.objects.get().group)

    assert places == [group, None]


def test_the_script_gets_the_desk_back(board, manager_client):
    idea, group = IdeaFactory(board=board), BoardGroupFactory(board=board)
    fields = {"ideas": idea.pk, "target": group.pk}
    response = manager_client.post(url(board, "board-ideas"), fields, headers=PART)

    assert (
        response.status_code,
        response.content.decode().strip()[:4],
        "<html" in response.content.decode(),
    ) == (
        200,
        "<div",
        False,
    )


def test_an_idea_taken_off_is_one_press_from_coming_back(board, manager_client):
    idea = IdeaFactory(board=board)
    response = manager_client.post(url(board, "board-ideas"), {"ideas": idea.pk, "hide": "1"}, follow=True)
    hidden = Idea.objects.get().is_hidden
    undo = f"{url(board, 'board-ideas-show')}?ideas={idea.pk}"
    manager_client.post(undo)

    assert (hidden, undo in response.content.decode(), Idea.objects.get().is_hidden) == (True, True, False)


def test_ideas_of_another_board_cannot_be_moved(board, manager_client):
    foreign = IdeaFactory()
    fields = {"ideas": foreign.pk, "target": BoardGroupFactory(board=board).pk}
    response = manager_client.post(url(board, "board-ideas"), fields)

    foreign.refresh_from_db()
    assert (response.status_code, foreign.group) == (422, None)


def test_a_group_of_another_board_is_no_target(board, manager_client):
    idea, foreign = IdeaFactory(board=board), BoardGroupFactory(board__cluster=board.cluster)
    response = manager_client.post(url(board, "board-ideas"), {"ideas": idea.pk, "target": foreign.pk})

    assert (response.status_code, Idea.objects.get().group) == (422, None)


def test_a_heading_is_changed_and_gets_a_topic(board, manager_client):
    group, topic = BoardGroupFactory(board=board), NeedTopicFactory(cluster=board.cluster)
    fields = {"title": "Better", "topic": topic.pk, "version": 1}
    manager_client.post(url(board, "board-group", group.pk), fields)

    group.refresh_from_db()
    assert (group.title, group.topic, group.version) == ("Better", topic, 2)


def test_the_second_editor_of_a_heading_is_told(board, manager_client):
    group = BoardGroupFactory(board=board, version=2)
    response = manager_client.post(url(board, "board-group", group.pk), {"title": "Mine", "version": 1})

    assert (response.status_code, response.context["form"]["title"].value()) == (409, "Mine")


def test_a_topic_of_another_cluster_is_refused(board, manager_client):
    group = BoardGroupFactory(board=board)
    foreign = NeedTopicFactory()
    responses = [
        manager_client.post(
            url(board, "board-group", group.pk), {"title": "A", "topic": foreign.pk, "version": 1}
        ),
        manager_client.post(url(board, "board-topics"), {f"topic-{group.pk}": foreign.pk}),
    ]

    group.refresh_from_db()
    assert ([response.status_code for response in responses], group.topic) == ([422, 422], None)


@pytest.mark.parametrize("act", ["shift", "merge", "remove"])
def test_groups_of_another_board_do_not_exist(board, manager_client, act):
    foreign = BoardGroupFactory(board__cluster=board.cluster)

    assert manager_client.post(url(board, f"board-group-{act}", foreign.pk)).status_code == 404


def test_ideas_that_share_words_are_suggested(board, manager_client):
    alike = [IdeaFactory(board=board, text=text) for text in ("Messe in Kopenhagen", "Messen besuchen")]
    IdeaFactory(board=board, text="Fachkräfte")
    [suggestion] = manager_client.get(url(board)).context["suggestions"]

    assert (suggestion["ideas"], suggestion["words"]) == (alike, ("Messe",))


def test_the_screen_never_shows_who_said_it(board, manager_client):
    speaker = BoardParticipantFactory(board=board, said_organisation="Geheim GmbH")
    IdeaFactory(board=board, participant=speaker, text="A wish")
    pages = []
    for phase in Board.Phase.values:
        Board.objects.update(phase=phase)
        pages.append(manager_client.get(url(board, "board-screen")).content.decode())

    assert (any("A wish" in page for page in pages), any("Geheim" in page for page in pages)) == (True, False)


def test_the_screen_shows_words_as_words(board, manager_client):
    IdeaFactory(board=board, text="<img src=x onerror=alert(1)>")

    assert "<img" not in manager_client.get(url(board, "board-screen")).content.decode()


def test_the_code_on_the_screen_needs_no_inline_style(board, manager_client):
    page = manager_client.get(url(board, "board-screen")).content.decode()

    assert ("<svg" in page, "style=" in page) == (True, False)


def test_the_results_go_out_as_a_file(board, manager_client):
    group = BoardGroupFactory(board=board, title="Partners")
    speaker = BoardParticipantFactory(board=board, said_organisation="Werk")
    IdeaFactory(board=board, group=group, text="=1+1", participant=speaker)
    IdeaFactory(board=board, text="Unsorted", participant=speaker)
    BoardPointFactory(board=board, group=group, points=4)
    content = manager_client.get(url(board, "board-results-csv")).content.decode("utf-8-sig")

    rows = [list(row.values()) for row in csv.DictReader(io.StringIO(content))]
    assert rows == [
        ["1", "Partners", "4", "1", "'=1+1", "Werk"],
        ["", "Not sorted", "", "", "Unsorted", "Werk"],
    ]


@pytest.mark.parametrize("name", ["boards-xlsx", "boards-csv"])
def test_the_list_goes_out_as_a_file(board, manager_client, name):
    response = manager_client.get(reverse(f"listening:{name}", args=[board.cluster.slug]))

    assert "attachment" in response["Content-Disposition"]


def test_from_typed_name_to_need_by_hand(board, manager_client):
    organisation = OrganisationFactory(cluster=board.cluster, name="Sensorwerk GmbH")
    topic, group = NeedTopicFactory(cluster=board.cluster), BoardGroupFactory(board=board)
    speaker = BoardParticipantFactory(board=board, said_organisation="Sensorwrk")
    IdeaFactory(board=board, group=group, participant=speaker, text="A partner")

    manager_client.post(url(board, "board-topics"), {f"topic-{group.pk}": topic.pk})
    manager_client.post(url(board, "board-names"), {f"name-{speaker.pk}": "sensorwerk gmbh"})
    manager_client.post(url(board, "board-needs"))

    need = Need.objects.get()
    assert (need.organisation, need.topic, need.statement) == (organisation, topic, "A partner")


def test_a_name_that_nobody_bears_is_refused_and_stays_in_the_form(board, manager_client):
    speaker = BoardParticipantFactory(board=board)
    IdeaFactory(board=board, participant=speaker)
    response = manager_client.post(url(board, "board-names"), {f"name-{speaker.pk}": "Unknown & Co"})

    assert (response.status_code, "Unknown &amp; Co" in response.content.decode()) == (422, True)


def test_an_organisation_of_another_cluster_has_no_name_here(board, manager_client):
    OrganisationFactory(name="Elsewhere GmbH")
    speaker = BoardParticipantFactory(board=board)
    IdeaFactory(board=board, participant=speaker)

    assert (
        manager_client.post(url(board, "board-names"), {f"name-{speaker.pk}": "Elsewhere GmbH"}).status_code
        == 422
    )


def test_the_audit_trail_keeps_no_idea(board):
    from auditlog.models import LogEntry

    speaker = BoardParticipantFactory(board=board)
    before = LogEntry.objects.count()
    services.send_idea(participant=speaker, text="Confided", sent_as="9b0e7d4c-8d5e-4a5e-9f5a-0b9d0a4c1f11")

    assert LogEntry.objects.count() == before
