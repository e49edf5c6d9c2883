"""Complementarity, members who gain, needs that are answered, and what a study can fill in."""

from datetime import date

import pytest

from kontor.partners.queries.fit import (
    candidates,
    complementarity_of,
    looked_for,
    members_gaining,
    needs_answered,
)
from kontor.partners.queries.levels import LevelProfile, axes, own_levels
from kontor.partners.queries.sourced import Sources, source_value
from kontor.partners.services import record_fact
from tests.factories import (
    CompetenceFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationCompetenceFactory,
    OrganisationFactory,
    ParticipationFactory,
    SiteFactory,
    TieFactory,
)
from tests.partners.factories import PartnerCompetenceFactory, PartnerFactory, PartnerNeedFactory

ON = date(2026, 6, 30)


@pytest.fixture
def fields(cluster):
    """Return photonics with lidar, lasers and fibres below it, and robotics."""
    photonics = CompetenceFactory(cluster=cluster, name="Photonics")
    return {
        "photonics": photonics,
        "lidar": CompetenceFactory(cluster=cluster, name="Lidar", parent=photonics),
        "lasers": CompetenceFactory(cluster=cluster, name="Lasers", parent=photonics),
        "fibres": CompetenceFactory(cluster=cluster, name="Fibres", parent=photonics),
        "robotics": CompetenceFactory(cluster=cluster, name="Robotics"),
    }


@pytest.fixture
def partner(cluster):
    return PartnerFactory(cluster=cluster, country="FI", stage="short")


def member(cluster, name="M", **levels):
    organisation = OrganisationFactory(cluster=cluster, name=name)
    MembershipFactory(organisation=organisation)
    for competence, level in levels.values():
        OrganisationCompetenceFactory(organisation=organisation, competence=competence, level=level)
    return organisation


def able(partner, competence, level):
    return PartnerCompetenceFactory(partner=partner, competence=competence, level=level)


def test_a_level_below_counts_for_what_stands_above_and_a_claim_above_for_what_is_below(cluster, fields):
    tree = own_levels(cluster, ON).tree
    fine = LevelProfile(tree, {fields["lidar"].pk: 4})
    coarse = LevelProfile(tree, {fields["photonics"].pk: 2})

    keys = [fields[name].pk for name in ("photonics", "lidar", "lasers", "robotics")]
    assert [list(map(fine.at, keys)), list(map(coarse.at, keys))] == [[4, 4, 0, 0], [2, 2, 2, 0]]


def test_profiles_are_compared_as_finely_as_the_partner_is_known(cluster, fields):
    tree = own_levels(cluster, ON).tree
    theirs = LevelProfile(tree, {fields["photonics"].pk: 4})
    ours = LevelProfile(tree, {fields["lidar"].pk: 3, fields["robotics"].pk: 5})

    assert axes(theirs, ours) == [fields["photonics"].pk]


def test_of_our_own_competences_those_in_the_fields_of_the_partner_are_compared(cluster, fields):
    tree = own_levels(cluster, ON).tree
    theirs = LevelProfile(tree, {fields["lasers"].pk: 4})
    ours = LevelProfile(tree, {fields["lidar"].pk: 3, fields["robotics"].pk: 5})

    assert axes(theirs, ours) == [fields["lasers"].pk, fields["lidar"].pk]


def test_our_level_is_the_mean_of_those_who_have_it(cluster, fields):
    for level in (5, 3, 2):
        member(cluster, a=(fields["lasers"], level))

    assert own_levels(cluster, ON).usual.held == {fields["lasers"].pk: 3.3}


def test_each_side_is_told_what_it_has_lacks_and_shares(cluster, fields, partner):
    member(cluster, a=(fields["lasers"], 1), b=(fields["fibres"], 5), c=(fields["lidar"], 4))
    able(partner, fields["lasers"], 4)
    able(partner, fields["lidar"], 4)

    fit = complementarity_of(partner, ON)

    assert [[line.name for line in lines] for lines in (fit.they_have, fit.shared, fit.we_offer)] == [
        ["Lasers"],
        ["Lidar"],
        ["Fibres"],
    ]
    # We lack 4 + 1 + 0 up to level 5, they fill 3 of it; they lack 1 + 1 + 5, we fill 5.
    assert (fit.complementarity, fit.offer) == (pytest.approx(3 / 5), pytest.approx(5 / 7))
    assert fit.overlap == pytest.approx((1 + 4 + 0) / (4 + 4 + 5))


