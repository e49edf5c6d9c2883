"""What the partner clusters tell the concept and the checklist."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from kontor.partners import services
from kontor.partners.checks import checks
from kontor.partners.evidence import EVIDENCE
from kontor.reports.model import Missing
from kontor.ui.components import PointState
from tests.factories import MembershipFactory, OrganisationFactory
from tests.partners.factories import FactFactory, PartnerFactory

ON = date(2026, 6, 30)


def cells(block):
    return [[str(cell) if cell is not None else None for cell in row] for row in block.rows]


def whole_swot(**whose):
    for kind in "swot":
        services.add_swot(kind=kind, text={"en": kind}, as_of=date(2026, 1, 1), **whose)


@pytest.fixture
def partner(cluster):
    made = services.add_partner(cluster=cluster, name="Photonics Finland", country="FI", at=date(2026, 1, 1))
    return services.set_stage(partner=made, stage="short", reason="Same technology", at=date(2026, 2, 1))


@pytest.mark.parametrize("key", sorted(EVIDENCE))
def test_an_empty_cluster_is_told_what_to_do_next(cluster, key):
    found = EVIDENCE[key](cluster, ON)

    assert (type(found), bool(str(found.next_step))) == (Missing, True)


def test_lists_are_told_as_they_were_on_the_day_with_reasons(cluster, partner):
    services.set_stage(partner=partner, stage="partner", reason="Signed", at=date(2026, 5, 1))
    stages = [EVIDENCE["partners.stages"](cluster, day) for day in (date(2026, 1, 15), date(2026, 3, 1), ON)]

    assert isinstance(stages[0], Missing)
    assert [[row[2:5:2] for row in cells(block)] for block in stages[1:]] == [
        [["Short list", "Same technology"]],
        [["Partner", "Signed"]],
    ]


def test_key_facts_stand_with_source_and_day(cluster, partner):
    FactFactory(partner=partner, as_of=date(2026, 1, 15))
    FactFactory(partner=partner, field="patents", number=7)

    found = EVIDENCE["partners.profiles"](cluster, ON)

    day = date_format(date(2026, 1, 15), "SHORT_DATE_FORMAT")
    assert cells(found) == [["Photonics Finland", "Members", "120", "Website", day]]


def test_a_fact_that_is_out_of_date_says_so(cluster, partner):
    FactFactory(partner=partner, as_of=date(2024, 1, 15))

    found = EVIDENCE["partners.profiles"](cluster, ON)

    assert cells(found)[0][2] == "120 (out of date)"


def test_the_benchmark_lays_our_own_figures_beside_the_others(cluster, partner):
    FactFactory(partner=partner)
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster))

    found = EVIDENCE["partners.benchmark"](cluster, ON)

    rows = {row[0]: row[1:] for row in cells(found)}
    assert ([str(column.title) for column in found.columns], rows["Members"]) == (
        ["Field", cluster.name, "Photonics Finland"],
        ["1", "120"],
    )


def test_a_document_of_the_other_language_speaks_it(cluster, partner):
    FactFactory(partner=partner)
    found = EVIDENCE["partners.profiles"](cluster, ON)

    with override("de"):
        assert cells(found)[0][1] == "Mitglieder"


def point(cluster):
    (check,) = checks(cluster, ON)
    return check.point, check.state


def test_point_four_follows_the_swot_of_both_sides(cluster, partner):
    states = [point(cluster)]
    whole_swot(partner=partner)
    states.append(point(cluster))
    whole_swot(cluster=cluster)
    states.append(point(cluster))
    MembershipFactory(organisation=OrganisationFactory(cluster=cluster))
    states.append(point(cluster))

    assert states == [
        (4, PointState.GAP),
        (4, PointState.RUNNING),
        (4, PointState.ALMOST),
        (4, PointState.DONE),
    ]


def test_without_a_short_list_point_four_is_open(cluster):
    PartnerFactory(cluster=cluster, stage="long")

    (check,) = checks(cluster, ON)
    assert (check.state, check.next_step) == (PointState.OPEN, "Choose a short list")
