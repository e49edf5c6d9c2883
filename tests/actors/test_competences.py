"""The taxonomy: start list, own entries, holders."""

from __future__ import annotations

from datetime import date

import pytest
from i18nfield.strings import LazyI18nString

from kontor.actors.errors import ActorError
from kontor.actors.models import Competence
from kontor.actors.queries.composition import by_competence
from kontor.actors.queries.taxonomy import taxonomy
from kontor.actors.services import competence as services
from tests.factories import CompetenceFactory, MembershipFactory, OrganisationCompetenceFactory

TODAY = date(2026, 11, 21)


def test_loading_the_start_list_twice_adds_nothing_the_second_time(cluster):
    first = services.load_start_competences(cluster=cluster)

    assert (first > 50, services.load_start_competences(cluster=cluster)) == (True, 0)


def test_every_start_competence_speaks_german_and_english(cluster):
    services.load_start_competences(cluster=cluster)

    names = [entry.name.data for entry in Competence.objects.filter(cluster=cluster)]
    assert [name for name in names if not (name.get("de") and name.get("en"))] == []


def test_own_entries_of_the_same_name_get_codes_of_their_own(cluster):
    name = LazyI18nString({"de": "Tiefsee", "en": "Deep sea"})

    codes = [services.create_competence(cluster=cluster, name=name).code for _ in range(2)]

    assert codes == ["own.deep_sea", "own.deep_sea_2"]


def test_an_entry_cannot_stand_below_itself(cluster):
    above = CompetenceFactory(cluster=cluster)
    below = CompetenceFactory(cluster=cluster, parent=above)

    with pytest.raises(ActorError) as refused:
        services.update_competence(competence=above, expected_version=1, parent=below)

    assert refused.value.code == "competence.circle"


def test_an_entry_in_use_cannot_be_deleted(cluster):
    held = OrganisationCompetenceFactory(organisation__cluster=cluster)

    with pytest.raises(ActorError) as refused:
        services.delete_competence(competence=held.competence)

    assert refused.value.code == "competence.in_use"


def test_a_holder_counts_once_in_the_field_above(cluster):
    field = CompetenceFactory(cluster=cluster)
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    for child in CompetenceFactory.create_batch(2, cluster=cluster, parent=field):
        OrganisationCompetenceFactory(organisation=firm, competence=child)

    assert [(node.pk, count) for node, count in by_competence(cluster, TODAY)] == [(field.pk, 1)]


def test_the_taxonomy_is_searched_in_both_languages(cluster):
    wanted = CompetenceFactory(cluster=cluster, name=LazyI18nString({"de": "Kälte", "en": "Cooling"}))
    CompetenceFactory(cluster=cluster, name="Wind")

    found = [taxonomy(cluster).found(query) for query in ("kaelte", "Kalte", "cool")]

    assert [[node.pk for node in nodes] for nodes in found] == [[wanted.pk]] * 3
