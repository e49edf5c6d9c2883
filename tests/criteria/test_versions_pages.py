"""Publishing and comparing versions on the page."""

import pytest
from django.urls import reverse

from kontor.criteria import services
from kontor.criteria.comparison import What, changes
from kontor.criteria.models import CatalogueVersion
from kontor.criteria.queries import content_now, criteria_of
from tests.criteria.factories import CatalogueFactory, CatalogueVersionFactory, CriterionFactory

pytestmark = pytest.mark.django_db


def url(name, cluster, argument="partners"):
    return reverse(f"criteria:{name}", args=[cluster.slug, argument])


@pytest.fixture
def catalogue(cluster):
    return CatalogueFactory(cluster=cluster)


def published(catalogue):
    return criteria_of(services.publish_version(catalogue=catalogue))


def told(found):
    return [(change.what, change.criterion.code) for change in found]


def test_the_first_version_is_published_with_its_note(cluster, catalogue, manager_client, manager):
    CriterionFactory(catalogue=catalogue)
    digest = manager_client.get(url("publish", cluster)).context["digest"]

    manager_client.post(url("publish", cluster), {"note": "Study 2027", "digest": digest})

    version = CatalogueVersion.objects.get()
    assert (version.number, version.note, version.published_by) == (1, "Study 2027", manager)


def test_what_somebody_changed_meanwhile_is_looked_at_first(cluster, catalogue, manager_client):
    CriterionFactory(catalogue=catalogue)
    digest = manager_client.get(url("publish", cluster)).context["digest"]
    CriterionFactory(catalogue=catalogue)

    response = manager_client.post(url("publish", cluster), {"note": "My note", "digest": digest})

    assert (response.status_code, CatalogueVersion.objects.count()) == (409, 0)
    assert (b"My note" in response.content, response.context["digest"] != digest) == (True, True)


def test_publishing_nothing_new_is_answered_in_a_sentence(cluster, catalogue, manager_client):
    CatalogueVersionFactory(catalogue=catalogue)

    response = manager_client.post(url("publish", cluster), {"note": ""})

    assert (response.status_code, response.context["problem"]) == (
        409,
        "Nothing has changed since version 1, so there is nothing to publish.",
    )


def test_an_empty_catalogue_says_so_instead_of_a_button(cluster, catalogue, manager_client):
    CriterionFactory(catalogue=catalogue, is_active=False)

    response = manager_client.get(url("publish", cluster))

    assert "There is nothing to publish: no criterion is in use." in response.content.decode()


def test_the_overview_says_how_much_is_not_published_yet(cluster, catalogue, manager_client):
    CatalogueVersionFactory(catalogue=catalogue)
    CriterionFactory(catalogue=catalogue)

    step = manager_client.get(reverse("criteria:overview", args=[cluster.slug])).context["step"]

    assert step.sentence == "1 criterion differs from version 1. Studies see it once you publish."


def test_the_comparison_tells_what_came_went_and_changed(catalogue):
    kept, going = (CriterionFactory(catalogue=catalogue, code=code) for code in ("kept", "going"))
    old = published(catalogue)
    services.delete_own_criterion(criterion=going)
    services.update_criterion(
        criterion=kept,
        expected_version=1,
        knock_out_below=2.0,
        evidence={"de": "Ein Brief", "en": "A letter"},
    )
    CriterionFactory(catalogue=catalogue, code="coming")

    found = changes(old, published(catalogue))

    assert told(found) == [(What.CHANGED, "kept"), (What.ADDED, "coming"), (What.REMOVED, "going")]
    assert [(detail.label, detail.current, detail.yours) for detail in found[0].details] == [
        ("What would show it (German)", "–", "Ein Brief"),
        ("What would show it (English)", "–", "A letter"),
        ("Candidate is out", "–", "below 2"),
    ]


