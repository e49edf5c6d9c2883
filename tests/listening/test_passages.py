"""Places in transcripts: offsets of browsers, words found and found again, stretches for the page."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from kontor.listening.passages import (
    Span,
    anchored,
    character_at,
    cleaned,
    located,
    pieces,
    trimmed,
    units_at,
)

# What browsers and Python count differently: letters, line ends, right-to-left script, emoji, joined ones.
texts = st.text(st.sampled_from("ab .\näש مر🙂👩‍🚀𝔘"), max_size=60)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts, st.integers(0, 60))
def test_an_offset_of_the_browser_is_the_character_before_it(text, place):
    character = min(place, len(text))

    assert character_at(text, utf16(text[:character])) == character


@given(texts, st.integers(0, 60))
def test_offsets_go_to_the_browser_and_back(text, place):
    character = min(place, len(text))

    assert character_at(text, units_at(text, character)) == character


def test_the_middle_of_a_surrogate_pair_counts_as_its_beginning():
    assert (character_at("🙂x", 1), character_at("🙂x", 2)) == (0, 1)


@given(texts, texts, texts)
def test_words_are_located_where_they_stand(before, words, after):
    text = before + words + after
    assume(words.strip() and words == words.strip())

    assert any(span.of(text).split() == words.split() for span in located(text, words))


def test_words_are_located_across_other_line_ends_and_spaces():
    assert located("Wir  suchen\n\nLeute.", "suchen Leute") == [Span(5, 18)]


def test_words_with_signs_of_patterns_are_taken_as_they_are():
    assert located("Was (kostet) das?", "(kostet)") == [Span(4, 12)]


def test_nothing_is_located_for_nothing():
    assert located("Ja.", " \n ") == []


@given(texts, texts, texts, texts, texts)
def test_after_any_change_outside_a_passage_its_words_are_found_again(before, quote, after, begin, end):
    assume(quote)
    old, new = before + quote + after, begin + quote + end
    span = Span(len(before), len(before) + len(quote))

    found = anchored(old, new, span, quote)

    assert found is not None
    assert found.of(new) == quote


@given(texts, texts, texts, texts)
def test_words_put_before_a_passage_move_it_by_their_length(before, quote, after, added):
    assume(quote)
    old = before + quote + after
    span = Span(len(before), len(before) + len(quote))

    found = anchored(old, added + old, span, quote)

    assert found is not None
    assert found.of(added + old) == quote


def test_of_equal_words_those_with_the_same_surroundings_are_taken():
    old = "Frage: Export? Ja. Frage: Personal? Ja. Ende."
    new = "Frage: Neu? Ja. Frage: Export? Ja. Frage: Personal? Ja. Ende."
    place = old.index("Ja. Ende")

    assert anchored(old, new, Span(place, place + 3), "Ja.") == Span(
        new.index("Ja. Ende"), new.index("Ja. Ende") + 3
    )


def test_an_unchanged_text_leaves_every_passage_where_it_is():
    text = "Ja. Ja. Ja. Ja."

    assert [anchored(text, text, Span(place, place + 3), "Ja.") for place in (0, 4, 8, 12)] == [
        Span(0, 3),
        Span(4, 7),
        Span(8, 11),
        Span(12, 15),
    ]


def test_words_that_are_gone_are_not_found():
    assert anchored("Wir suchen Leute.", "Wir suchen nichts.", Span(11, 16), "Leute") is None


def test_words_broken_over_lines_are_found_again():
    assert anchored("suchen Leute", "suchen\nLeute", Span(0, 12), "suchen Leute") == Span(0, 12)


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: Span(pair[0], sum(pair))), max_size=6
)


@given(texts, spans)
def test_the_pieces_of_a_text_are_the_text(text, marked):
    assert "".join(piece.text for piece in pieces(text, list(enumerate(marked)))) == text


@given(texts, spans)
def test_each_passage_covers_exactly_its_pieces(text, marked):
    cut = list(pieces(text, list(enumerate(marked))))

    assert ["".join(piece.text for piece in cut if key in piece.keys) for key in range(len(marked))] == [
        span.of(text) for span in marked
    ]


@given(texts)
def test_a_cleaned_text_stays_as_it_is(text):
    assert cleaned(cleaned(text)) == cleaned(text)


def test_half_a_surrogate_pair_is_not_kept():
    assert cleaned("a\ud83db") == "a?b"


def test_a_span_of_spaces_is_empty_when_trimmed():
    assert trimmed("a   b", Span(1, 4)) == Span(4, 4)
