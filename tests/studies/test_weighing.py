"""Weights are said in five ways, kept as typed, and count once they are handed in."""

import pytest

from kontor.methods.decision.weights import rank_order_centroid, simos_roy_figueira
from kontor.studies.models import WeightStatement
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import criteria_named
from kontor.studies.services import weighing
from kontor.studies.services.weighing import SavedElsewhere, TypedWeights
from kontor.studies.shown_pairs import pairs_of
from kontor.studies.shown_weighing import moved_fields, shown_preview
from kontor.studies.weighing_pairs import asked_pairs
from kontor.studies.weighing_reading import fields_in, read_weights
from kontor.studies.weighing_structure import TOP, structure_of
from kontor.ui.errors import explain
from tests.studies.factories import AssessorFactory, StudyCriterionFactory, StudyFactory, frozen, made_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cluster):
    return made_study([[1, 2, 3]], cluster=cluster, state="judging")


@pytest.fixture
def assessor(study):
    return AssessorFactory(study=study)


@pytest.fixture
def structure(study):
    return structure_of(criteria_named(study))


def nested():
    """Return the structure of twelve criteria: seven, four and one of three families."""
    study = StudyFactory()
    for number in range(12):
        family = "abc"[(number > 6) + (number > 10)]
        code = f"{family}{number}"
        StudyCriterionFactory(study=study, code=code, content=frozen(code, family=family))
    return structure_of(criteria_named(study))


def values(*typed, group=TOP, codes=("c1", "c2", "c3")):
    return {f"value:{group}:{code}": text for code, text in zip(codes, typed, strict=True)}


def ranks(*typed):
    return {f"rank:{TOP}:c{place}": text for place, text in enumerate(typed, 1)}


def pairs(**typed):
    return {f"pair:{TOP}:{name[:2]}:{name[2:]}": text for name, text in typed.items()}


def close(weights, expected):
    assert list(weights.values()) == pytest.approx(list(expected), abs=1e-4)


def sentences(structure, reading):
    return shown_preview(structure, reading).sentences


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("50", "30", "20"), (0.5, 0.3, 0.2)),
        (("5", "3", "2"), (0.5, 0.3, 0.2)),
        (("2,5", "", "7,5"), (0.25, 0, 0.75)),
    ],
)
def test_points_are_shared_out_whatever_their_sum(structure, typed, expected):
    close(read_weights(structure, "points", values(*typed)).weights, expected)


def test_an_order_weighs_by_the_centroid_of_its_ranks(structure):
    close(read_weights(structure, "ranking", ranks("2", "1", "3")).weights, (0.2778, 0.6111, 0.1111))


def test_equal_ranks_weigh_the_same_and_what_has_no_place_comes_last(structure):
    reading = read_weights(structure, "ranking", ranks("1", "1", ""))

    close(reading.weights, rank_order_centroid([1, 1, 2]))
    assert sentences(structure, reading) == ("Criterion c3 has no place yet and comes last.",)


def test_cards_with_gaps_weigh_as_their_authors_say(structure):
    fields = ranks("1", "2", "3") | {"blanks:_:1": "1", "ratio:_": "6"}

    close(
        read_weights(structure, "cards", fields).weights,
        simos_roy_figueira([1, 2, 3], ratio=6, blanks=[1, 0]),
    )


def test_a_swing_counts_against_the_first_one(structure):
    fields = values("100", "60", "40") | {"best:_": "c1"}

    close(read_weights(structure, "swing", fields).weights, (0.5, 0.3, 0.2))


def test_comparisons_weigh_by_the_eigenvector(structure):
    reading = read_weights(structure, "pairs", pairs(c1c2="3", c1c3="5", c2c3="3"))

    close(reading.weights, (0.637, 0.2583, 0.1047))
    assert sentences(structure, reading) == ("The comparisons hold together well (consistency ratio 0.03).",)


def test_contradicting_comparisons_are_told_with_the_worst_three_and_what_would_heal(structure):
    reading = read_weights(structure, "pairs", pairs(c1c2="9", c1c3="1/9", c2c3="9"))

    told = sentences(structure, reading)
    assert (bool(reading.weights), told[1]) == (
        True,
        "Least of all do these three fit together: Criterion c1, Criterion c2 and Criterion c3.",
    )
    assert told[0].startswith("The comparisons contradict each other (consistency ratio ")
    assert told[2].startswith("Look again at “Criterion c1” and “Criterion c2”. With the rest would go: ")


