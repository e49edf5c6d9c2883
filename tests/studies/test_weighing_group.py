"""The weights are opened together; a rule or an agreement makes the group's of them."""

import pytest

from kontor.studies.models import Study, StudyCriterion, WeightStatement
from kontor.studies.problems import StudyError
from kontor.studies.queries.agreement import agreement_of
from kontor.studies.queries.weights import statements_of
from kontor.studies.services import weighing, weighing_group
from kontor.studies.services.weighing import TypedWeights
from kontor.studies.shown_agreement import sentences_of, shown_agreement
from tests.studies.factories import AssessorFactory, StudyCriterionFactory, WeightStatementFactory, made_study

pytestmark = pytest.mark.django_db


def judged(people, **fields):
    columns = len(next(iter(people.values()), (1, 1)))
    return made_study([[1] * columns, [2] * columns], people=people, state="judging", **fields)


def weights_of(study):
    return [each.group_weight for each in StudyCriterion.objects.filter(study=study)]


def opened(people, **fields):
    return weighing_group.open_weights(study=judged(people, **fields))


def test_opening_shows_all_and_makes_the_mean(cluster):
    study = opened({"Ada": [1, 1], "Bob": [1, 3]}, cluster=cluster)

    assert (study.state, study.weights_opened_at is not None) == ("open", True)
    assert weights_of(study) == pytest.approx([0.375, 0.625])


def test_drafts_do_not_count_in_the_group():
    study = judged({"Ada": [1, 1]})
    WeightStatementFactory(assessor__study=study, weights={"c1": 1.0, "c2": 0.0}, submitted_at=None)

    assert weights_of(weighing_group.open_weights(study=study)) == [0.5, 0.5]


def test_nothing_is_opened_before_somebody_has_weighed():
    with pytest.raises(StudyError, match=r"^study\.nobody_weighed$"):
        weighing_group.open_weights(study=judged({}))


@pytest.mark.parametrize(
    ("state", "code"),
    [("preparing", "study.not_judging"), ("open", "study.not_judging"), ("decided", "study.decided")],
)
def test_weights_are_opened_once(state, code):
    study = judged({"Ada": [1, 1]})
    Study.objects.filter(pk=study.pk).update(state=state)

    with pytest.raises(StudyError, match=rf"^{code}$"):
        weighing_group.open_weights(study=study)


def test_the_geometric_mean_averages_ratios():
    study = opened({"Ada": [1, 1], "Bob": [1, 9]})

    weighing_group.set_rule(study=study, rule="geometric")

    assert weights_of(study) == pytest.approx([0.25, 0.75])


def test_where_the_geometric_mean_leaves_nothing_the_mean_counts():
    study = opened({"Ada": [1, 0], "Bob": [0, 1]})

    weighing_group.set_rule(study=study, rule="geometric")

    assert weights_of(study) == [0.5, 0.5]


def test_every_group_may_count_the_same():
    study = judged({"Ada": [1, 0], "Bob": [1, 0]})
    other = AssessorFactory(study=study, group="research")
    WeightStatementFactory(assessor=other, weights={"c1": 0.0, "c2": 1.0})
    weighing_group.open_weights(study=study)

    weighing_group.set_rule(study=study, rule="groups")

    assert weights_of(study) == [0.5, 0.5]


def test_a_group_may_agree_by_hand_with_a_reason():
    study = opened({"Ada": [1, 1]})

    agreed = weighing_group.agree_by_hand(
        study=study, weights={"c1": 30.0, "c2": 10.0}, because=" Talked over "
    )

    assert (agreed.group_rule, agreed.weights_note, weights_of(study)) == ("own", "Talked over", [0.75, 0.25])


@pytest.mark.parametrize(
    ("weights", "because", "code"),
    [
        ({"c1": 1.0}, " ", "weights.no_reason"),
        ({"c1": -1.0}, "x", "weights.negative_group"),
        ({"c1": float("nan")}, "x", "weights.negative_group"),
        ({"c1": 0.0, "c2": 0.0}, "x", "weights.all_zero"),
        ({"other": 3.0}, "x", "weights.all_zero"),
    ],
)
def test_agreements_that_make_no_sense_are_refused(weights, because, code):
    study = opened({"Ada": [1, 1]})

    with pytest.raises(StudyError, match=rf"^{code}$"):
        weighing_group.agree_by_hand(study=study, weights=weights, because=because)

    assert weights_of(study) == [0.5, 0.5]


