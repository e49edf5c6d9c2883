"""Criteria are written, changed, switched, ordered, deleted and brought back."""

import pytest
from auditlog.models import LogEntry

from kontor.accounts.services import EditConflict
from kontor.criteria import services
from kontor.criteria.models import Catalogue, Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.queries import working_criteria
from tests.criteria.factories import CatalogueFactory, CriterionFactory

pytestmark = pytest.mark.django_db
NAME = {"de": " Nähe ", "en": "How near is it?"}


@pytest.fixture
def catalogue(cluster):
    return CatalogueFactory(cluster=cluster)


def own(catalogue, **fields):
    return services.create_own_criterion(catalogue=catalogue, **({"family": "own", "name": NAME} | fields))


def plain(criterion):
    return {point: text.data for point, text in criterion.anchors.items()}


def order(catalogue):
    return [criterion.code for criterion in working_criteria(catalogue)]


def test_a_catalogue_begins_with_the_title_of_the_reference(cluster):
    catalogue = services.ensure_catalogue(cluster=cluster)

    assert (catalogue.purpose, catalogue.title.localize("de")) == ("partners", "Kriterien für Partnercluster")


def test_a_catalogue_begins_once(cluster):
    first, second = services.ensure_catalogue(cluster=cluster), services.ensure_catalogue(cluster=cluster)

    assert (first, Catalogue.objects.count()) == (second, 1)


def test_a_purpose_without_a_reference_is_refused(cluster):
    with pytest.raises(CriteriaError, match=r"^catalogue\.purpose_unknown$"):
        services.load_reference(cluster=cluster, purpose="nonsense")


def test_an_own_criterion_gets_a_short_name_of_its_english_name(catalogue):
    criterion = own(catalogue)

    assert (criterion.code, criterion.name.data, criterion.is_own) == (
        "how_near_is_it",
        {"de": "Nähe", "en": "How near is it?"},
        True,
    )


def test_criteria_of_the_same_name_get_different_short_names(catalogue):
    assert [own(catalogue).code for _ in range(3)] == [
        "how_near_is_it",
        "how_near_is_it_2",
        "how_near_is_it_3",
    ]


def test_a_new_criterion_comes_last_in_its_family(catalogue):
    CriterionFactory(catalogue=catalogue, family="own", position=7)

    assert own(catalogue).position == 8


def test_points_run_from_one_to_five_and_have_no_unit(catalogue):
    criterion = own(catalogue, scale="points", scale_low=0, scale_high=9, unit={"en": "km"})

    assert (criterion.scale_low, criterion.scale_high, criterion.unit.data) == (1, 5, {})


def test_only_points_have_anchors(catalogue):
    anchors = {"1": {"en": "none"}, "2": {"en": "lost"}, "3": {"en": " "}, "5": {"de": "viel", "en": "much"}}

    kept = [plain(own(catalogue, scale=scale, anchors=anchors)) for scale in ("points", "number")]
    assert kept == [{"1": {"en": "none"}, "5": {"de": "viel", "en": "much"}}, {}]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": {"de": " "}}, "criterion.no_name"),
        ({"family": "nonsense"}, "criterion.family_unknown"),
        ({"scale": "nonsense"}, "criterion.scale_unknown"),
        ({"source": "nonsense"}, "criterion.source_unknown"),
        ({"scale": "number", "scale_low": 5.0, "scale_high": 5.0}, "criterion.ends_reversed"),
        ({"scale": "number", "scale_low": float("nan")}, "criterion.number_too_large"),
        ({"scale": "number", "knock_out_below": float("inf")}, "criterion.number_too_large"),
        ({"scale": "number", "scale_high": 1e300}, "criterion.number_too_large"),
        ({"scale": "percent", "scale_low": 0.0, "scale_high": 101.0}, "criterion.ends_outside"),
        ({"scale": "number", "knock_out_below": 3.0, "knock_out_above": 2.0}, "criterion.all_knocked_out"),
        ({"scale": "points", "knock_out_below": 0.0}, "criterion.knock_out_outside"),
        ({"scale": "yes_no", "knock_out_below": 2.0}, "criterion.knock_out_outside"),
    ],
)
def test_criteria_that_make_no_sense_are_refused(catalogue, fields, code):
    with pytest.raises(CriteriaError) as refusal:
        own(catalogue, **fields)

    assert (refusal.value.code, Criterion.objects.count()) == (code, 0)


@pytest.mark.parametrize(
    "fields", [{"name": {"en": "x" * 201}}, {"anchors": {"1": {"en": "x" * 301}}}], ids=["name", "anchors"]
)
def test_texts_that_are_too_long_are_refused(catalogue, fields):
    with pytest.raises(CriteriaError, match=r"^criterion\.text_too_long$"):
        own(catalogue, **fields)


