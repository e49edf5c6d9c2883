"""Boards: what phones send, how it is sorted, how it becomes needs."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kontor.listening.models import Board, BoardGroup, BoardParticipant, BoardPoint, Idea
from kontor.listening.problems import ListeningError
from kontor.listening.queries import boards as queries
from kontor.listening.queries.board_needs import speakers, transfer_state
from kontor.listening.services import boards as services
from kontor.listening.services.boards import taking_part
from kontor.listening.services.boards.codes import ALPHABET, new_code, read_code
from kontor.needs.models import Hearing, Need
from tests.factories import (
    BoardFactory,
    BoardGroupFactory,
    BoardParticipantFactory,
    BoardPointFactory,
    IdeaFactory,
    NeedTopicFactory,
    OrganisationFactory,
)


@pytest.fixture
def board(cluster):
    return BoardFactory(cluster=cluster)


@pytest.fixture
def participant(board):
    return BoardParticipantFactory(board=board)


def send(participant, text="An idea", number=None):
    services.send_idea(participant=participant, text=text, sent_as=number or uuid.uuid4())


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(ListeningError) as refused:
        act(*args, **kwargs)
    return refused.value.code


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_a_code_is_read_however_it_is_typed(code):
    assert read_code(f" {code[:4].lower()}-{code[4:]} ") == code


def test_codes_hold_no_letters_that_look_alike():
    assert set("".join(new_code() for _ in range(300))) & set("0O1IL") == set()


def test_the_same_number_and_words_store_one_idea(participant):
    number = uuid.uuid4()
    send(participant, "Once", number)
    send(participant, " Once\r\n", number)

    assert [idea.text for idea in Idea.objects.all()] == ["Once"]


def test_the_same_number_with_other_words_loses_none_of_them(participant):
    number = uuid.uuid4()
    for text in ("First", "Second", "Second"):
        send(participant, text, number)

    assert [idea.text for idea in Idea.objects.all()] == ["First", "Second"]


def test_two_phones_that_chose_one_number_both_keep_their_idea(board, participant):
    number = uuid.uuid4()
    send(participant, "Mine", number)
    send(BoardParticipantFactory(board=board), "Theirs", number)

    assert [idea.text for idea in Idea.objects.all()] == ["Mine", "Theirs"]


@pytest.mark.parametrize(
    ("text", "code"),
    [(" \n", "board.idea_empty"), ("x" * 2001, "board.idea_too_long")],
)
def test_an_idea_without_measure_is_refused(participant, text, code):
    assert refusal(send, participant, text) == code


@pytest.mark.parametrize("phase", ["collecting", "grouping", "weighing"])
def test_an_idea_that_arrives_late_is_kept(participant, phase):
    Board.objects.update(phase=phase)
    send(participant)

    assert Idea.objects.count() == 1


@pytest.mark.parametrize("phase", ["waiting", "closed"])
def test_no_idea_is_taken_before_and_after(participant, phase):
    Board.objects.update(phase=phase)

    assert refusal(send, participant) == "board.not_accepting"


def test_an_expired_board_takes_nothing(board, participant):
    Board.objects.update(expires_at=timezone.now())

    assert (refusal(send, participant), refusal(services.join_board, board=board)) == (
        "board.not_accepting",
        "board.closed",
    )


def test_one_phone_cannot_fill_the_board(participant, monkeypatch):
    monkeypatch.setattr(taking_part, "MOST_IDEAS", 2)
    send(participant)
    send(participant)

    assert refusal(send, participant) == "board.too_many_ideas"


def test_only_the_hash_of_a_phones_token_is_stored(board):
    participant, token = services.join_board(board=board, said_organisation="  Werk ")

    assert (token in participant.key, participant.said_organisation) == (False, "Werk")


def test_twenty_senders_at_once_lose_nothing_and_double_nothing(at_once):
    board = BoardFactory()
    phones = [BoardParticipantFactory(board=board) for _ in range(10)]
    numbers = {phone.pk: uuid.uuid4() for phone in phones}
    revision = board.revision

    results = at_once(
        *(lambda phone=phone: send(phone, f"From {phone.pk}", numbers[phone.pk]) for phone in phones * 2)
    )
    [stored] = at_once(lambda: sorted(Idea.objects.values_list("text", flat=True)))
    [counted] = at_once(lambda: Board.objects.get().revision)

    expected = sorted(f"From {phone.pk}" for phone in phones)
    assert (results, stored, counted) == ([None] * 20, expected, revision + 20)


def test_one_phone_in_many_tabs_never_gives_more_than_it_has(at_once):
    board = BoardFactory(phase=Board.Phase.WEIGHING, points=5)
    groups = [BoardGroupFactory(board=board).pk for _ in range(3)]
    phone = BoardParticipantFactory(board=board)
    wishes = [{group: 5} for group in groups] * 4 + [dict.fromkeys(groups, 2)] * 3

    results = at_once(
        *(lambda wish=wish: services.give_points(participant=phone, points=wish) for wish in wishes)
    )
    [given] = at_once(lambda: [point.points for point in BoardPoint.objects.all()])

    refused = [getattr(result, "code", "") for result in results]
    assert (given, refused) == ([5], [""] * 12 + ["board.points_too_many"] * 3)


def test_points_can_be_changed_and_replace_each_other(board, participant):
    first, second = BoardGroupFactory(board=board), BoardGroupFactory(board=board)
    Board.objects.update(phase="weighing")
    services.give_points(participant=participant, points={first.pk: 5})
    services.give_points(participant=participant, points={first.pk: 0, second.pk: 3})

    assert queries.own_points(participant) == {second.pk: 3}


@pytest.mark.parametrize("points", [6, -1])
def test_points_out_of_range_are_refused(board, participant, points):
    group = BoardGroupFactory(board=board)
    Board.objects.update(phase="weighing")

    code = refusal(services.give_points, participant=participant, points={group.pk: points})

    assert (code, BoardPoint.objects.count()) == ("board.points_too_many", 0)


def test_points_for_a_group_of_another_board_are_refused(participant):
    Board.objects.update(phase="weighing")
    foreign = BoardGroupFactory()

    code = refusal(services.give_points, participant=participant, points={foreign.pk: 1})

    assert (code, BoardPoint.objects.count()) == ("board.group_gone", 0)


def test_points_are_given_only_while_they_are_asked_for(board, participant):
    group = BoardGroupFactory(board=board)

    code = refusal(services.give_points, participant=participant, points={group.pk: 1})

    assert code == "board.not_weighing"


def test_there_must_be_a_group_before_points_are_given(board):
    assert refusal(services.move_to, board=board, phase="weighing") == "board.no_groups"


def test_phones_learn_of_a_new_phase_but_not_of_others_ideas(board, participant):
    stages = [Board.objects.get().stage]
    send(participant)
    stages.append(Board.objects.get().stage)
    services.move_to(board=board, phase="grouping")
    stages.append(Board.objects.get().stage)

    assert stages == [1, 1, 2]


def test_a_board_that_has_run_out_tells_phones_that_it_is_closed(board):
    before = queries.phone_state(board.pk)
    Board.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    after = queries.phone_state(board.pk)

    assert (before.phase, after.phase, before.stage == after.stage) == ("collecting", "closed", False)


def test_how_many_points_each_has_stays_once_they_are_given(board):
    BoardPointFactory(board=board)
    fields = {
        name: getattr(board, name) for name in ("name", "question", "language", "held_on", "expires_at")
    }

    code = refusal(services.change_board, board=board, expected_version=1, points=9, **fields)

    assert code == "board.points_are_given"


def test_a_new_group_takes_the_ideas_along(board):
    ideas = [IdeaFactory(board=board) for _ in range(3)]
    group = services.add_group(board=board, title=" Partners ", ideas=[idea.pk for idea in ideas[:2]])

    assert (group.title, [idea.pk for idea in group.ideas.all()]) == (
        "Partners",
        [ideas[0].pk, ideas[1].pk],
    )


def test_ideas_of_another_board_are_not_moved(board):
    own, foreign = IdeaFactory(board=board), IdeaFactory()
    group = BoardGroupFactory(board=board)

    code = refusal(services.place_ideas, board=board, ideas=[own.pk, foreign.pk], group=group)

    assert (code, group.ideas.count()) == ("board.idea_elsewhere", 0)


def test_merging_keeps_every_idea_and_adds_up_each_persons_points(board):
    left, right = BoardGroupFactory(board=board), BoardGroupFactory(board=board)
    IdeaFactory(board=board, group=left)
    both, one = BoardParticipantFactory(board=board), BoardParticipantFactory(board=board)
    for who, group, points in ((both, left, 2), (both, right, 1), (one, left, 4)):
        BoardPointFactory(board=board, participant=who, group=group, points=points)

    services.merge_group(group=left, into=right)

    given = {point.participant_id: point.points for point in right.given_points.all()}
    assert (given, right.ideas.count(), BoardGroup.objects.count()) == ({both.pk: 3, one.pk: 4}, 1, 1)


def test_groups_move_up_and_down_and_stop_at_the_ends(board):
    groups = [services.add_group(board=board, title=title) for title in "ABC"]
    services.shift_group(group=groups[2], by=-1)
    services.shift_group(group=groups[0], by=-1)

    assert [group.title for group in board.groups.all()] == ["A", "C", "B"]


def test_a_group_with_points_is_not_dropped(board):
    point = BoardPointFactory(board=board)

    assert refusal(services.remove_group, group=point.group) == "board.group_has_points"


def test_hidden_ideas_leave_the_board_and_come_back(board):
    idea = IdeaFactory(board=board)
    services.hide_ideas(board=board, ideas=[idea.pk])
    hidden = len(queries.heaps(board)[0].ideas)
    services.show_ideas(board=board, ideas=[idea.pk])

    assert (hidden, len(queries.heaps(board)[0].ideas)) == (0, 1)


def test_equal_points_share_a_rank(board):
    groups = [BoardGroupFactory(board=board, place=place) for place in range(4)]
    for group, points in zip(groups, (3, 5, 3, 0), strict=True):
        if points:
            BoardPointFactory(board=board, group=group, points=points)

    ranked = queries.ranked(queries.heaps(board))

    assert [(place.rank, place.heap.group.pk) for place in ranked] == [
        (1, groups[1].pk),
        (2, groups[0].pk),
        (2, groups[2].pk),
        (4, groups[3].pk),
    ]


def idea_under_topic(board, said="", **fields):
    group = BoardGroupFactory(board=board, topic=NeedTopicFactory(cluster=board.cluster))
    participant = BoardParticipantFactory(board=board, said_organisation=said, **fields)
    return IdeaFactory(board=board, group=group, participant=participant)


def test_an_idea_becomes_a_need_of_the_organisation_whose_name_was_typed(board):
    organisation = OrganisationFactory(cluster=board.cluster, name="Müller Söhne GmbH")
    idea = idea_under_topic(board, "MUELLER  Soehne gmbh")

    services.take_as_needs(board=board)

    need = Need.objects.get()
    assert (need.organisation, need.statement, need.source, need.recorded_on, need.reference) == (
        organisation,
        idea.text,
        "meeting",
        board.held_on,
        f"board:{board.pk}:i{idea.pk}",
    )


def test_taking_over_twice_records_no_need_twice(board):
    OrganisationFactory(cluster=board.cluster, name="Werk")
    idea_under_topic(board, "Werk")
    services.take_as_needs(board=board)
    again = services.take_as_needs(board=board)

    assert (again.needs, Need.objects.count(), Hearing.objects.count()) == (0, 1, 1)


def test_whoever_sent_an_idea_counts_as_heard_even_without_a_topic(board):
    organisation = OrganisationFactory(cluster=board.cluster, name="Werk")
    speaker = BoardParticipantFactory(board=board, said_organisation="Werk")
    IdeaFactory(board=board, participant=speaker)
    services.take_as_needs(board=board)

    hearing = Hearing.objects.get()
    assert (hearing.organisation, hearing.on, hearing.reference) == (
        organisation,
        board.held_on,
        f"board:{board.pk}:o{organisation.pk}",
    )


def test_a_name_that_two_organisations_bear_decides_nothing(board):
    for _ in range(2):
        OrganisationFactory(cluster=board.cluster, name="Werk")
    idea_under_topic(board, "Werk")

    assert services.take_as_needs(board=board).without_organisation == 1


def test_an_organisation_of_another_cluster_is_never_taken(board):
    OrganisationFactory(name="Werk")
    idea_under_topic(board, "Werk")

    assert services.take_as_needs(board=board).needs == 0


def test_hidden_ideas_become_no_needs(board):
    organisation = OrganisationFactory(cluster=board.cluster)
    idea = idea_under_topic(board, organisation=organisation)
    services.hide_ideas(board=board, ideas=[idea.pk])

    assert services.take_as_needs(board=board).needs == 0


def test_naming_an_organisation_of_another_cluster_is_refused(board, participant):
    named = {participant.pk: OrganisationFactory()}

    assert refusal(services.name_organisations, board=board, named=named) == "board.organisation_elsewhere"


def test_a_phone_of_another_board_is_not_named(board):
    named = {BoardParticipantFactory().pk: OrganisationFactory(cluster=board.cluster)}

    assert refusal(services.name_organisations, board=board, named=named) == "board.participant_elsewhere"


def test_phones_that_typed_the_same_name_are_one_speaker_and_similar_names_are_offered(board):
    OrganisationFactory(cluster=board.cluster, name="Sensorwerk Kiel GmbH")
    for said in ("Sensorwerk Kil", "sensorwerk  KIL"):
        IdeaFactory(board=board, participant=BoardParticipantFactory(board=board, said_organisation=said))

    [speaker] = speakers(board)

    assert (len(speaker.participants), speaker.ideas, speaker.near) == (2, 2, ("Sensorwerk Kiel GmbH",))


def test_the_state_of_the_transfer_adds_up_to_all_ideas(board):
    organisation = OrganisationFactory(cluster=board.cluster)
    idea_under_topic(board, organisation=organisation)
    idea_under_topic(board)
    IdeaFactory(board=board, participant=BoardParticipantFactory(board=board, organisation=organisation))
    state = transfer_state(board)

    assert (state.taken, state.ready, state.without_topic, state.without_organisation) == (0, 1, 1, 1)


def test_participants_of_a_full_board_are_told(board, monkeypatch):
    monkeypatch.setattr(taking_part, "MOST_PARTICIPANTS", 1)
    services.join_board(board=board)

    assert (refusal(services.join_board, board=board), BoardParticipant.objects.count()) == ("board.full", 1)
