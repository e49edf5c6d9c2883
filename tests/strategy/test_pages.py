"""The pages of the concept, as people use them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.strategy.models import ConceptVersion, SectionText
from kontor.strategy.services import begin_concept, freeze_version, set_published, write_section
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def section_url(cluster):
    return reverse("strategy:section", args=[cluster.slug, "vision", "en"])


@pytest.fixture
def version(cluster) -> ConceptVersion:
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster))
    return freeze_version(concept=begin_concept(cluster=cluster), label="Board", note="", user=None)


def test_a_section_is_written_with_a_plain_form(manager_client, section_url):
    manager_client.post(section_url, {"body": "We measure **everything**.", "version": "0"})

    assert SectionText.objects.get().body == "We measure **everything**."


def test_the_text_stands_in_the_document(manager_client, cluster, section_url):
    manager_client.post(section_url, {"body": "We measure **everything**.", "version": "0"})

    page = manager_client.get(reverse("strategy:document", args=[cluster.slug, "en"])).content.decode()
    assert "We measure <strong>everything</strong>." in page


def test_html_in_a_text_stays_text(manager_client, cluster, section_url):
    manager_client.post(section_url, {"body": "<script>alert(1)</script>", "version": "0"})

    page = manager_client.get(reverse("strategy:document", args=[cluster.slug, "en"])).content.decode()
    assert "<script>alert" not in page


def test_the_second_writer_keeps_the_words_and_sees_the_others(manager_client, cluster, section_url):
    concept = begin_concept(cluster=cluster)
    write_section(
        concept=concept, section="vision", language="en", body="Theirs.", user=None, expected_version=0
    )

    response = manager_client.post(section_url, {"body": "Mine.", "version": "0"})

    page = response.content.decode()
    assert (response.status_code, "Theirs." in page, "Mine." in page) == (409, True, True)


def test_after_the_conflict_saving_again_goes_through(manager_client, cluster, section_url):
    concept = begin_concept(cluster=cluster)
    write_section(
        concept=concept, section="vision", language="en", body="Theirs.", user=None, expected_version=0
    )
    manager_client.post(section_url, {"body": "Mine.", "version": "0"})

    manager_client.post(section_url, {"body": "Mine.", "version": "1"})

    assert SectionText.objects.get().body == "Mine."


def test_a_version_shows_what_has_changed_since(manager_client, cluster, version):
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster, kind="large"))

    response = manager_client.get(reverse("strategy:version", args=[cluster.slug, 1, "en"]))

    assert [bool(response.context["stale_figures"] or response.context["stale_tables"])] == [True]


def test_a_fresh_version_has_nothing_stale(manager_client, cluster, version):
    response = manager_client.get(reverse("strategy:version", args=[cluster.slug, 1, "en"]))

    assert (response.context["stale_figures"], response.context["stale_tables"]) == ((), ())


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("docx", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04"), ("pdf", b"%PDF-"), ("html", b"<!doctype")],
)
def test_the_draft_comes_as_a_file(manager_client, cluster, version, kind, begins):
    response = manager_client.get(reverse("strategy:download", args=[cluster.slug, "de", kind]))

    assert response.content[: len(begins)].lower() == begins.lower()


def test_the_word_file_is_a_sound_archive(manager_client, cluster, version):
    response = manager_client.get(reverse("strategy:version-download", args=[cluster.slug, 1, "de", "docx"]))

    assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None


@pytest.mark.parametrize("kind", [RoleKind.PARTNER, RoleKind.FUNDER, RoleKind.MEMBER])
def test_guests_read_published_versions_only(client_of, key_to, cluster, version, kind):
    client = client_of(key_to(kind))
    url = reverse("strategy:version", args=[cluster.slug, 1, "en"])
    closed = client.get(url).status_code
    set_published(version=version, is_published=True)

    assert (closed, client.get(url).status_code) == (403, 200)


def test_comparison_names_the_section_that_changed(manager_client, cluster, version, section_url):
    manager_client.post(section_url, {"body": "A new thought.", "version": "0"})

    response = manager_client.get(reverse("strategy:compare", args=[cluster.slug, "en"]))

    assert "vision" in {change.code for change in response.context["comparison"].sections}


@pytest.mark.parametrize("asked", ["old=99&new=now", "old=x&new=now", "old=1&new=-1"])
def test_comparison_of_what_is_not_there_is_not_found(manager_client, cluster, version, asked):
    response = manager_client.get(f"{reverse('strategy:compare', args=[cluster.slug, 'en'])}?{asked}")

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_the_same_queries_for_any_number_of_versions(
    manager_client, cluster, count, django_assert_num_queries
):
    concept = begin_concept(cluster=cluster)
    for _ in range(count):
        freeze_version(concept=concept, label="", note="", user=None)
    url = reverse("strategy:overview", args=[cluster.slug])
    manager_client.get(url)

    with django_assert_num_queries(6):
        manager_client.get(url)
