"""What is known on which day, and what is out of date."""

from datetime import date

import pytest

from kontor.partners.queries import known_facts, known_of
from kontor.partners.queries.own import own_facts
from kontor.partners.services import own_profile, record_fact
from tests.factories import MembershipFactory, OrganisationFactory
from tests.partners.factories import FactFactory, PartnerFactory

ON = date(2026, 6, 30)


@pytest.fixture
def partner(cluster):
    return PartnerFactory(cluster=cluster)


def known(partner, on=ON):
    return {code: (fact.value, fact.is_stale) for code, fact in known_facts(partner, on).items()}


def test_each_day_knows_what_was_true_then(partner):
    FactFactory(partner=partner, number=100, as_of=date(2025, 12, 1))
    FactFactory(partner=partner, number=120, as_of=date(2026, 6, 1))

    values = [known(partner, day) for day in (date(2025, 11, 30), date(2026, 5, 31), ON)]

    assert values == [{}, {"members_total": (100.0, False)}, {"members_total": (120.0, False)}]


@pytest.mark.parametrize(
    ("as_of", "is_stale"), [(date(2025, 6, 29), True), (date(2025, 6, 30), False), (date(2026, 6, 30), False)]
)
def test_a_fact_is_out_of_date_after_the_months_of_its_field(partner, as_of, is_stale):
    FactFactory(partner=partner, as_of=as_of)

    assert known(partner) == {"members_total": (120.0, is_stale)}


def test_what_does_not_age_is_never_out_of_date(partner):
    FactFactory(partner=partner, field="founded", number=1998, as_of=date(1999, 1, 1))

    assert known(partner) == {"founded": (1998.0, False)}


def test_of_two_facts_of_one_day_the_later_one_counts(partner):
    FactFactory(partner=partner, number=100)
    FactFactory(partner=partner, number=90)

    assert known(partner) == {"members_total": (90.0, False)}


def test_a_field_that_left_the_catalogue_is_left_out(partner):
    FactFactory(partner=partner, field="colour")

    assert known(partner) == {}


@pytest.mark.parametrize("number", [1, 3, 50])
def test_facts_of_any_number_of_partners_come_in_one_query(cluster, django_assert_num_queries, number):
    partners = PartnerFactory.create_batch(number, cluster=cluster)
    for each in partners:
        FactFactory(partner=each)

    with django_assert_num_queries(1):
        assert len(known_of(partners, ON)) == number


def test_our_own_figures_are_counted_from_the_directory(cluster):
    for kind in ("sme", "sme", "large", "research"):
        MembershipFactory(organisation=OrganisationFactory(cluster=cluster, kind=kind))

    found = own_facts(cluster, ON)

    figures = {code: fact.value for code, fact in found.items()}
    assert figures == {
        "concentration": 100.0,
        "members_total": 4.0,
        "members_sme": 2.0,
        "members_large": 1.0,
        "members_research": 1.0,
        "members_university": 0.0,
        "members_startups": 0.0,
        "partner_countries": 0.0,
    }


def test_a_company_counts_by_its_size_class_of_the_day(cluster):
    company = OrganisationFactory(cluster=cluster, kind="company")
    MembershipFactory(organisation=company)
    company.sizes.create(size="small", valid_to=date(2026, 5, 31))
    company.sizes.create(size="large", valid_from=date(2026, 6, 1))

    found = [own_facts(cluster, day) for day in (date(2026, 5, 31), ON)]

    assert [(each["members_sme"].value, each["members_large"].value) for each in found] == [
        (1.0, 0.0),
        (0.0, 1.0),
    ]


def test_what_the_directory_does_not_tell_is_taken_as_entered(cluster):
    own = own_profile(cluster=cluster)
    record_fact(partner=own, field="members_total", value=96, as_of=date(2026, 1, 1))
    record_fact(partner=own, field="budget", value=400000, as_of=date(2026, 1, 1))
    before = own_facts(cluster, ON)["members_total"].value
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster))

    found = own_facts(cluster, ON)

    assert (before, found["members_total"].value, found["budget"].value) == (96.0, 1.0, 400000.0)
    assert (found["members_total"].is_computed, found["budget"].is_computed) == (True, False)