def test_rules_are_set_after_the_opening_only():
    with pytest.raises(StudyError, match=r"^study\.not_open$"):
        weighing_group.set_rule(study=judged({"Ada": [1, 1]}), rule="mean")


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(StudyError, match=r"^weights\.rule_unknown$"):
        weighing_group.set_rule(study=opened({"Ada": [1, 1]}), rule="own")


def revise(study, first, second):
    statement = WeightStatement.objects.get(assessor__study=study)
    fields = {"value:_:c1": first, "value:_:c2": second}
    typed = TypedWeights("points", fields, statement.version)
    return weighing.hand_in_weights(assessor=statement.assessor, typed=typed)


def test_who_revises_after_the_opening_keeps_the_first_statement_visible():
    study = opened({"Ada": [1, 1]})

    revise(study, "3", "1")
    revised = revise(study, "9", "1")

    assert (revised.before["weights"], weights_of(study)) == ({"c1": 0.5, "c2": 0.5}, [0.9, 0.1])
    assert statements_of(Study.objects.get())[0].before == {"c1": 0.5, "c2": 0.5}


def test_what_was_agreed_by_hand_stays_when_somebody_revises():
    study = opened({"Ada": [1, 1]})
    weighing_group.agree_by_hand(study=study, weights={"c1": 1.0}, because="x")

    revise(study, "1", "9")

    assert weights_of(study) == [1.0, 0.0]


def test_who_weighs_after_the_opening_is_marked_as_late():
    study = opened({"Ada": [1, 1]})
    late = AssessorFactory(study=study, name="Zoe")
    fields = {"value:_:c1": "1", "value:_:c2": "0"}

    weighing.hand_in_weights(assessor=late, typed=TypedWeights("points", fields, 0))

    assert [(each.name, each.is_late) for each in statements_of(study)] == [("Ada", False), ("Zoe", True)]
    assert weights_of(study) == [0.75, 0.25]


def test_a_criterion_that_left_takes_its_weight_along():
    study = opened({"Ada": [1, 1, 2]})
    study.criteria.get(code="c3").delete()

    assert statements_of(study)[0].weights == {"c1": 0.5, "c2": 0.5}


def test_who_has_not_weighed_a_later_criterion_says_nothing_about_it():
    study = opened({"Ada": [1, 1], "Bob": [1, 1]})
    StudyCriterionFactory(study=study, code="c3", position=9)
    statement = WeightStatement.objects.filter(assessor__name="Bob")
    statement.update(weights={"c1": 0.25, "c2": 0.25, "c3": 0.5})

    weighing_group.recompute(Study.objects.get())

    assert weights_of(study) == pytest.approx([0.3, 0.3, 0.4], abs=1e-9)


def test_agreement_is_told_in_words():
    study = opened({"Ada": [3, 2, 1], "Bob": [3, 2, 1], "Cleo": [1, 2, 9]})

    found = agreement_of(study)

    assert [each[0].name for each in [found.apart]] == ["Cleo"]
    told = sentences_of(found)
    assert told[0] == "People hardly agree on what matters more (Kendall’s W 0.11 of 1)."
    assert told[1] == "Furthest apart are Cleo and Ada on “Criterion c3”: 75% against 17%."
    assert told[2] == "Cleo stands apart: 58% of the weight lies elsewhere than with the others."


def test_one_person_agrees_with_nobody():
    told = sentences_of(agreement_of(opened({"Ada": [1, 1]})))

    assert told == ["Only one person has handed in weights; there is nobody to agree or disagree with."]


def test_dots_that_would_cover_each_other_are_stacked():
    shown = shown_agreement(agreement_of(opened({"Ada": [1, 1], "Bob": [1, 1], "Cleo": [1, 3]})))

    assert [(dot.x, dot.y) for dot in shown.strips[0].dots] == [(266.7, 15.0), (266.7, 8.0), (133.3, 15.0)]


@pytest.mark.parametrize("people", [1, 9])
def test_agreement_is_read_by_three_queries(people, django_assert_num_queries):
    study = opened({f"Person {number}": [1] * 24 for number in range(people)})

    with django_assert_num_queries(3):
        agreement_of(study)
