"""From answers to needs and expectations, once and for all readings."""

from __future__ import annotations

from datetime import date

import pytest

from kontor.needs.models import Expectation, Hearing, Need
from kontor.needs.queries import heard
from kontor.needs.said import needs_said
from kontor.needs.services import Occasion, take_answers
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Row, Section
from tests.factories import GoalFactory, MembershipFactory, OrganisationFactory, small_definition

WORDS = {"en": "?"}
DAY = date(2026, 11, 20)


def options(*codes: str, **meaning: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, {"en": code.title()}, meaning=meaning.get(code, {})) for code in codes)


FULL = Definition(
    {"en": "T"},
    ("en",),
    (
        Section(
            "s",
            {},
            (
                Question(
                    "topics",
                    Kind.MULTIPLE,
                    WORDS,
                    options=options("market_access", "law", law={"topic": "legal"}),
                    has_other=True,
                    meaning={"need": "topic"},
                ),
                Question("where", Kind.COUNTRY, WORDS, meaning={"need": "country", "of": "topics"}),
                Question(
                    "soon",
                    Kind.SINGLE,
                    WORDS,
                    options=options("now", "later", now={"urgency": "3"}, later={"urgency": "1"}),
                    meaning={"need": "how_soon"},
                ),
                Question(
                    "rated",
                    Kind.MATRIX,
                    WORDS,
                    options=options("no", "yes", no={"urgency": "0"}, yes={"urgency": "3"}),
                    rows=(Row("funding", {"en": "Funding"}), Row("language", {"en": "Language"})),
                    meaning={"need": "urgency"},
                ),
                Question(
                    "help",
                    Kind.MULTIPLE,
                    WORDS,
                    options=options("find_partners", "pay_fairs"),
                    meaning={"expectation": "management"},
                ),
            ),
        ),
    ),
)


@pytest.fixture
def member(cluster):
    return MembershipFactory(organisation=OrganisationFactory(cluster=cluster)).organisation


def taken(member, definition, answers, on=DAY):
    occasion = Occasion(member, Need.Source.SURVEY, on, "survey:7:o1", language="en")
    return take_answers(cluster=member.cluster, occasion=occasion, definition=definition, answers=answers)


def stored(member):
    needs = Need.objects.filter(organisation=member).order_by("pk")
    return [(need.topic.code, need.country, need.urgency, need.statement) for need in needs]


def test_each_topic_goes_to_each_country():
    said = needs_said(FULL, {"topics": ["market_access", "law"], "where": ["NL", "FR"], "soon": "now"}, "en")

    assert [(need.topic, need.country, need.urgency, need.statement) for need in said] == [
        ("market_access", "NL", 3, "Market_Access"),
        ("market_access", "FR", 3, "Market_Access"),
        ("legal", "NL", 3, "Law"),
        ("legal", "FR", 3, "Law"),
    ]


def test_a_row_rated_as_no_need_is_none(member):
    taken(member, FULL, {"rated": {"funding": "no", "language": "yes"}})

    assert stored(member) == [("language", "", 3, "Language")]


def test_words_behind_other_wait_for_a_person(member):
    result = taken(member, FULL, {"topics": ["_other"], "topics~other": "A test tank"})

    assert ([need.statement for need in result.undecided], stored(member)) == (["A test tank"], [])


def test_expectations_are_kept_apart_from_needs(member):
    taken(member, FULL, {"help": ["find_partners"]})

    assert [(e.of, e.code, str(e.label)) for e in Expectation.objects.all()] == [
        ("management", "find_partners", "Find_Partners")
    ]


def test_a_member_who_needs_nothing_was_heard_all_the_same(member, cluster):
    taken(member, small_definition(), {"topics": ["none"]})

    assert (stored(member), Hearing.objects.count(), heard(cluster, DAY).heard) == ([], 1, 1)


def test_the_same_answers_twice_change_nothing(member):
    first = taken(member, FULL, {"topics": ["law"], "help": ["pay_fairs"]})
    again = taken(member, FULL, {"topics": ["law"], "help": ["pay_fairs"]})

    assert (again.needs, Need.objects.count(), Expectation.objects.count(), Hearing.objects.count()) == (
        first.needs,
        1,
        1,
        1,
    )


def test_changed_answers_take_back_what_is_no_longer_said(member):
    taken(member, FULL, {"topics": ["law", "market_access"]})
    taken(member, FULL, {"topics": ["market_access"]})

    assert [topic for topic, *_ in stored(member)] == ["market_access"]


def test_a_need_that_a_goal_answers_stays_when_the_answer_changes(member):
    [need] = taken(member, FULL, {"topics": ["law"]}).needs
    GoalFactory(cluster=member.cluster).needs.add(need)

    taken(member, FULL, {"topics": ["market_access"]})

    assert [topic for topic, *_ in stored(member)] == ["legal", "market_access"]
