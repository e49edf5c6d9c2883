"""A published version never changes and tells everything by itself."""

import pytest

from kontor.criteria import services
from kontor.criteria.models import CatalogueVersion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.queries import (
    FrozenCriterion,
    catalogue_of,
    criteria_of,
    latest_version,
    numbers_with,
    uses_of,
    versions_of,
)
from tests.criteria.factories import CatalogueFactory, CatalogueVersionFactory, CriterionFactory

pytestmark = pytest.mark.django_db
ANCHORS = {"1": {"de": "nie", "en": "never"}, "5": {"de": "immer", "en": "always"}}


@pytest.fixture
def catalogue(cluster):
    return CatalogueFactory(cluster=cluster)


def criterion(catalogue, **fields):
    anchors = {f"anchor_{point}": text for point, text in ANCHORS.items()}
    given = {"code": "trust", "name": {"de": "Vertrauen", "en": "Trust"}} | anchors
    return CriterionFactory(catalogue=catalogue, **(given | fields))


def test_before_the_first_version_there_is_none(cluster, catalogue):
    assert (latest_version(cluster), list(versions_of(catalogue))) == (None, [])


def test_a_cluster_without_a_catalogue_has_none(cluster):
    assert catalogue_of(cluster) is None


def test_a_version_holds_every_text_and_every_number(catalogue):
    criterion(catalogue, scale_low=1.0, scale_high=5.0, knock_out_below=2.0, source="actors.ties")

    frozen = criteria_of(services.publish_version(catalogue=catalogue))[0]

    assert frozen.as_dict() == {
        "code": "trust",
        "family": "cluster",
        "family_name": {"de": "Der Partnercluster als Ganzes", "en": "The partner cluster as a whole"},
        "reference_code": "",
        "name": {"de": "Vertrauen", "en": "Trust"},
        "meaning": {"de": "How good is it?"},
        "evidence": {},
        "scale": "points",
        "unit": {},
        "scale_low": 1.0,
        "scale_high": 5.0,
        "is_benefit": True,
        "anchors": ANCHORS,
        "source": "actors.ties",
        "knock_out_below": 2.0,
        "knock_out_above": None,
        "position": 1,
    }


def test_a_frozen_criterion_speaks_the_language_of_the_reader(catalogue):
    criterion(catalogue)

    frozen = criteria_of(services.publish_version(catalogue=catalogue))[0]

    assert (str(frozen.name), frozen.name.localize("de"), str(frozen.anchors["5"])) == (
        "Trust",
        "Vertrauen",
        "always",
    )


def test_a_frozen_criterion_comes_back_from_its_plain_data(catalogue):
    criterion(catalogue)
    frozen = criteria_of(services.publish_version(catalogue=catalogue))[0]

    assert FrozenCriterion.from_dict(frozen.as_dict()) == frozen


def test_what_a_later_kontor_has_added_to_a_version_is_passed_over(catalogue):
    criterion(catalogue)
    frozen = criteria_of(services.publish_version(catalogue=catalogue))[0]

    assert FrozenCriterion.from_dict(frozen.as_dict() | {"invented_later": 1}) == frozen


def test_a_version_is_read_without_asking_for_anything_else(catalogue, django_assert_num_queries):
    criterion(catalogue)
    version = CatalogueVersion.objects.get(pk=services.publish_version(catalogue=catalogue).pk)

    with django_assert_num_queries(0):
        assert len(criteria_of(version)) == 1


def test_later_changes_leave_a_version_as_it_is(cluster, catalogue):
    changing, going = criterion(catalogue), criterion(catalogue, code="price", name={"en": "Price"})
    version = services.publish_version(catalogue=catalogue)
    before = criteria_of(version)

    services.update_criterion(criterion=changing, expected_version=1, name={"en": "Other"}, scale="yes_no")
    services.delete_own_criterion(criterion=going)
    services.publish_version(catalogue=catalogue)

    assert criteria_of(CatalogueVersion.objects.get(pk=version.pk)) == before


def test_what_is_switched_off_is_not_published(catalogue):
    criterion(catalogue, is_active=False)
    criterion(catalogue, code="price")

    assert services.publish_version(catalogue=catalogue).codes == ["price"]


def test_versions_are_numbered_and_the_latest_is_found(cluster, catalogue, manager):
    criterion(catalogue)
    services.publish_version(catalogue=catalogue)
    criterion(catalogue, code="price")

    version = services.publish_version(catalogue=catalogue, note=" Price added ", user=manager)

    assert (version.number, version.note, version.published_by) == (2, "Price added", manager)
    assert latest_version(cluster) == version


def test_the_same_content_is_not_published_again(catalogue):
    criterion(catalogue)
    services.publish_version(catalogue=catalogue)

    with pytest.raises(CriteriaError) as refusal:
        services.publish_version(catalogue=catalogue)

    assert (refusal.value.code, refusal.value.params) == ("catalogue.nothing_new", {"number": 1})


def test_switching_off_the_first_changes_nothing_but_the_places_of_the_others(catalogue):
    first = criterion(catalogue, code="a", position=1)
    criterion(catalogue, code="b", position=2)
    services.publish_version(catalogue=catalogue)
    services.set_active(catalogue=catalogue, criteria=[first.pk], is_active=False)

    frozen = criteria_of(services.publish_version(catalogue=catalogue))

    assert [(each.code, each.position) for each in frozen] == [("b", 1)]


def test_an_empty_catalogue_is_not_published(catalogue):
    with pytest.raises(CriteriaError, match=r"^catalogue\.nothing_active$"):
        services.publish_version(catalogue=catalogue)


def test_only_what_was_looked_at_is_published(catalogue):
    criterion(catalogue)

    with pytest.raises(CriteriaError, match=r"^catalogue\.changed_meanwhile$"):
        services.publish_version(catalogue=catalogue, expected_digest="0" * 64)


def test_the_versions_of_a_criterion_are_known(catalogue):
    trust = criterion(catalogue)
    services.publish_version(catalogue=catalogue)
    services.set_active(catalogue=catalogue, criteria=[trust.pk], is_active=False)
    criterion(catalogue, code="price")
    services.publish_version(catalogue=catalogue)

    numbers = {
        code: [version.number for version in numbers_with(catalogue, code)] for code in ("trust", "price")
    }
    assert numbers == {"trust": [1], "price": [2]}


def test_a_version_knows_of_nobody_who_uses_it_yet():
    assert uses_of(CatalogueVersionFactory()) == []