def test_a_change_keeps_the_short_name(catalogue):
    criterion = own(catalogue)

    changed = services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Distance"})

    assert (changed.code, str(changed.name), changed.version) == ("how_near_is_it", "Distance", 2)


def test_a_change_of_the_scale_drops_what_the_new_scale_lacks(catalogue):
    criterion = own(catalogue, anchors={"1": {"en": "none"}})

    changed = services.update_criterion(criterion=criterion, expected_version=1, scale="yes_no")

    assert (plain(changed), changed.scale_low, changed.scale_high) == ({}, 0, 1)


def test_a_criterion_comes_last_in_the_family_it_moves_to(catalogue):
    CriterionFactory(catalogue=catalogue, family="sector", position=4)

    changed = services.update_criterion(criterion=own(catalogue), expected_version=1, family="sector")

    assert changed.position == 5


def test_the_second_editor_changes_nothing(catalogue):
    criterion = own(catalogue)
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Theirs"})

    with pytest.raises(EditConflict):
        services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Mine"})

    assert str(Criterion.objects.get().name) == "Theirs"


def test_criteria_are_switched_off_and_on_with_a_trace(catalogue):
    criterion, other = own(catalogue), own(catalogue)

    off = services.set_active(catalogue=catalogue, criteria=[criterion.pk], is_active=False)
    again = services.set_active(catalogue=catalogue, criteria=[criterion.pk], is_active=False)

    criterion.refresh_from_db()
    other.refresh_from_db()
    traced = LogEntry.objects.get_for_object(criterion).filter(changes__has_key="is_active").count()
    assert (off, again, criterion.is_active, other.is_active) == (1, 0, False, True)
    assert (criterion.version, traced) == (2, 2)


def test_criteria_of_another_catalogue_are_not_switched(catalogue):
    foreign = CriterionFactory()

    assert services.set_active(catalogue=catalogue, criteria=[foreign.pk], is_active=False) == 0


@pytest.mark.parametrize(
    ("step", "expected"),
    [("up", "acb"), ("down", "abc"), ("top", "cab"), ("bottom", "abc")],
)
def test_the_last_of_three_moves(catalogue, step, expected):
    found = {code: CriterionFactory(catalogue=catalogue, code=code) for code in "abc"}

    services.move_criterion(criterion=found["c"], step=step)

    assert "".join(order(catalogue)) == expected


def test_moving_stays_within_the_family(catalogue):
    CriterionFactory(catalogue=catalogue, code="a", family="cluster")
    alone = CriterionFactory(catalogue=catalogue, code="b", family="structure")

    assert (services.move_criterion(criterion=alone, step="up"), order(catalogue)) == (False, ["a", "b"])


def test_a_step_that_does_not_exist_is_refused(catalogue):
    with pytest.raises(CriteriaError, match=r"^criterion\.step_unknown$"):
        services.move_criterion(criterion=own(catalogue), step="sideways")


def test_an_own_criterion_goes_and_comes_back_as_it_was(catalogue):
    criterion = own(catalogue, anchors={"1": {"en": "none"}})

    kept = services.delete_own_criterion(criterion=criterion)
    gone = Criterion.objects.count()
    back = services.restore_criterion(catalogue=catalogue, kept=kept)

    assert (gone, back.code, plain(back)) == (0, "how_near_is_it", {"1": {"en": "none"}})


def test_a_criterion_whose_place_is_taken_does_not_come_back(catalogue):
    kept = services.delete_own_criterion(criterion=own(catalogue))
    own(catalogue)

    with pytest.raises(CriteriaError, match=r"^criterion\.cannot_come_back$"):
        services.restore_criterion(catalogue=catalogue, kept=kept)


def test_a_criterion_does_not_come_back_into_another_catalogue(catalogue):
    kept = services.delete_own_criterion(criterion=own(catalogue))

    with pytest.raises(CriteriaError, match=r"^criterion\.cannot_come_back$"):
        services.restore_criterion(catalogue=CatalogueFactory(), kept=kept)


def test_a_criterion_of_the_guide_cannot_be_deleted(catalogue):
    criterion = CriterionFactory(catalogue=catalogue, reference_code="technology_level")

    with pytest.raises(CriteriaError, match=r"^criterion\.of_the_reference$"):
        services.delete_own_criterion(criterion=criterion)


def test_an_own_criterion_has_no_wording_to_go_back_to(catalogue):
    with pytest.raises(CriteriaError, match=r"^criterion\.not_in_the_reference$"):
        services.reset_to_reference(criterion=own(catalogue), expected_version=1)
