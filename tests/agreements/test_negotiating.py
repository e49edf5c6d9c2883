"""Negotiating: wordings that follow each other, acceptances that count or are void, whose turn it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kontor.accounts.services import EditConflict
from kontor.agreements import services
from kontor.agreements.models import Agreement, Clause, ClauseComment, Side, Wording
from kontor.agreements.queries import progress, progress_of, sheet_of
from kontor.agreements.texts import texts_of
from kontor.agreements.turns import ClauseState, Progress, Said, clause_state, stale_after
from tests.agreements.factories import THEM, US, current, negotiated, refused, settled

pytestmark = pytest.mark.django_db

BOTH = {"de": "Wir reden täglich.", "en": "We talk every day."}


def proposed(clause: Clause, speaker=THEM, text=None, **more: object) -> Wording:
    clause.refresh_from_db()
    return services.propose(
        clause=clause,
        speaker=speaker,
        heading=texts_of(clause.heading),
        text=text or BOTH,
        **{"expected_version": clause.version, **more},
    )


def state_of(clause: Clause) -> ClauseState:
    return next(each.state for each in sheet_of(clause.agreement).clauses if each.clause == clause)


@pytest.fixture
def agreement(db: None) -> Agreement:
    return negotiated()


@pytest.fixture
def clause(agreement: Agreement) -> Clause:
    found: Clause = agreement.clauses.get(code="rhythm")
    return found


def test_both_acceptances_settle_a_clause(agreement, clause):
    services.accept(wording=current(clause), speaker=THEM)

    assert state_of(clause) == ClauseState.SETTLED
    assert progress(agreement) == Progress(settled=1, waiting_them=2)


def test_a_new_wording_makes_older_acceptances_void_and_is_accepted_by_those_who_propose_it(clause):
    services.accept(wording=current(clause), speaker=THEM)
    newer = proposed(clause)

    assert (newer.number, state_of(clause)) == (2, ClauseState.WAITING_US)
    assert [(each.side, each.name) for each in newer.acceptances.all()] == [(Side.THEM, THEM.name)]
    assert clause.wordings.get(number=1).acceptances.count() == 2


def test_each_side_sees_whose_turn_it_is_from_its_own_chair(agreement, clause):
    proposed(clause)
    ours = sheet_of(agreement).progress
    theirs = sheet_of(agreement, side=Side.THEM).progress

    assert (ours.waiting_us, ours.waiting_them) == (1, 2)
    assert (theirs.waiting_us, theirs.waiting_them) == (2, 1)


def test_accepting_twice_is_accepting_once(clause):
    first = services.accept(wording=current(clause), speaker=THEM)
    second = services.accept(wording=current(clause), speaker=THEM)

    assert first == second


def test_nobody_accepts_a_wording_that_has_been_replaced(clause):
    older = current(clause)
    proposed(clause, US)
    with refused("wording.superseded"):
        services.accept(wording=older, speaker=THEM)

    assert older.acceptances.filter(side=Side.THEM).count() == 0


def test_the_second_who_proposes_is_told_and_nothing_is_lost(clause):
    version = clause.version
    first = proposed(clause, US, expected_version=version)
    with pytest.raises(EditConflict) as conflict:
        proposed(clause, THEM, {"en": "Other", "de": "Anders"}, expected_version=version)

    assert conflict.value.current.current_number == 2
    assert current(clause) == first


def test_whoever_is_writing_hears_of_an_acceptance_too(clause):
    version = clause.version
    services.accept(wording=current(clause), speaker=THEM)

    with pytest.raises(EditConflict):
        proposed(clause, US, expected_version=version)


def test_a_change_in_one_language_leaves_the_other_behind_until_it_is_brought_in_line(clause):
    text = texts_of(current(clause).text)
    german = {**text, "de": "Wir reden täglich."}
    lagging = proposed(clause, THEM, german)
    with refused("wording.not_acceptable"):
        services.accept(wording=lagging, speaker=US)
    in_line = proposed(clause, US, {**german, "en": "We talk every day."})

    assert (lagging.stale, lagging.acceptances.count()) == (["en"], 0)
    assert (in_line.stale, in_line.acceptances.get().side) == ([], Side.US)


def test_whoever_changes_a_language_may_say_that_the_other_needs_no_change(clause):
    text = texts_of(current(clause).text)
    wording = proposed(clause, THEM, {**text, "de": text["de"] + "!"}, is_in_line=True)

    assert wording.stale == []


def test_a_missing_language_cannot_be_said_to_be_in_line(agreement):
    clause = services.add_clause(
        agreement=agreement, speaker=THEM, group="money", heading={"en": "Prizes"}, text={"en": "Shared."}
    )
    wording = services.propose(
        clause=clause,
        speaker=THEM,
        heading={"en": "Prizes"},
        text={"en": "Shared equally."},
        expected_version=clause.version,
        is_in_line=True,
    )

    assert wording.stale == ["de"]


@pytest.mark.parametrize(
    ("before", "now", "stale", "left"),
    [
        ({"de": "a", "en": "a"}, {"de": "a", "en": "a"}, [], []),
        ({"de": "a", "en": "a"}, {"de": "b", "en": "b"}, [], []),
        ({"de": "a", "en": "a"}, {"de": "a", "en": "b"}, [], ["de"]),
        ({"de": "b", "en": "a"}, {"de": "c", "en": "a"}, ["en"], ["en"]),
        ({"de": "b", "en": "a"}, {"de": "b", "en": "b"}, ["en"], []),
        ({"de": "b", "en": "a"}, {"de": "c", "en": "c"}, ["en"], []),
        ({}, {"en": "a"}, [], ["de"]),
        ({"de": "a"}, {"de": "a"}, ["en"], ["en"]),
    ],
)
def test_what_lags_behind_follows_from_what_was_changed(before, now, stale, left):
    assert stale_after(before, now, stale, ["de", "en"]) == left


def test_gaps_must_be_filled_before_anybody_accepts(agreement):
    clause = services.add_from_catalogue(agreement=agreement, code="contacts", speaker=US)
    wording = current(clause)

    assert (wording.acceptances.count(), state_of(clause)) == (0, ClauseState.OPEN)
    with refused("wording.not_acceptable"):
        services.accept(wording=wording, speaker=THEM)


def test_the_same_wording_again_is_no_proposal(clause):
    text = texts_of(current(clause).text)
    with refused("wording.nothing_changed"):
        proposed(clause, THEM, {code: f"  {each}\r\n" for code, each in text.items()})

    clause.refresh_from_db()
    assert (clause.wordings.count(), clause.version) == (1, 1)


def test_leaving_a_clause_out_is_proposed_and_accepted_like_a_wording(agreement, clause):
    removal = services.propose_removal(clause=clause, speaker=THEM, expected_version=clause.version)
    waiting = state_of(clause)
    services.accept(wording=removal, speaker=US)
    clause.refresh_from_db()

    assert (waiting, clause.removed_at is not None) == (ClauseState.WAITING_US, True)
    assert progress(agreement) == Progress(waiting_them=2, gone=1)


def test_a_counter_proposal_keeps_a_clause_that_was_to_be_left_out(agreement, clause):
    services.propose_removal(clause=clause, speaker=THEM, expected_version=clause.version)
    proposed(clause, US, texts_of(clause.wordings.get(number=1).text))

    assert (clause.wordings.count(), state_of(clause)) == (3, ClauseState.WAITING_THEM)


def test_a_clause_that_was_left_out_comes_back_by_a_new_proposal(agreement, clause):
    removal = services.propose_removal(clause=clause, speaker=THEM, expected_version=clause.version)
    services.accept(wording=removal, speaker=US)
    proposed(clause, THEM, texts_of(removal.text))

    assert progress(agreement) == Progress(waiting_us=1, waiting_them=2)


def test_a_question_of_those_who_are_awaited_hands_the_turn_back(clause):
    services.comment(clause=clause, speaker=THEM, text="What does this mean?")
    asked = state_of(clause)
    services.comment(clause=clause, speaker=US, text="That we call each other.")

    assert (asked, state_of(clause)) == (ClauseState.WAITING_US, ClauseState.WAITING_THEM)


def test_an_internal_note_changes_no_turn_and_is_there_for_our_side_alone(agreement, clause):
    services.comment(clause=clause, speaker=US, text="Our limit: monthly.", is_internal=True)
    seen = {
        side: next(each.comments for each in sheet_of(agreement, side=side).clauses if each.clause == clause)
        for side in Side
    }

    assert (state_of(clause), seen) == (ClauseState.WAITING_THEM, {Side.US: 1, Side.THEM: 0})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"speaker": THEM, "is_internal": True}, "comment.not_internal"),
        ({"text": " \n "}, "comment.empty"),
        ({"text": "x" * 4_001}, "comment.too_long"),
    ],
)
def test_a_comment_that_cannot_be_is_refused(clause, fields, code):
    with refused(code):
        services.comment(**{"clause": clause, "speaker": US, "text": "Well", **fields})

    assert ClauseComment.objects.count() == 0


def test_the_draft_can_be_discussed_among_us_alone():
    from tests.agreements.factories import drafted

    clause = drafted().clauses.first()
    services.comment(clause=clause, speaker=US, text="Ask the lawyer.", is_internal=True)
    with refused("agreement.not_open_yet"):
        services.comment(clause=clause, speaker=US, text="Hello")

    assert ClauseComment.objects.get().is_internal


def test_ticked_clauses_are_accepted_at_once_but_none_unseen(agreement):
    first, second, third = (current(each) for each in agreement.clauses.order_by("position"))
    proposed(second.clause, US)
    elsewhere = current(negotiated().clauses.first())
    ticked = [first.pk, second.pk, third.pk, elsewhere.pk]
    done, refused = services.accept_ticked(agreement=agreement, wordings=ticked, speaker=THEM)

    assert (done, refused) == (2, ["Each side bears its own costs"])
    assert elsewhere.acceptances.filter(side=Side.THEM).count() == 0


def test_after_freezing_nothing_is_taken_any_more(manager, cluster):
    agreement = settled(cluster, manager)
    clause = agreement.clauses.get(code="rhythm")
    services.freeze(agreement=agreement, user=manager)

    for act in (
        lambda: proposed(clause),
        lambda: services.accept(wording=current(clause), speaker=THEM),
        lambda: services.comment(clause=clause, speaker=THEM, text="Wait!"),
        lambda: services.propose_removal(clause=clause, speaker=THEM, expected_version=clause.version),
        lambda: services.move_clause(clause=clause, steps=1),
    ):
        with refused("agreement.is_agreed"):
            act()


def test_progress_of_many_asks_the_same_queries_as_of_one(django_assert_num_queries):
    several = [negotiated() for _ in range(3)]
    with django_assert_num_queries(4):
        progress_of(several[:1])
    with django_assert_num_queries(4):
        found = progress_of(several)

    assert set(found.values()) == {Progress(waiting_them=3)}


@pytest.mark.parametrize(
    ("accepted", "said", "state"),
    [
        ({"us", "them"}, "them", ClauseState.SETTLED),
        ({"us"}, None, ClauseState.WAITING_THEM),
        ({"us"}, "them", ClauseState.WAITING_US),
        ({"us"}, "us", ClauseState.WAITING_THEM),
        ({"them"}, "us", ClauseState.WAITING_THEM),
        ({"them"}, None, ClauseState.WAITING_US),
        (set(), "them", ClauseState.OPEN),
    ],
)
def test_the_turn_follows_from_acceptances_and_the_last_word(accepted, said, state):
    at = timezone.now()
    last = Said(said, at + timedelta(minutes=1)) if said else None

    assert clause_state(accepted, at, last) == state


def test_what_was_said_about_an_older_wording_hands_no_turn_back():
    at = timezone.now()

    assert clause_state({"us"}, at, Said("them", at - timedelta(1))) == ClauseState.WAITING_THEM
