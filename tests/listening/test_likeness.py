"""Which ideas may belong together."""

from hypothesis import given
from hypothesis import strategies as st

from kontor.listening import likeness
from kontor.listening.likeness import MOST_WORDS, WORDS_OF_AN_IDEA, alike

texts = st.dictionaries(
    st.integers(1, 60),
    st.lists(st.sampled_from(["messe", "markt", "partner", "fachkraft", "🌍"]), max_size=4).map(" ".join),
)


@given(texts)
def test_every_idea_stands_in_one_group_at_most_and_no_group_is_alone(ideas):
    groups = [each.ideas for each in alike(ideas)]
    named = [idea for group in groups for idea in group]

    assert (len(named) == len(set(named)), all(len(group) > 1 for group in groups)) == (True, True)


@given(texts)
def test_every_suggestion_names_the_words_it_rests_on(ideas):
    assert all(each.words for each in alike(ideas))


def test_parts_of_german_compounds_meet():
    found = alike({1: "Zugang zum Markt in Schweden", 2: "Marktzugang", 3: "Fachkräfte"})

    assert [each.ideas for each in found] == [(1, 2)]


def test_the_words_of_the_question_count_for_nothing():
    ideas = {1: "Partner im Ausland", 2: "Fachkräfte aus dem Ausland"}

    assert alike(ideas, "Was brauchen Sie im Ausland?") == []


def test_ideas_without_a_shared_word_stay_alone():
    assert alike({1: "Messe", 2: "Patente", 3: ""}) == []


def test_words_made_up_by_the_thousand_are_not_all_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(likeness, "_same", lambda word, known: compared.append(len(known)) or "")
    ideas = {n: " ".join(f"w{n}x{i}" for i in range(300)) for n in range(2 * MOST_WORDS // WORDS_OF_AN_IDEA)}

    alike(ideas)

    assert len(compared) == MOST_WORDS


def test_beyond_the_words_that_are_compared_the_very_same_ones_still_meet(monkeypatch):
    monkeypatch.setattr(likeness, "MOST_WORDS", 1)
    found = alike({1: "Dänemark Messe", 2: "Messe Tokio", 3: "Patente"})

    assert [each.ideas for each in found] == [(1, 2)]
