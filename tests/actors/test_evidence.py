"""What the actors tell the strategy equals a count by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from django.utils import translation
from openpyxl import load_workbook

from kontor.actors.evidence import EVIDENCE, evidence
from kontor.actors.folding import folded
from kontor.actors.models import JointProject, Organisation
from kontor.actors.queries import internationalisation as counts
from kontor.actors.queries.composition import by_region
from kontor.actors.queries.overview import overview
from kontor.actors.services.importing import import_cordis_folder
from kontor.reports.model import Chart, Missing
from tests.factories import (
    ClusterFactory,
    CompetenceFactory,
    JointProjectFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    TieFactory,
)

TODAY = date(2026, 11, 21)
TIES = [code for code in EVIDENCE if code.startswith("ties.")]


def member(cluster, **fields):
    named = {f"organisation__{name}": value for name, value in fields.items()}
    return MembershipFactory(organisation__cluster=cluster, **named).organisation


def project(cluster, *organisations, **fields):
    made = JointProjectFactory(cluster=cluster, **fields)
    for organisation in organisations:
        ParticipationFactory(project=made, organisation=organisation)
    return made


def table_of(block):
    return block.table if isinstance(block, Chart) else block


@pytest.mark.parametrize("code", EVIDENCE)
def test_evidence_of_an_empty_cluster_says_what_is_missing(cluster, code):
    assert isinstance(EVIDENCE[code](cluster, TODAY), Missing)


@pytest.mark.parametrize("code", EVIDENCE)
def test_evidence_carries_its_code_source_and_date(cluster, code):
    firm, abroad = member(cluster), OrganisationFactory(cluster=cluster, country="NL")
    project(cluster, firm, abroad)
    firm.competences.create(competence_id=CompetenceFactory(cluster=cluster).pk)

    table = table_of(EVIDENCE[code](cluster, TODAY))

    assert (table.key, table.as_of, bool(str(table.source))) == (code, TODAY, True)


@pytest.mark.parametrize("code", EVIDENCE)
def test_evidence_asks_the_same_queries_for_any_number(cluster, code, django_assert_max_num_queries):
    for number in range(12):
        firm = member(cluster, kind=("sme", "large", "university")[number % 3])
        project(cluster, firm, OrganisationFactory(cluster=cluster, country="NL"))

    with django_assert_max_num_queries(4):
        EVIDENCE[code](cluster, TODAY)


def test_blocks_are_counted_only_when_they_are_read(cluster, django_assert_num_queries):
    with django_assert_num_queries(0):
        blocks = evidence(cluster, on=TODAY)
        codes = list(blocks)

    with django_assert_num_queries(1):
        blocks["actors.by_kind"]
        blocks["actors.by_kind"]
    assert codes == list(EVIDENCE)


def test_degree_counts_members_of_the_date_and_ties_begun_by_it(cluster):
    tied, late, _alone = (member(cluster, kind="sme") for _ in range(3))
    left = MembershipFactory(organisation__cluster=cluster, valid_to=date(2025, 1, 1)).organisation
    abroad = OrganisationFactory(cluster=cluster, country="NL")
    project(cluster, tied, left, abroad, start=date(2023, 1, 1), end=date(2024, 1, 1))
    TieFactory(organisation=late, partner=abroad, valid_from=date(2027, 1, 1))

    assert counts.degree(cluster, TODAY) == [counts.Share("sme", 3, 1, 0), counts.Share("", 3, 1, 0)]


def test_degree_shows_the_share_with_its_interval(cluster):
    tied, *_others = (member(cluster, kind="large") for _ in range(4))
    TieFactory(organisation=tied)

    table = EVIDENCE["ties.degree"](cluster, TODAY)

    label, members, hits, share, low, high, current = table.rows[0]
    assert (str(label), members, hits, share, current) == ("Large company", 4, 1, 0.25, 1)
    assert (round(low, 3), round(high, 3)) == (0.046, 0.699)


def test_a_foreign_member_is_not_its_own_partner(cluster):
    danish = member(cluster, country="DK", region="")
    project(cluster, danish)

    found = (
        [share.hits for share in counts.degree(cluster, TODAY)],
        [share.hits for share in counts.foreign_projects(cluster, TODAY)],
        counts.partner_countries(cluster, TODAY),
        counts.top_foreign_organisations(cluster, TODAY),
        overview(cluster, TODAY).partner_countries,
    )

    assert found == ([0, 0], [0, 0], [], [], 0)


def test_a_foreign_member_is_the_foreign_partner_of_another(cluster):
    danish, german = member(cluster, country="DK", region=""), member(cluster)
    project(cluster, danish, german)

    found = (
        [share.hits for share in counts.foreign_projects(cluster, TODAY)],
        [(each.code, each.in_projects) for each in counts.partner_countries(cluster, TODAY)],
        [(each.pk, each.projects, each.members) for each in counts.top_foreign_organisations(cluster, TODAY)],
    )

    assert found == ([1, 1], [("DK", (1, 1, 1))], [(danish.pk, 1, 1)])


def test_countries_are_ranked_by_participations_and_show_ties_beside(cluster):
    firm = member(cluster)
    dutch, dane = (OrganisationFactory(cluster=cluster, country=code) for code in ("NL", "DK"))
    project(cluster, firm, dane)
    project(cluster, firm, dane, dutch)
    project(cluster, dutch, OrganisationFactory(cluster=cluster, country="FR"))
    TieFactory(organisation=firm, partner=dutch)
    TieFactory(organisation=OrganisationFactory(cluster=cluster, country="PL"), partner=firm)

    with translation.override("de"):
        rows = [(str(row[0]), *row[1:]) for row in table_of(EVIDENCE["ties.countries"](cluster, TODAY)).rows]

    assert rows == [("Dänemark", 2, 2, 1, 0), ("Niederlande", 1, 1, 1, 1), ("Polen", 0, 0, 0, 1)]


def test_a_project_counts_in_every_year_it_ran(cluster):
    firm, abroad = member(cluster), OrganisationFactory(cluster=cluster, country="NL")
    project(cluster, firm, abroad, start=date(2024, 3, 1), end=date(2028, 2, 1))
    project(cluster, firm, abroad, start=date(2025, 3, 1), end=None)
    project(cluster, firm, abroad, start=None, end=None)

    years = {year: dict(by_country) for year, by_country in counts.countries_by_year(cluster, TODAY).items()}

    assert years == {2024: {"NL": 1}, 2025: {"NL": 2}, 2026: {"NL": 1}}


def test_a_project_counts_once_for_each_kind_and_once_in_all(cluster):
    small, large = member(cluster, kind="sme"), member(cluster, kind="large")
    project(cluster, small, large, OrganisationFactory(cluster=cluster, country="NL"))
    project(cluster, small, OrganisationFactory(cluster=cluster))

    assert counts.foreign_projects(cluster, TODAY) == [
        counts.Share("sme", 2, 1),
        counts.Share("large", 1, 1),
        counts.Share("", 2, 1),
    ]


def test_the_most_tied_are_ranked_by_projects_then_members_then_name(cluster):
    one, two = member(cluster), member(cluster)
    most, wide, first, second = (
        OrganisationFactory(cluster=cluster, country="NL", name=name) for name in ("M", "W", "Ärzte", "Beta")
    )
    project(cluster, one, most)
    project(cluster, one, most)
    project(cluster, one, two, wide)
    project(cluster, one, second, first)

    found = [
        (each.name, each.projects, each.members) for each in counts.top_foreign_organisations(cluster, TODAY)
    ]

    assert found == [("M", 2, 1), ("W", 1, 2), ("Ärzte", 1, 1), ("Beta", 1, 1)]


def test_only_ten_are_shown_and_the_tenth_is_the_right_one(cluster):
    firm = member(cluster)
    everyone = [OrganisationFactory(cluster=cluster, country="NL", name=f"N{n:02}") for n in range(14)]
    project(cluster, firm, *everyone)

    found = [each.name for each in counts.top_foreign_organisations(cluster, TODAY)]

    assert found == [f"N{n:02}" for n in range(10)]


def test_regions_outside_the_home_region_are_summed(cluster):
    for region, country in (("DEF02", "DE"), ("DEF02", "DE"), ("DE600", "DE"), ("", "DE"), ("NL41", "NL")):
        member(cluster, region=region, country=country)

    assert by_region(cluster, TODAY) == [("DEF02", 2), ("elsewhere", 1), ("abroad", 1), ("", 1)]


def test_another_cluster_adds_nothing(cluster):
    project(cluster, member(cluster), OrganisationFactory(cluster=cluster, country="NL"))
    before = [table_of(EVIDENCE[code](cluster, TODAY)).rows for code in TIES]

    other = ClusterFactory()
    project(other, member(other), OrganisationFactory(cluster=other, country="NL"))

    after = [table_of(EVIDENCE[code](cluster, TODAY)).rows for code in TIES]
    assert [[[str(cell) for cell in row] for row in rows] for rows in after] == [
        [[str(cell) for cell in row] for row in rows] for rows in before
    ]


@pytest.fixture(scope="module")
def ecsel(shared_data):
    """Return the workbook's cleaned rows: (project, organisation, country), each pair once."""
    sheet = load_workbook(shared_data / "cordis-ecsel" / "participants.xlsx", read_only=True).active
    rows = sheet.iter_rows(min_row=2, values_only=True)
    country_of, pairs, names = {}, set(), {}
    for project_id, _acronym, organisation, name, _short, _activity, country, *_rest in rows:
        country_of[organisation] = {"EL": "GR", "UK": "GB"}.get(code := str(country).split(";")[0], code)
        names[organisation] = name
        pairs.add((project_id, organisation))
    return pairs, country_of, names


