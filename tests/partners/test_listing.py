"""The list: filters with counts, staleness, order."""

from datetime import date

import pytest

from kontor.partners.queries import PartnerFilter, listing
from kontor.partners.queries.listing import FRESH, STALE, THIN
from kontor.partners.services import own_profile
from tests.partners.factories import FactFactory, PartnerFactory

ON = date(2026, 6, 30)


def names(cluster, on=ON, **wanted):
    chosen = {key: frozenset(values) for key, values in wanted.pop("chosen", {}).items()}
    return [row.name for row in listing(cluster, PartnerFilter(chosen=chosen, **wanted), on).rows]


@pytest.fixture
def three(cluster):
    first = PartnerFactory(
        cluster=cluster, name="Alpha", country="FI", stage="short", search_key="alpha oulu"
    )
    second = PartnerFactory(cluster=cluster, name="Beta", country="FI", stage="long", search_key="beta turku")
    third = PartnerFactory(cluster=cluster, name="Gamma", country="SE", stage="long", search_key="gamma lund")
    return first, second, third


def test_our_own_cluster_and_merged_profiles_are_not_listed(cluster, three):
    own_profile(cluster=cluster)
    PartnerFactory(cluster=cluster, merged_into=three[0])
    PartnerFactory()

    assert names(cluster) == ["Alpha", "Beta", "Gamma"]


def test_within_a_facet_any_value_suffices_and_between_facets_all_must_hold(cluster, three):
    assert names(cluster, chosen={"stage": ["short", "long"], "country": ["FI"]}) == ["Alpha", "Beta"]


def test_a_chip_counts_what_pressing_it_would_show(cluster, three):
    found = listing(cluster, PartnerFilter(chosen={"country": frozenset(["FI"])}), ON)

    assert (dict(found.counts["stage"]), dict(found.counts["country"])) == (
        {"short": 1, "long": 1},
        {"FI": 2, "SE": 1},
    )


def test_words_are_searched_in_any_order(cluster, three):
    assert names(cluster, q="OULU alpha") == ["Alpha"]


def test_known_and_out_of_date_fields_are_counted_by_their_newest_fact(cluster, three):
    FactFactory(partner=three[0], as_of=date(2024, 1, 1))
    FactFactory(partner=three[0], as_of=date(2026, 1, 1))
    FactFactory(partner=three[0], field="founded", number=1998, as_of=date(2001, 1, 1))
    FactFactory(partner=three[0], field="budget", number=1, as_of=date(2024, 1, 1))
    FactFactory(partner=three[0], field="colour", as_of=date(2024, 1, 1))

    rows = {row.name: (row.known, row.stale) for row in listing(cluster, PartnerFilter(), ON).rows}

    assert rows == {"Alpha": (3, 1), "Beta": (0, 0), "Gamma": (0, 0)}


def test_time_alone_makes_a_profile_go_out_of_date(cluster, three):
    FactFactory(partner=three[0], as_of=date(2026, 1, 15))

    stale = [
        names(cluster, on=day, chosen={"state": [STALE]}) for day in (date(2027, 1, 15), date(2027, 1, 16))
    ]

    assert stale == [[], ["Alpha"]]


def test_a_profile_of_which_little_is_known_is_told_apart(cluster, three):
    for number, code in enumerate(
        (
            "founded",
            "budget",
            "team_fte",
            "members_total",
            "members_sme",
            "patents",
            "employees",
            "export_share",
        )
    ):
        FactFactory(partner=three[0], field=code, number=number + 1)
    for code in ("secured_until", "private_share", "research_share", "manager_years"):
        FactFactory(partner=three[0], field=code, number=3)

    assert (names(cluster, chosen={"state": [FRESH]}), names(cluster, chosen={"state": [THIN]})) == (
        ["Alpha"],
        ["Beta", "Gamma"],
    )


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Alpha", "Beta", "Gamma"]),
        ("-name", ["Gamma", "Beta", "Alpha"]),
        ("members", ["Gamma", "Alpha", "Beta"]),
        ("-members", ["Alpha", "Gamma", "Beta"]),
        ("nonsense", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_what_is_not_known_comes_last_either_way(cluster, three, sort, order):
    FactFactory(partner=three[0], number=200)
    FactFactory(partner=three[2], number=50)

    assert names(cluster, sort=sort) == order


def test_labels_are_chips_too(cluster, three):
    FactFactory(partner=three[1], field="label", number=None, choices=["gold"])

    found = listing(cluster, PartnerFilter(), ON)

    assert (dict(found.counts["label"]), names(cluster, chosen={"label": ["gold"]})) == (
        {"gold": 1},
        ["Beta"],
    )


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_list_asks_two_queries_for_any_number(cluster, django_assert_num_queries, number):
    for partner in PartnerFactory.create_batch(number, cluster=cluster):
        FactFactory(partner=partner)

    with django_assert_num_queries(2):
        assert len(listing(cluster, PartnerFilter(), ON).rows) == number