@pytest.mark.parametrize(
    ("technique", "fields", "sentence"),
    [
        ("points", values("0", "0", "0"), "No criterion has any points. Give points to at least one."),
        ("points", values("viel", "", ""), "“viel” for “Criterion c1” is not a number."),
        ("points", values("-3", "4", ""), "“Criterion c1” cannot count less than nothing."),
        ("swing", values("", "60", ""), "First choose what you would lift first; that is worth 100."),
        (
            "swing",
            values("", "160", "") | {"best:_": "c1"},
            "“Criterion c2” has more than 100. "
            "Then it is what you would lift first: choose it as the first one.",
        ),
        (
            "cards",
            ranks("1", "2", "3") | {"blanks:_:1": "0,5"},
            "Blank cards are whole cards: 0, 1, 2 and so on, up to 100.",
        ),
        (
            "pairs",
            pairs(c1c2="3"),
            "No comparison ties these to the others: Criterion c3. "
            "Compare each with at least one of the others.",
        ),
    ],
)
def test_what_cannot_be_reckoned_with_is_said(structure, technique, fields, sentence):
    reading = read_weights(structure, technique, fields)

    assert (reading.weights, [explain(problem) for _group, problem in reading.problems]) == ({}, [sentence])


def test_a_ratio_below_one_is_said(structure):
    reading = read_weights(structure, "cards", ranks("1", "2", "3") | {"ratio:_": "0,5"})

    assert [problem.code for _group, problem in reading.problems] == ["weights.ratio_below_one"]


def test_a_single_criterion_weighs_everything():
    study = made_study([[1]])

    for technique in ("points", "ranking", "cards", "swing", "pairs"):
        assert read_weights(structure_of(criteria_named(study)), technique, {}).weights == {"c1": 1.0}


def test_many_criteria_are_weighed_family_by_family():
    structure = nested()
    fields = values("60", "30", "10", codes=("a", "b", "c")) | {
        f"value:b:{code}": points for code, points in (("b7", "1"), ("b8", "3"), ("b9", "0"), ("b10", "0"))
    }

    reading = read_weights(structure, "points", fields)

    assert [group.key for group in structure.groups] == [TOP, "a", "b"]
    assert reading.weights["a0"] == pytest.approx(0.6 / 7)
    assert [reading.weights[code] for code in ("b7", "b8", "b9", "c11")] == pytest.approx(
        [0.075, 0.225, 0, 0.1]
    )
    assert (sum(reading.weights.values()), reading.equal) == (pytest.approx(1), ["a"])


def test_a_fault_in_one_family_leaves_no_weights_and_names_the_family():
    structure = nested()
    fields = values("60", "30", "10", codes=("a", "b", "c")) | {"value:b:b7": "x"}

    reading = read_weights(structure, "points", fields)

    problems = shown_preview(structure, reading).problems
    assert (reading.weights, problems) == ({}, (("Family b", "“x” for “Criterion b7” is not a number."),))


@pytest.mark.parametrize("number", [2, 6, 7, 10, 24, 70])
def test_the_pairs_that_are_asked_hold_together(number):
    asked = asked_pairs(number)
    reached = {0}
    for _ in range(number):
        reached |= {each for pair in asked if reached & set(pair) for each in pair}

    most = number * (number - 1) // 2
    assert (reached, len(asked)) == (set(range(number)), min(most, 2 * number) if number > 6 else most)


def test_an_answer_to_a_pair_that_is_no_longer_asked_is_still_shown():
    structure = nested()
    group = structure.groups[1]
    asked = {pair.field for pair in pairs_of(group, {})}
    other = next(
        name
        for one in range(7)
        for two in range(one + 1, 7)
        if (name := f"pair:a:{group.items[one].key}:{group.items[two].key}") not in asked
    )

    assert [pair.field for pair in pairs_of(group, {other: "3"})][-1] == other