@pytest.mark.parametrize("lacking", ["ours", "theirs"])
def test_without_levels_on_one_side_nothing_is_said(cluster, fields, partner, lacking):
    if lacking == "theirs":
        member(cluster, a=(fields["lasers"], 1))
    else:
        able(partner, fields["lasers"], 4)

    assert complementarity_of(partner, ON) is None
    assert source_value(partner, "partners.complementarity", ON) is None


def test_members_gain_in_their_own_field_and_are_named(cluster, fields, partner):
    member(cluster, "Laserwerk", a=(fields["lasers"], 1))
    member(cluster, "Robotik AG", a=(fields["robotics"], 1))
    member(cluster, "Optik GmbH", a=(fields["lidar"], 3))
    member(cluster, "Laserinstitut", a=(fields["lasers"], 4))
    able(partner, fields["lasers"], 5)

    gains = members_gaining(partner, ON)

    assert [(gain.name, [(line.name, line.ours, line.theirs) for line in gain.lines]) for gain in gains] == [
        ("Optik GmbH", [("Lasers", 0, 5)]),
        ("Laserwerk", [("Lasers", 1, 5)]),
    ]


def test_what_the_partner_looks_for_is_marked(cluster, fields, partner):
    member(cluster, a=(fields["fibres"], 5), b=(fields["lidar"], 5))
    able(partner, fields["lasers"], 4)
    PartnerNeedFactory(partner=partner, statement="Wir suchen Fibresensoren")

    (found,) = candidates(cluster, ON, [partner])

    assert looked_for(found) == {fields["fibres"].pk}


def test_former_members_and_former_levels_count_no_more(cluster, fields, partner):
    former = OrganisationFactory(cluster=cluster)
    MembershipFactory(organisation=former, valid_to=date(2026, 6, 29))
    OrganisationCompetenceFactory(organisation=former, competence=fields["lasers"], level=1)
    able(partner, fields["lasers"], 5)

    assert (members_gaining(partner, ON), len(members_gaining(partner, date(2026, 6, 29)))) == ((), 1)


def test_a_need_is_answered_by_the_words_of_a_competence(cluster, fields, partner):
    organisation = member(cluster)
    topic = NeedTopicFactory(cluster=cluster, name="Skilled staff")
    need = NeedFactory(
        organisation=organisation, topic=topic, kind="staff", statement="Wir brauchen Lidarsensoren"
    )
    NeedFactory(organisation=organisation, topic=topic, kind="staff", statement="Lidar sensors", country="FR")
    NeedFactory(organisation=organisation, topic=topic, kind="staff", statement="People who weld")
    able(partner, fields["lidar"], 3)
    able(partner, fields["lasers"], 2)

    answers = needs_answered(partner, ON)

    assert [(each.need, each.competences) for each in answers.needs] == [(need, (fields["lidar"].pk,))]


@pytest.mark.parametrize(
    ("kind", "country", "offers", "is_answered"),
    [
        ("market", "FI", [], True),
        ("market", "", [], False),
        ("market", "SE", [], False),
        ("staff", "FI", [], False),
        ("staff", "FI", ["staff"], True),
        ("staff", "", ["staff"], False),
    ],
)
def test_country_and_offers_answer_needs_too(cluster, partner, kind, country, offers, is_answered):
    topic = NeedTopicFactory(cluster=cluster, name="x")
    NeedFactory(organisation=member(cluster), topic=topic, kind=kind, country=country, statement="x")
    if offers:
        record_fact(partner=partner, field="offers", value=offers, as_of=ON)

    assert bool(needs_answered(partner, ON).needs) == is_answered


def test_needs_of_fewer_than_three_members_are_not_counted_for_everybody(cluster, partner):
    topic = NeedTopicFactory(cluster=cluster)
    shown = []
    for number in range(3):
        NeedFactory(organisation=member(cluster, f"M{number}"), topic=topic, kind="market", country="FI")
        shown.append((needs_answered(partner, ON).number, source_value(partner, "needs.answered", ON)))

    assert [(number, value and value.value) for number, value in shown] == [(1, None), (2, None), (3, 3)]


