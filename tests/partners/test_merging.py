"""Profiles that mean the same cluster."""

from datetime import date

import pytest

from kontor.imports.duplicates import NameEntry
from kontor.partners import services
from kontor.partners.models import Partner
from kontor.partners.problems import PartnerError
from kontor.partners.queries import known_facts, look_alikes, partners_of, same_pairs, standing
from tests.factories import CompetenceFactory
from tests.partners.factories import FactFactory, PartnerCompetenceFactory, PartnerFactory

ON = date(2026, 6, 30)


@pytest.fixture
def two(cluster):
    first = PartnerFactory(cluster=cluster, name="Photonics Finland ry", city="", website="")
    second = PartnerFactory(
        cluster=cluster, name="Photonics Finland", city="Joensuu", website="https://photonics.fi"
    )
    return first, second


def test_similar_names_are_proposed_with_reasons(cluster, two):
    PartnerFactory(cluster=cluster, name="Minalogic", country="FR")

    pairs = same_pairs(cluster)

    assert [(pair.first, pair.second) for pair in pairs] == [two]


def test_two_names_with_one_website_are_proposed(cluster):
    first = PartnerFactory(cluster=cluster, name="Fotoniikka Suomi", website="https://www.photonics.fi/fi")
    second = PartnerFactory(cluster=cluster, name="Optics North", website="https://photonics.fi")

    assert [(pair.first, pair.second, pair.reasons) for pair in same_pairs(cluster)] == [
        (first, second, ("duplicate.same_website",))
    ]


def test_what_is_about_to_be_added_is_compared_with_what_is_there(cluster, two):
    found = look_alikes(cluster, NameEntry("new", "PHOTONICS FINLAND"))

    assert {partner for partner, _proposal in found} == set(two)


def test_pairs_kept_apart_are_not_proposed_again_until_that_is_taken_back(cluster, two):
    pairs = services.keep_apart(partners=two)
    apart = same_pairs(cluster)

    services.forget_apart(cluster=cluster, pairs=pairs)

    assert (apart, len(same_pairs(cluster))) == ([], 1)


def test_a_merge_moves_what_is_known_and_fills_what_is_empty(cluster, two):
    kept, other = two
    FactFactory(partner=other, number=250)

    services.merge_partners(kept=kept, other=other)

    kept.refresh_from_db()
    other.refresh_from_db()
    assert (known_facts(kept, ON)["members_total"].value, kept.website) == (250.0, "https://photonics.fi")
    assert (list(partners_of(cluster)), standing(other)) == ([kept], kept)


def test_of_one_competence_the_kept_profile_knows_better(cluster, two):
    competence = CompetenceFactory(cluster=cluster)
    PartnerCompetenceFactory(partner=two[0], competence=competence, level=2)
    PartnerCompetenceFactory(partner=two[1], competence=competence, level=5)

    services.merge_partners(kept=two[0], other=two[1])

    assert list(two[0].competences.values_list("level", flat=True)) == [2]


def test_a_merge_is_taken_back_to_the_last_fact(cluster, two):
    kept, other = two
    own, brought = FactFactory(partner=kept), FactFactory(partner=other)
    services.merge_partners(kept=kept, other=other)
    later = FactFactory(partner=kept)

    services.part_again(partner=other)

    kept.refresh_from_db()
    assert ({*kept.facts.all()}, {*other.facts.all()}) == ({own, later}, {brought})
    assert (kept.city, kept.website, partners_of(cluster).count()) == ("", "", 2)


def test_what_somebody_changed_after_a_merge_stays_when_it_is_taken_back(two):
    kept = services.merge_partners(kept=two[0], other=two[1])
    services.update_partner(partner=kept, expected_version=kept.version, city="Helsinki")

    services.part_again(partner=two[1])

    assert Partner.objects.get(pk=kept.pk).city == "Helsinki"


def test_chains_of_merges_end_at_one_profile(cluster, two):
    third = PartnerFactory(cluster=cluster)
    services.merge_partners(kept=two[0], other=two[1])
    services.merge_partners(kept=third, other=two[0])
    ends = set(Partner.objects.filter(merged_into__isnull=False).values_list("merged_into", flat=True))

    services.part_again(partner=Partner.objects.get(pk=two[0].pk))

    assert ends == {third.pk}
    assert Partner.objects.get(pk=two[1].pk).merged_into == two[0]


@pytest.mark.parametrize("case", ["itself", "own", "another cluster", "merged"])
def test_what_cannot_be_merged_is_refused(cluster, two, case):
    other = {
        "itself": lambda: two[0],
        "own": lambda: services.own_profile(cluster=cluster),
        "another cluster": PartnerFactory,
        "merged": lambda: PartnerFactory(cluster=cluster, merged_into=two[1]),
    }[case]()

    with pytest.raises(PartnerError) as refused:
        services.merge_partners(kept=two[0], other=other)

    assert refused.value.code == "profile.cannot_merge"


def test_a_profile_that_stands_by_itself_cannot_be_parted(two):
    with pytest.raises(PartnerError) as refused:
        services.part_again(partner=two[0])

    assert refused.value.code == "profile.not_merged"
