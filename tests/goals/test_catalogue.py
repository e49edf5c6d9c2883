"""The catalogue of goals is complete in both languages."""

from django.utils.translation import override

from kontor.goals.catalogue import families, family_for, goals_by_code
from kontor.needs.models import NeedKind


def test_there_are_26_goals_in_five_families():
    assert (len(families()), len(goals_by_code())) == (5, 26)


def test_every_goal_speaks_both_languages():
    assert all(
        goal.names[code] and goal.descriptions[code] and goal.indicators[code]
        for goal in goals_by_code().values()
        for code in ("de", "en")
    )


def test_every_goal_follows_from_a_kind_of_need_that_exists():
    assert {kind for goal in goals_by_code().values() for kind in goal.need_kinds} <= set(NeedKind.values)


def test_a_goal_is_read_in_the_language_of_the_reader():
    goal = goals_by_code()["knowledge.joint_research"]
    with override("de"):
        german = goal.name
    with override("en"):
        english = goal.name

    assert (german, english) == (goal.names["de"], goal.names["en"])


def test_a_kind_of_need_leads_to_the_family_that_answers_it_most():
    assert family_for("technology") == "knowledge"