@pytest.mark.parametrize(
    ("typed", "move", "expected"),
    [
        (("1", "2", "3"), "up:_:c3", "132"),
        (("1", "2", "3"), "down:_:c1", "213"),
        (("1", "1", "2"), "down:_:c1", "213"),
        (("", "", ""), "up:_:c2", "213"),
        (("1", "2", "3"), "up:_:c1", "123"),
        (("1", "2", "3"), "up:_:nonsense", "123"),
        (("1", "2", "3"), "sideways", "123"),
    ],
)
def test_things_are_moved_in_the_order(structure, typed, move, expected):
    moved = moved_fields(structure, ranks(*typed), move)

    assert "".join(moved[f"rank:_:c{place}"] for place in (1, 2, 3)) == expected


def test_only_fields_of_weighing_are_kept():
    posted = {"value:_:c1": " 3 ", "csrfmiddlewaretoken": "x", "value:_:<b>": "1", "rank:a:b:c:d": "1"}

    assert fields_in(posted) == {"value:_:c1": "3"}


def typed(fields, edition=0, technique="points", comment=""):
    return TypedWeights(technique, fields, edition, comment)


def test_a_draft_does_not_count(assessor):
    statement = weighing.save_weights(assessor=assessor, typed=typed(values("1", "1", "2")))

    assert (statement.submitted_at, statement.version) == (None, 1)
    close(statement.weights, (0.25, 0.25, 0.5))


def test_another_technique_loses_nothing(assessor):
    weighing.save_weights(assessor=assessor, typed=typed(values("1", "1", "2")))
    weighing.save_weights(assessor=assessor, typed=typed(ranks("1", "2", "3"), 1, "ranking"))

    statement = WeightStatement.objects.get()
    assert statement.answers["fields"] == {"points": values("1", "1", "2"), "ranking": ranks("1", "2", "3")}
    assert statement.technique == "ranking"


def test_two_devices_do_not_overwrite_each_other(assessor):
    weighing.save_weights(assessor=assessor, typed=typed(values("1", "1", "2")))

    with pytest.raises(SavedElsewhere) as refusal:
        weighing.save_weights(assessor=assessor, typed=typed(values("9", "0", "0"), 0))

    assert (
        refusal.value.edition,
        WeightStatement.objects.get().answers["fields"]["points"]["value:_:c1"],
    ) == (
        1,
        "1",
    )


def test_handing_in_counts_and_later_drafts_do_not_until_handed_in_again(assessor):
    weighing.hand_in_weights(assessor=assessor, typed=typed(values("1", "1", "2")))
    weighing.save_weights(assessor=assessor, typed=typed(ranks("1", "2", "3"), 1, "ranking"))
    kept = WeightStatement.objects.get()
    close(kept.weights, (0.25, 0.25, 0.5))
    assert kept.technique == "points"

    weighing.hand_in_weights(assessor=assessor, typed=typed(ranks("1", "2", "3"), 2, "ranking"))

    close(WeightStatement.objects.get().weights, rank_order_centroid([1, 2, 3]))


@pytest.mark.parametrize("fields", [{}, values("0", "0", "0"), values("x", "1", "1")])
def test_nothing_unfinished_is_handed_in(assessor, fields):
    with pytest.raises(StudyError, match=r"^weights\.unfinished$"):
        weighing.hand_in_weights(assessor=assessor, typed=typed(fields))

    assert WeightStatement.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "code"), [("preparing", "study.not_judging"), ("decided", "study.decided")]
)
def test_weights_are_taken_while_judging_only(assessor, study, state, code):
    study.state = state
    study.save()

    with pytest.raises(StudyError, match=rf"^{code}$"):
        weighing.save_weights(assessor=assessor, typed=typed({}))


@pytest.mark.parametrize(
    ("fields", "technique", "code"),
    [({"weighs": False}, "points", "weights.not_asked"), ({}, "dice", "weights.technique_unknown")],
)
def test_weights_are_taken_from_those_who_were_asked(study, fields, technique, code):
    with pytest.raises(StudyError, match=rf"^{code}$"):
        weighing.save_weights(
            assessor=AssessorFactory(study=study, **fields), typed=typed({}, technique=technique)
        )
