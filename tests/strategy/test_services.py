"""Writing, freezing and what happens when two write at once."""

from __future__ import annotations

import pytest

from kontor.accounts.services import EditConflict
from kontor.reports.stored import from_json
from kontor.strategy.models import SectionText
from kontor.strategy.services import begin_concept, freeze_version, write_section
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(concept, body, *, expected_version=0, language="en"):
    return write_section(
        concept=concept,
        section="vision",
        language=language,
        body=body,
        user=UserFactory(),
        expected_version=expected_version,
    )


def test_the_second_of_two_first_writers_is_told(cluster):
    concept = begin_concept(cluster=cluster)
    write(concept, "First.")

    with pytest.raises(EditConflict):
        write(concept, "Second.")
    assert SectionText.objects.get().body == "First."


def test_the_second_of_two_editors_is_told(cluster):
    concept = begin_concept(cluster=cluster)
    first = write(concept, "First.")
    write(concept, "Second.", expected_version=first.version)

    with pytest.raises(EditConflict):
        write(concept, "Third.", expected_version=first.version)
    assert SectionText.objects.get().body == "Second."


def test_a_concept_is_begun_once(cluster):
    assert begin_concept(cluster=cluster) == begin_concept(cluster=cluster)


def test_versions_are_numbered_from_one(cluster):
    concept = begin_concept(cluster=cluster)
    numbers = [freeze_version(concept=concept, label="", note="", user=None).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_a_frozen_version_keeps_its_figures(cluster):
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster))
    version = freeze_version(concept=begin_concept(cluster=cluster), label="", note="", user=None)
    before = from_json(version.reports["en"])
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster, kind="large"))
    version.refresh_from_db()

    assert from_json(version.reports["en"]) == before


def test_a_version_is_frozen_in_every_language_of_the_cluster(cluster):
    version = freeze_version(concept=begin_concept(cluster=cluster), label="", note="", user=None)

    assert sorted(version.reports) == ["de", "en"]
