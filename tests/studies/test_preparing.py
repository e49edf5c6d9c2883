"""A study is begun, filled with candidates and criteria, and goes its way to the decision."""

import pytest

from kontor.accounts.models import TaskLink
from kontor.accounts.services import EditConflict
from kontor.needs.services import restore
from kontor.partners.models import Partner
from kontor.studies.models import Score, Study, StudyCandidate, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.queries.progress import progress_of
from kontor.studies.services import preparing
from kontor.studies.services import preparing_candidates as candidates
from kontor.studies.services import preparing_criteria as criteria
from kontor.studies.services.inviting_links import links_for
from kontor.studies.services.preparing_criteria import Scale
from tests.criteria.factories import CatalogueVersionFactory, CriterionFactory
from tests.factories import ClusterFactory, GoalFactory
from tests.partners.factories import PartnerFactory
from tests.studies.factories import (
    AssessorFactory,
    ScoreFactory,
    StudyCandidateFactory,
    StudyCriterionFactory,
    StudyFactory,
    frozen,
    made_study,
    version_in,
)

pytestmark = pytest.mark.django_db
TITLE = {"de": " Nord ", "en": ""}


@pytest.fixture
def study(cluster):
    return StudyFactory(cluster=cluster)


def names(study):
    return [each.partner.name for each in study.candidates.all()]


def codes(study):
    return [each.code for each in study.criteria.all()]


def test_a_study_begins_with_its_texts_and_goals(cluster, manager):
    goal = GoalFactory(cluster=cluster)

    made = preparing.create_study(
        cluster=cluster, title=TITLE, catalogue_version=version_in(cluster), goals=[goal], created_by=manager
    )

    assert (made.title.data, list(made.goals.all()), made.state) == ({"de": "Nord"}, [goal], "preparing")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": {"de": " "}}, "study.no_title"),
        ({"foreign_version": True}, "study.version_of_another_cluster"),
        ({"foreign_goal": True}, "study.goal_of_another_cluster"),
    ],
)
def test_a_study_that_makes_no_sense_is_refused(cluster, fields, code):
    given = {"title": TITLE, "catalogue_version": version_in(cluster)} | fields
    if given.pop("foreign_version", False):
        given["catalogue_version"] = version_in(ClusterFactory())
    if given.pop("foreign_goal", False):
        given["goals"] = [GoalFactory(cluster=ClusterFactory())]

    with pytest.raises(StudyError) as refusal:
        preparing.create_study(cluster=cluster, **given)

    assert (refusal.value.code, Study.objects.count()) == (code, 0)


def test_the_second_editor_changes_nothing(study):
    preparing.update_study(study=study, expected_version=1, title={"en": "Theirs"})

    with pytest.raises(EditConflict):
        preparing.update_study(study=study, expected_version=1, title={"en": "Mine"})

    assert str(Study.objects.get().title) == "Theirs"


@pytest.mark.parametrize(
    ("has", "code"),
    [
        ((), "study.no_candidates"),
        (("candidate",), "study.no_criteria"),
        (("candidate", "criterion"), "study.no_people"),
    ],
)
def test_judging_begins_only_when_there_is_something_to_judge(study, has, code):
    makers = {"candidate": StudyCandidateFactory, "criterion": StudyCriterionFactory}
    for what in has:
        makers[what](study=study)

    with pytest.raises(StudyError, match=rf"^{code}$"):
        preparing.start_judging(study=study)


def test_judging_begins_once(cluster):
    study = made_study([[1]], people={"Ada": [1]}, cluster=cluster)
    assert preparing.start_judging(study=study).state == "judging"

    with pytest.raises(StudyError, match=r"^study\.not_preparing$"):
        preparing.start_judging(study=study)


def decided_acts(study):
    candidate, criterion = study.candidates.first(), study.criteria.first()
    return {
        "update": lambda: preparing.update_study(study=study, expected_version=1, title={"en": "x"}),
        "start": lambda: preparing.start_judging(study=study),
        "delete": lambda: preparing.delete_study(study=study),
        "add": lambda: candidates.add_candidates(study=study, partner_ids=[]),
        "name": lambda: candidates.add_by_name(study=study, name="x", country="FI"),
        "remove": lambda: candidates.remove_candidate(candidate=candidate),
        "many": lambda: candidates.remove_candidates(study=study, candidate_ids=[candidate.pk]),
        "move": lambda: candidates.move_candidate(candidate=candidate, step="up"),
        "leave": lambda: candidates.leave_out(candidate=candidate, because="x"),
        "criteria": lambda: criteria.add_criteria(study=study, codes=[]),
        "copy": lambda: criteria.copy_criteria(study=study, source=study),
        "scale": lambda: criteria.set_scale(
            criterion=criterion, expected_version=1, scale=Scale(True, 0, 9, None, None)
        ),
        "drop": lambda: criteria.remove_criterion(criterion=criterion),
        "drop_many": lambda: criteria.remove_criteria(study=study, criterion_ids=[criterion.pk]),
        "order": lambda: criteria.move_criterion(criterion=criterion, step="up"),
    }


