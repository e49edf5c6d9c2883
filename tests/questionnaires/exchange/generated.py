"""Questionnaires that could be asked, of every shape, for properties."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kontor.questionnaires.conditions import OPERATORS, All, Answered, Compare, Condition, Not, Some
from kontor.questionnaires.definition import (
    CHOOSING,
    OTHER,
    Definition,
    Kind,
    Option,
    Question,
    Range,
    Row,
    Section,
)
from kontor.questionnaires.soundness import problems

LANGUAGES = ("de", "en", "fr", "zh", "de-AT")
_WORDS = st.one_of(
    st.text(
        # No database keeps U+0000; files that hold it are refused.
        st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00"),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(
        (
            "=1+1",
            "${q1}",
            "$\u200b{q}",
            "_x0041_",
            "Ja, \"sicher\" & 'gern' <b>",
            "مرحبا",
            "😀",
            "3 – x",
            "TRUE",
        )
    ),
)
_CODES = st.one_of(
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,8}", fullmatch=True),
    st.sampled_from(("q", "Q", "q_other", "q_list", "meta", "name", "welcome")),
)
_OPTION_CODES = st.one_of(
    st.from_regex(r"[^\s:~#]{1,6}", fullmatch=True).filter(lambda code: code.isprintable()),
    st.sampled_from(("other", "1", "01", "don't", "a'b\"c", "TRUE", "yes")),
).filter(lambda code: code != OTHER)


@st.composite
def texts(draw: st.DrawFn, languages: tuple[str, ...], *, may_be_empty: bool = True) -> dict[str, str]:
    chosen = draw(st.lists(st.sampled_from(languages), unique=True, min_size=0 if may_be_empty else 1))
    return {language: draw(_WORDS) for language in chosen}


_MEANINGS = st.one_of(
    st.just({}),
    st.dictionaries(
        st.sampled_from(("need", "topic", "place")),
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=4),
        max_size=2,
    ),
)


def _conditions(draw: st.DrawFn, earlier: list[Question], depth: int = 0) -> Condition:
    shape = draw(
        st.sampled_from(
            ("compare", "answered", "all", "any", "not") if depth < 3 else ("compare", "answered")
        )
    )
    if shape == "not":
        return Not(_conditions(draw, earlier, depth + 1))
    if shape in ("all", "any"):
        parts = tuple(_conditions(draw, earlier, depth + 1) for _ in range(draw(st.integers(0, 3))))
        return All(parts) if shape == "all" else Some(parts)
    question = draw(st.sampled_from(earlier))
    if shape == "answered":
        return Answered(question.code)
    offered = [*question.codes, *(row.code for row in question.rows), "5", "-2.5", "2026-11-24", ""]
    value = draw(st.one_of(st.sampled_from(offered), _WORDS))
    return Compare(question.code, draw(st.sampled_from(OPERATORS)), value)


@st.composite
def options(draw: st.DrawFn, languages: tuple[str, ...]) -> tuple[Option, ...]:
    codes = draw(st.lists(_OPTION_CODES, unique=True, min_size=1, max_size=4))
    return tuple(
        Option(code, draw(texts(languages, may_be_empty=False)), draw(st.booleans()), draw(_MEANINGS))
        for code in codes
    )


@st.composite
def ranges(draw: st.DrawFn, kind: Kind, languages: tuple[str, ...]) -> Range:
    if kind == Kind.SCALE:
        low = draw(st.integers(-3, 3))
        return Range(low, low + draw(st.integers(1, 10)), draw(texts(languages)), draw(texts(languages)))
    limits = st.one_of(st.none(), st.integers(-99, 99), st.floats(-1e6, 1e6))
    low, high = draw(limits), draw(limits)
    if low is not None and high is not None and low > high:
        low, high = high, low
    low = None if low is None else float(low)
    return Range(low, high, is_whole=draw(st.booleans()))


@st.composite
def questions(draw: st.DrawFn, languages: tuple[str, ...], code: str, earlier: list[Question]) -> Question:
    kind = draw(st.sampled_from(Kind))
    is_choosing = kind in CHOOSING
    has_rows = kind == Kind.MATRIX
    rows = draw(st.lists(_OPTION_CODES, unique=True, min_size=1, max_size=3)) if has_rows else []
    return Question(
        code,
        kind,
        draw(texts(languages, may_be_empty=False)),
        help=draw(texts(languages)),
        is_required=draw(st.booleans()),
        show_if=_conditions(draw, earlier) if earlier and draw(st.booleans()) else None,
        options=draw(options(languages)) if is_choosing else (),
        rows=tuple(Row(row, draw(texts(languages)), draw(_MEANINGS)) for row in rows),
        has_other=is_choosing and draw(st.booleans()),
        most=draw(st.integers(0, 3)),
        range=draw(ranges(kind, languages)) if kind in (Kind.SCALE, Kind.NUMBER) else Range(),
        is_long=draw(st.booleans()),
        meaning=draw(_MEANINGS),
    )


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Return a sound questionnaire."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), unique=True, min_size=1, max_size=3)))
    codes = draw(st.lists(_CODES, unique=True, min_size=1, max_size=7))
    earlier: list[Question] = []
    sections = []
    while codes or not sections:
        count = draw(st.integers(0, len(codes)))
        shown = _conditions(draw, earlier) if earlier and draw(st.booleans()) else None
        asked = []
        for code in codes[:count]:
            question = draw(questions(languages, code, earlier))
            asked.append(question)
            earlier = [*earlier, question] if question.takes_answer else earlier
        codes = codes[count:] if count else codes[1:]
        name = draw(st.one_of(_CODES, st.just("meta"), _WORDS)) + str(len(sections))
        sections.append(Section(name, draw(texts(languages)), tuple(asked), draw(texts(languages)), shown))
    definition = Definition(
        draw(texts(languages, may_be_empty=False)),
        languages,
        tuple(sections),
        draw(texts(languages)),
        draw(texts(languages)),
    )
    if not any(question.takes_answer for question in definition.questions()):
        extra = Question("needed_question", Kind.TEXT, {languages[0]: "?"})
        last = definition.sections[-1]
        filled = replace(last, questions=(*last.questions, extra))
        definition = replace(definition, sections=(*definition.sections[:-1], filled))
    assert problems(definition) == (), problems(definition)
    return definition
