"""What comes of a vote: places, ties, quorum, dissent, and the sentence that says it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone, translation

from kontor.reports.model import Table
from kontor.votes import services
from kontor.votes.evidence import result_table
from kontor.votes.models import Vote
from kontor.votes.queries import result, turnout
from kontor.votes.results import VoteResult
from kontor.votes.wording import dissent_sentence, quorum_sentence, result_sentence
from tests.votes.factories import ElectorFactory, running, voted

pytestmark = pytest.mark.django_db

LABELS = ("Tartu", "Oulu", "Aalborg")


def closed(*papers, method="approval", percent=0, silent=0) -> VoteResult:
    """Return the result of a vote on three options with these ballots; `silent` more do not vote."""
    vote = running(method=method, quorum_percent=percent, electors=silent)
    for option, label in zip(vote.options.all(), LABELS, strict=True):
        option.label = label
        option.save()
    voted(vote, *papers)
    return services.close_vote(vote=vote, now=timezone.now())


def places(found: VoteResult) -> list[tuple[str, int, int]]:
    return [(str(each.label["de"]), each.place, each.votes) for each in found.options]


def test_the_option_approved_most_often_is_first():
    found = closed((0, 1, 0), (1, 1, 0), (0, 1, 1), (1, 0, 0))

    assert places(found) == [("Oulu", 1, 3), ("Tartu", 2, 2), ("Aalborg", 3, 1)]
    assert result_sentence(found) == "“Oulu” is first: 3 of 4 ballots (75%) approve of it."


def test_a_tie_is_named_as_a_tie_and_nobody_wins():
    found = closed((0, 1, 0), (1, 1, 0), (1, 0, 1))

    assert places(found) == [("Tartu", 1, 2), ("Oulu", 1, 2), ("Aalborg", 3, 1)]
    assert (found.is_tied, found.winner) == (True, "")
    assert (
        result_sentence(found)
        == "“Tartu” and “Oulu” share the first place: 2 of 3 ballots (67%) approve of each."
    )


def test_an_abstention_counts_for_the_quorum_and_for_nothing_else():
    found = closed((1, 0, 0), (1, 0, 0), (), percent=100)

    assert (found.voted, found.abstained, found.counted, found.has_quorum) == (3, 1, 2, True)
    assert found.options[0].votes == 2


def test_where_all_abstain_no_option_is_first():
    found = closed((), (), ())

    assert (found.first, found.winner) == ((), "")
    assert result_sentence(found) == "All organisations that voted abstained, so no option is preferred."


def test_where_nothing_is_approved_no_option_is_first_in_words():
    found = closed((0, 0, 0), (0, 0, 0), (0, 0, 0))

    assert (result_sentence(found), found.winner, dissent_sentence(found)) == (
        "None of the options found approval.",
        "",
        "",
    )


def test_without_a_ballot_there_is_no_result():
    found = closed(silent=4, percent=50)

    assert result_sentence(found) == "Nobody has voted, so there is no result."
    assert (found.has_quorum, found.winner, [each.place for each in found.options]) == (False, "", [0, 0, 0])


@pytest.mark.parametrize(
    ("ballots", "sentence"),
    [
        (1, "Only 1 organisation has voted. From so few ballots it could be told who chose what, so they"),
        (2, "Only 2 organisations have voted. From so few ballots it could be told who chose what, so they"),
    ],
)
def test_too_few_ballots_are_said_to_be_destroyed(ballots, sentence):
    assert result_sentence(closed(*[(1, 0, 0)] * ballots)) == f"{sentence} were destroyed uncounted."


@pytest.mark.parametrize(
    ("voters", "percent", "needed", "is_reached"),
    [(4, 50, 4, True), (3, 50, 4, False), (4, 51, 5, False), (8, 100, 8, True), (3, 0, 0, True)],
)
def test_the_quorum_is_exact_at_its_border(voters, percent, needed, is_reached):
    found = closed(*[(1, 0, 0)] * voters, silent=8 - voters, percent=percent)

    assert (found.needed, found.has_quorum, bool(found.winner)) == (needed, is_reached, is_reached)


@pytest.mark.parametrize(
    ("percent", "sentence"),
    [
        (0, "3 of 6 organisations voted. No quorum was asked for."),
        (50, "3 of 6 organisations voted; 3 were needed. The vote is valid."),
        (
            60,
            "3 of 6 organisations voted; 4 were needed. The quorum was missed: this is an opinion, not a "
            "decision.",
        ),
    ],
)
def test_what_the_quorum_means_is_said(percent, sentence):
    assert quorum_sentence(closed((1,), (1,), (1,), silent=3, percent=percent)) == sentence


def test_a_ranked_vote_is_won_by_who_wins_every_comparison():
    found = closed((1, 2, 3), (2, 1, 3), (3, 1, 2), (1, 2, 0), method="ranked")

    assert places(found) == [("Tartu", 1, 2), ("Oulu", 1, 2), ("Aalborg", 3, 0)]


def test_the_duels_stand_in_the_order_of_the_result():
    found = closed((3, 1, 2), (3, 1, 2), (1, 2, 3), method="ranked")

    assert [each.label["de"] for each in found.options] == ["Oulu", "Aalborg", "Tartu"]
    assert found.pairwise == ((0, 3, 2), (0, 0, 2), (1, 1, 0))
    assert [each.wins for each in found.options] == [2, 1, 0]
    assert result_sentence(found) == "“Oulu” is first: one to one it wins against every other option."


def test_a_circle_is_broken_where_it_is_weakest():
    """Tartu beats Oulu by 6, Oulu beats Aalborg by 7, Aalborg beats Tartu by 5 only."""
    found = closed(*[(1, 2, 3)] * 4, *[(3, 1, 2)] * 3, *[(2, 3, 1)] * 2, method="ranked")

    assert [each.label["de"] for each in found.options] == ["Tartu", "Oulu", "Aalborg"]
    assert (
        result_sentence(found)
        == "No option wins against all others one to one; taken together, “Tartu” is first."
    )


def test_who_is_not_ranked_stands_behind_all_others():
    found = closed((1, 0, 0), (1, 0, 0), (0, 1, 0), method="ranked")

    assert found.pairwise == ((0, 2, 2), (1, 0, 1), (0, 0, 0))


def test_dissent_is_who_wanted_something_else():
    approved = closed((1, 0, 0), (1, 1, 0), (0, 1, 0), (1, 0, 0), ())
    ranked = closed((1, 2, 0), (1, 2, 0), (2, 1, 0), method="ranked")

    assert (approved.against, ranked.against) == (1, 1)
    assert dissent_sentence(approved) == "1 of 4 ballots (25%) do not approve of the first place."


def test_a_result_comes_back_from_the_database_as_it_was():
    found = closed((1, 2, 3), (2, 1, 3), (3, 1, 2), method="ranked")

    assert result(Vote.objects.get()) == found


def test_a_result_stays_when_organisations_and_options_are_gone():
    found = closed((1, 0, 0), (1, 0, 0), (0, 1, 0))
    vote = Vote.objects.get()
    for elector in vote.electors.all():
        elector.organisation.delete()
    vote.options.all().delete()

    assert (result(vote), turnout(vote).electors, turnout(vote).voted) == (found, 3, 3)


def test_documents_get_a_table():
    closed((0, 1, 0), (1, 1, 0), (0, 1, 1))
    table = result_table(Vote.objects.get(), date(2026, 5, 4))

    assert isinstance(table, Table)
    assert table.rows == (("Oulu", 1, 3, 1.0), ("Tartu", 2, 1, 1 / 3), ("Aalborg", 2, 1, 1 / 3))


def test_documents_get_no_figures_where_too_few_voted():
    closed((0, 1, 0), (1, 1, 0))
    table = result_table(Vote.objects.get(), date(2026, 5, 4))

    assert table is not None
    assert table.rows == tuple((label, None, None, None) for label in LABELS)


def test_documents_get_no_table_of_an_open_vote():
    assert result_table(running(), date(2026, 5, 4)) is None


def test_the_sentence_speaks_german():
    found = closed((0, 1, 0), (1, 1, 0), (0, 1, 1), percent=50, silent=4)
    with translation.override("de"):
        said = f"{result_sentence(found)} {quorum_sentence(found)}"

    assert said == (
        "„Oulu“ liegt vorn: 3 von 3 Stimmzetteln (100\xa0%) stimmen dafür. 3 von 7 Organisationen haben "
        "abgestimmt; 4 waren nötig. Das Quorum ist verfehlt: Dies ist ein Meinungsbild, keine Entscheidung."
    )


def test_the_turnout_of_an_open_vote_counts_marks_only():
    vote = running(quorum_percent=50)
    voted(vote, (1, 0, 0), ())
    ElectorFactory(vote=vote)
    found = turnout(vote)

    assert (found.electors, found.voted, found.needed, found.missing) == (3, 2, 2, 0)