@pytest.mark.parametrize(
    "act",
    [
        *("update", "start", "delete", "add", "name", "remove", "many", "move", "leave"),
        *("criteria", "copy", "scale", "drop", "drop_many", "order"),
    ],
)
def test_nothing_changes_after_the_decision(cluster, act):
    study = made_study([[1]], cluster=cluster, state="decided")

    with pytest.raises(StudyError, match=r"^study\.decided$"):
        decided_acts(study)[act]()


def test_a_deleted_study_takes_its_links_along(cluster):
    study = made_study([[1]], people={"Ada": [1]}, cluster=cluster)
    links_for(study.assessors.all())

    preparing.delete_study(study=study)

    assert (Study.objects.count(), TaskLink.objects.count()) == (0, 0)


def test_candidates_are_added_once_and_never_our_own_or_foreign_ones(study):
    one = PartnerFactory(cluster=study.cluster, name="B")
    other = PartnerFactory(cluster=study.cluster, name="A")
    own = PartnerFactory(cluster=study.cluster, is_own=True)
    merged = PartnerFactory(cluster=study.cluster, merged_into=one)
    keys = [one.pk, other.pk, own.pk, merged.pk, PartnerFactory().pk]

    counts = [candidates.add_candidates(study=study, partner_ids=keys) for _ in range(2)]

    assert (counts, names(study)) == ([2, 0], ["A", "B"])