def test_a_merged_profile_answers_as_the_one_it_was_merged_into(cluster, fields, partner):
    member(cluster, a=(fields["lasers"], 1))
    able(partner, fields["lasers"], 5)
    record_fact(partner=partner, field="members_total", value=120, as_of=ON)
    old = PartnerFactory(cluster=cluster, merged_into=partner)

    assert source_value(old, "partners.fact.members_total", ON).value == 120
    assert complementarity_of(old, ON) == complementarity_of(partner, ON)


def test_candidates_come_best_complement_first(cluster, fields):
    member(cluster, a=(fields["robotics"], 5))
    weak, strong, unknown = (PartnerFactory(cluster=cluster, name=name, stage="long") for name in "ABC")
    able(weak, fields["lasers"], 2)
    able(strong, fields["lasers"], 5)
    PartnerFactory(cluster=cluster, stage="lead")

    assert [each.partner for each in candidates(cluster, ON)] == [strong, weak, unknown]


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_overview_asks_the_same_queries_for_any_number(
    cluster, fields, django_assert_num_queries, number
):
    organisation = member(cluster, a=(fields["robotics"], 5))
    NeedFactory(organisation=organisation, topic=NeedTopicFactory(cluster=cluster))
    for each in PartnerFactory.create_batch(number, cluster=cluster, stage="long"):
        able(each, fields["lasers"], 4)

    with django_assert_num_queries(7):
        assert len(candidates(cluster, ON)) == number


def test_sources_fill_a_whole_table_from_what_is_read_once(cluster, fields, django_assert_max_num_queries):
    member(cluster, a=(fields["robotics"], 5))
    partners = PartnerFactory.create_batch(20, cluster=cluster, stage="long")
    for each in partners:
        able(each, fields["lasers"], 4)
    keys = ("partners.complementarity", "partners.overlap", "partners.members_gaining", "needs.answered")

    with django_assert_max_num_queries(6):
        sources = Sources(cluster, ON, partners)
        values = [sources.value(each, key).value for each in partners for key in keys]

    assert len(values) == 80


def test_a_fact_brings_its_source_and_day_along(partner):
    record_fact(partner=partner, field="label", value="gold", source="ESCA", as_of=date(2026, 1, 1))

    found = source_value(partner, "partners.fact.label", ON)

    assert (found.value, found.source, found.as_of) == (3.0, "ESCA", date(2026, 1, 1))


@pytest.mark.parametrize(
    "key", ["partners.fact.members_total", "partners.fact.nonsense", "countries.distance", ""]
)
def test_what_is_not_known_or_not_ours_is_nothing(partner, key):
    assert source_value(partner, key, ON) is None


def test_a_text_is_no_value_for_a_study(partner):
    record_fact(partner=partner, field="technology_focus", value="Lidar", as_of=ON)

    assert source_value(partner, "partners.fact.technology_focus", ON) is None


def test_ties_and_sites_are_counted_for_the_country(cluster, partner):
    tied, joint, neither = member(cluster, "A"), member(cluster, "B"), member(cluster, "C")
    there = OrganisationFactory(cluster=cluster, country="FI")
    TieFactory(organisation=tied, partner=there, valid_from=date(2026, 1, 1))
    project = ParticipationFactory(organisation=joint, project__cluster=cluster).project
    ParticipationFactory(organisation=there, project=project)
    ParticipationFactory(organisation=neither, project__cluster=cluster)
    SiteFactory(organisation=neither, country="FI")

    values = [
        source_value(partner, key, day)
        for key in ("actors.ties", "actors.sites")
        for day in (date(2022, 1, 1), ON)
    ]

    assert [value.value for value in values] == [0, 2, 1, 1]


def test_nobody_is_tied_to_itself(cluster, partner):
    abroad = OrganisationFactory(cluster=cluster, country="FI")
    MembershipFactory(organisation=abroad)
    ParticipationFactory(organisation=abroad, project__cluster=cluster)

    assert source_value(partner, "actors.ties", ON).value == 0
