from hypothesis import given
from hypothesis import strategies as st

from kontor.reports import prose


def test_headings_start_below_the_section_and_never_skip_a_level():
    nodes = prose.tree("### a\n\n# b\n\n#### c\n\n###### d\n\n## e")

    assert [node["level"] for node in nodes] == [2, 2, 3, 4, 3]


def test_only_safe_links_stay_links():
    runs = prose.tree("[a](https://x.example) [b](/local) [c](mailto:x@y.example)")[0]["runs"]

    assert [run.get("href") for run in runs if run["text"] in "abc"] == [
        "https://x.example",
        None,
        "mailto:x@y.example",
    ]


def test_marks_add_up():
    runs = prose.tree("**a *b* ~~c~~**")[0]["runs"]

    assert [{**run} for run in runs if run["text"].strip()] == [
        {"text": "a ", "bold": True},
        {"text": "b", "bold": True, "italic": True},
        {"text": "c", "bold": True, "strike": True},
    ]


def test_html_of_the_writer_is_text():
    assert prose.plain("<b>x</b>") == ["<b>x</b>"]


@given(st.text(max_size=200))
def test_any_text_has_a_tree(text):
    assert isinstance(prose.tree(text), list)