def test_five_hundred_candidates_fit_and_no_more(study, django_assert_max_num_queries):
    Partner.objects.bulk_create(PartnerFactory.build_batch(501, cluster=study.cluster))
    keys = list(Partner.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(12):
        number = candidates.add_candidates(study=study, partner_ids=keys[:500])

    with pytest.raises(StudyError, match=r"^study\.too_many_candidates$"):
        candidates.add_candidates(study=study, partner_ids=keys)

    assert (number, study.candidates.count()) == (500, 500)


def test_a_candidate_by_name_gets_a_profile(study, manager):
    made = candidates.add_by_name(study=study, name="Photonics", country="FI", by=manager)

    assert (made.partner.name, made.partner.stage, made.partner.stage_by) == ("Photonics", "long", manager)


def test_a_candidate_goes_with_its_scores_and_comes_back_with_them(cluster):
    study = made_study([[1, 2], [3, 4]], cluster=cluster)
    first = study.candidates.first()

    remains = candidates.remove_candidate(candidate=first)
    gone = Score.objects.count()
    restore(remains)

    assert (gone, Score.objects.count(), study.candidates.count()) == (2, 4, 2)


def test_several_candidates_go_at_once(cluster):
    study = made_study([[1], [2], [3]], cluster=cluster)
    foreign = made_study([[1]])
    keys = [each.pk for each in [*study.candidates.all()[:2], *foreign.candidates.all()]]

    assert candidates.remove_candidates(study=study, candidate_ids=keys) == (2, 2)
    assert (study.candidates.count(), foreign.candidates.count()) == (1, 1)


@pytest.mark.parametrize(
    ("step", "expected"), [("up", "ACB"), ("down", "ABC"), ("top", "CAB"), ("sideways", "ABC")]
)
def test_candidates_move(study, step, expected):
    rows = [StudyCandidateFactory(study=study, partner__name=name) for name in "ABC"]

    candidates.move_candidate(candidate=rows[2], step=step)

    assert "".join(names(study)) == expected


def test_a_candidate_left_out_is_not_counted_as_missing(cluster):
    study = made_study([[None, 1], [2, 3]], cluster=cluster)
    first = study.candidates.first()
    before = progress_of([study])[study.pk]

    candidates.leave_out(candidate=first, because="Far too small")

    after = progress_of([study])[study.pk]
    assert [(each.cells, each.known, each.missing) for each in (before, after)] == [(4, 3, 1), (2, 2, 0)]
    assert StudyCandidate.objects.get(pk=first.pk).excluded_because == "Far too small"


def test_criteria_are_copied_from_the_version_in_its_order(study):
    catalogue = study.catalogue_version.catalogue
    CriterionFactory(catalogue=catalogue, code="price", family="sector", knock_out_below=2.0)
    study.catalogue_version = CatalogueVersionFactory(catalogue=catalogue, criteria=0)
    study.save()
    offered = study.catalogue_version.codes

    number = criteria.add_criteria(study=study, codes=[*reversed(offered), "nonsense"])

    made = StudyCriterion.objects.get(code="price")
    assert (number, codes(study), made.knock_out_below) == (3, offered, 2.0)


def test_later_criteria_stand_beside_their_family(study):
    for code, family in (("a", "one"), ("b", "two"), ("c", "one")):
        StudyCriterionFactory(study=study, code=code, content=frozen(code, family=family))
    source = StudyFactory(cluster=study.cluster)
    StudyCriterionFactory(study=source, code="d", content=frozen("d", family="one"))

    criteria.copy_criteria(study=study, source=source)

    assert codes(study) == ["a", "c", "d", "b"]


@pytest.mark.parametrize(("with_weights", "expected"), [(True, [0.25, 0.75]), (False, [None, None])])
def test_an_earlier_study_is_taken_over_with_its_weights(cluster, with_weights, expected):
    source = made_study([[1, 2]], weights=[0.25, 0.75], cluster=cluster)
    study = StudyFactory(cluster=cluster)

    number = criteria.copy_criteria(study=study, source=source, with_weights=with_weights)

    assert number == 2
    assert [each.group_weight for each in study.criteria.all()] == expected
    assert source.criteria.count() == 2


def test_criteria_of_another_cluster_are_not_taken_over(study):
    with pytest.raises(StudyError, match=r"^study\.of_another_cluster$"):
        criteria.copy_criteria(study=study, source=made_study([[1]]))


@pytest.mark.parametrize(
    ("scale", "code"),
    [
        (Scale(True, 5, 5, None, None), "criterion_of_study.ends_reversed"),
        (Scale(True, 0, 1e300, None, None), "criterion_of_study.too_large"),
        (Scale(True, 0, float("nan"), None, None), "criterion_of_study.too_large"),
        (Scale(True, 1, 5, 4, 2), "criterion_of_study.all_out"),
        (Scale(True, 3, 5, None, None), "criterion_of_study.scores_outside"),
    ],
)
def test_scales_that_make_no_sense_are_refused(study, scale, code):
    criterion = ScoreFactory(candidate__study=study, value=2.0).criterion

    with pytest.raises(StudyError, match=rf"^{code}$"):
        criteria.set_scale(criterion=criterion, expected_version=1, scale=scale)


def test_a_scale_is_set_for_this_study(study):
    criterion = StudyCriterionFactory(study=study)

    changed = criteria.set_scale(
        criterion=criterion, expected_version=1, scale=Scale(False, None, 9, 2, None)
    )

    assert (changed.is_benefit, changed.scale_low, changed.scale_high, changed.knock_out_below) == (
        False,
        None,
        9,
        2,
    )


def test_a_criterion_moves_within_its_family(study):
    rows = {
        code: StudyCriterionFactory(study=study, code=code, content=frozen(code, family=family))
        for code, family in (("a", "one"), ("b", "one"), ("c", "two"))
    }

    criteria.move_criterion(criterion=rows["b"], step="up")
    criteria.move_criterion(criterion=rows["c"], step="top")

    assert codes(study) == ["b", "a", "c"]


def test_a_criterion_goes_with_its_scores_and_comes_back(cluster):
    study = made_study([[1, 2]], cluster=cluster)

    remains = criteria.remove_criterion(criterion=study.criteria.first())
    gone = codes(study)
    restore(remains)

    assert (gone, codes(study), Score.objects.count()) == (["c2"], ["c1", "c2"], 2)


@pytest.mark.parametrize("count", [1, 3])
def test_progress_is_read_by_four_queries(count, django_assert_num_queries):
    studies = [made_study([[1, None], [2, 3]], people={"Ada": [1, 1]}) for _ in range(count)]
    AssessorFactory(study=studies[0], weighs=False)

    with django_assert_num_queries(4):
        found = progress_of(studies)[studies[0].pk]

    assert (found.weighed, found.weighing, found.scored, found.scoring, found.missing) == (1, 1, 0, 2, 1)