def test_a_change_of_scale_is_told_in_words(catalogue):
    criterion = CriterionFactory(
        catalogue=catalogue, code="near", anchor_1={"en": "far"}, source="countries.distance"
    )
    old = published(catalogue)
    services.update_criterion(
        criterion=criterion,
        expected_version=1,
        scale="number",
        unit={"en": "km"},
        scale_low=0.0,
        scale_high=2500.0,
        is_benefit=False,
        source="",
    )

    found = changes(old, published(catalogue))[0]

    assert [(detail.label, detail.current, detail.yours) for detail in found.details] == [
        ("Unit (English)", "–", "km"),
        ("Scale", "Points from 1 to 5", "Number"),
        ("Scale runs from", "1 to 5", "0\u00a0km to 2,500\u00a0km"),
        ("Direction", "more is better", "less is better"),
        ("1 point (English)", "far", "–"),
        ("Filled from", "Figures of the country: Distance from our country in km (CEPII)", "–"),
    ]


def test_only_what_left_its_order_counts_as_moved(catalogue):
    found = {code: CriterionFactory(catalogue=catalogue, code=code) for code in "abcde"}
    old = published(catalogue)
    services.move_criterion(criterion=found["e"], step="top")

    assert told(changes(old, published(catalogue))) == [(What.MOVED, "e")]


def test_the_same_content_differs_in_nothing(catalogue):
    CriterionFactory.create_batch(3, catalogue=catalogue)

    assert changes(published(catalogue), criteria_of(catalogue.versions.get())) == ()


def test_a_change_of_place_alone_is_not_the_same_content(catalogue):
    CriterionFactory(catalogue=catalogue)
    before = content_now(catalogue)
    services.move_criterion(criterion=CriterionFactory(catalogue=catalogue), step="top")

    assert content_now(catalogue)[0] != before[0]


def test_without_a_choice_a_version_is_laid_beside_the_one_before(cluster, catalogue, manager_client):
    first = CatalogueVersionFactory(catalogue=catalogue)
    second = CatalogueVersionFactory(catalogue=catalogue, criteria=1)

    context = manager_client.get(url("compare", cluster, second.pk)).context

    assert (context["other"], len(context["changes"]), context["first"], context["second"]) == (
        first,
        1,
        1,
        2,
    )


def test_the_first_version_is_laid_beside_today(cluster, catalogue, manager_client):
    version = CatalogueVersionFactory(catalogue=catalogue)
    CriterionFactory(catalogue=catalogue)

    context = manager_client.get(url("compare", cluster, version.pk)).context

    assert (context["other"], told(context["changes"])[0][0]) == (None, What.ADDED)


def test_the_earlier_version_is_always_the_one_before(cluster, catalogue, manager_client):
    first = CatalogueVersionFactory(catalogue=catalogue)
    second = CatalogueVersionFactory(catalogue=catalogue, criteria=1)

    context = manager_client.get(url("compare", cluster, first.pk), {"with": second.pk}).context

    assert [change.what for change in context["changes"]] == [What.ADDED]


@pytest.mark.parametrize("wanted", ["nonsense", "999999", "-1"])
def test_a_version_that_does_not_exist_is_compared_with_nothing(cluster, catalogue, manager_client, wanted):
    version = CatalogueVersionFactory(catalogue=catalogue)

    assert manager_client.get(url("compare", cluster, version.pk), {"with": wanted}).status_code == 404


def test_a_version_of_another_cluster_is_compared_with_nothing(cluster, catalogue, manager_client):
    version, foreign = CatalogueVersionFactory(catalogue=catalogue), CatalogueVersionFactory()

    assert manager_client.get(url("compare", cluster, version.pk), {"with": foreign.pk}).status_code == 404


def test_a_version_is_read_as_it_was(cluster, catalogue, manager_client):
    criterion = CriterionFactory(catalogue=catalogue, name={"en": "Trust"})
    version = CatalogueVersionFactory(catalogue=catalogue, criteria=0, note="Study 2027")
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Other"}, family="own")

    families = manager_client.get(url("version", cluster, version.pk)).context["families"]

    assert [(str(each.name), [str(said.criterion.name) for said in each.criteria]) for each in families] == [
        ("The partner cluster as a whole", ["Trust"])
    ]