@pytest.fixture
def austria(shared_data, ecsel, db):
    """Return a cluster whose members are Austria's organisations of ECSEL."""
    made = ClusterFactory(slug="ecsel-at", country="AT", regions=[])
    import_cordis_folder(made, shared_data / "cordis-ecsel", "AT")
    return made


def test_the_figures_of_ecsel_equal_a_direct_count_of_the_workbook(austria, ecsel):
    pairs, country_of, names = ecsel
    in_project = defaultdict(set)
    for project_id, organisation in pairs:
        in_project[project_id].add(organisation)
    home = {each for each, country in country_of.items() if country == "AT"}
    with_member = {each: found for each, found in in_project.items() if found & home}
    countries = Counter(
        country_of[each] for found in with_member.values() for each in found if each not in home
    )
    tied = {each for found in with_member.values() if found - home for each in found & home}
    foreign_projects = sum(bool(found - home) for found in with_member.values())
    projects, met = Counter(), defaultdict(set)
    for found in with_member.values():
        for each in found - home:
            projects[each] += 1
            met[each] |= found & home
    ranked = sorted(projects, key=lambda each: (-projects[each], -len(met[each]), folded(names[each])))

    degree = counts.degree(austria, TODAY)[-1]
    shares = counts.foreign_projects(austria, TODAY)[-1]
    assert (JointProject.objects.count(), Organisation.objects.count()) == (96, 1474)
    assert (degree.total, degree.hits) == (len(home), len(tied))
    assert (shares.total, shares.hits) == (len(with_member), foreign_projects)
    assert {each.code: each.participations for each in counts.partner_countries(austria, TODAY)} == dict(
        countries
    )
    assert [(each.projects, each.members) for each in counts.top_foreign_organisations(austria, TODAY)] == [
        (projects[each], len(met[each])) for each in ranked[:10]
    ]
