from kontor.reports.word.pages import ROOM_HEIGHT, Atom, fit, lines
from kontor.reports.word.ruler import line_count, width


def test_a_text_is_as_wide_as_in_helvetica():
    assert width("Hello", 10) == (722 + 556 + 222 + 222 + 556) / 100


def test_words_go_to_the_next_line_where_they_do_not_fit():
    assert line_count([("aaaa aaaa aaaa", False)], 10, 50) == 2


def test_a_word_longer_than_the_line_is_broken():
    assert line_count([("a" * 100, False)], 10, 55.7) == 10


def test_a_newline_begins_a_line():
    assert line_count([("a\nb", False), ("c\nd", True)], 10, 100) == 3


def test_no_text_is_one_line():
    assert line_count([], 10, 100) == 1


def test_a_heading_stays_with_what_follows():
    atoms = [Atom(ROOM_HEIGHT - 60), Atom(30, keep=True), *lines(3, 20)]

    assert fit(atoms).pages == 2


def test_the_head_of_a_table_comes_again_on_the_next_page():
    rows = [Atom(100, repeat=100)] * 14

    assert fit(rows).pages == 3


def test_an_end_at_the_edge_of_a_page_is_in_doubt():
    at_the_edge = [Atom(100)] * 7

    assert (fit(at_the_edge).doubts, fit(at_the_edge[:6]).doubts) == (1, 0)
