"""What is needed, by whom, where and how strongly; every figure leads to what was counted."""

import csv
import io
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.accounts.models import RoleKind
from kontor.actors.models import SizePeriod
from kontor.actors.queries.segments import Dimension, Segment
from kontor.goals.models import Goal, GoalNeed
from kontor.needs import services
from kontor.needs.analysis import (
    Expected,
    Facet,
    Material,
    Side,
    Voice,
    across,
    on_the_map,
    ranked,
    ranked_expectations,
)
from kontor.needs.analysis.guarding import seen_cross, seen_rows
from kontor.needs.analysis.sentence import leading_sentence
from kontor.needs.evidence import EVIDENCE
from kontor.needs.models import Need
from kontor.needs.queries import NeedFilter, listed_needs
from kontor.needs.queries.material import Scope, gather
from kontor.reports.model import Chart
from tests.factories import (
    ExpectationFactory,
    GoalFactory,
    HearingFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
KINDS = ("sme", "large", "research")


def member(cluster, **fields):
    organisation = {f"organisation__{name}": value for name, value in fields.items()}
    return MembershipFactory(organisation__cluster=cluster, **organisation).organisation


@pytest.fixture
def topics(cluster):
    return [NeedTopicFactory(cluster=cluster, name=name) for name in ("Markets", "Staff", "Standards")]


@pytest.fixture
def said(cluster, topics):
    """Twelve members of three kinds with needs, two that were heard without one, one former member."""
    for index in range(12):
        speaking = member(cluster, kind=KINDS[index % 3], founded=None if index % 4 else 2020)
        if index % 2:
            SizePeriod.objects.create(organisation=speaking, size="small", valid_from=date(2020, 1, 1))
        for number in range(1 + index % 3):
            NeedFactory(
                organisation=speaking,
                topic=topics[(index + number) % 3 if index % 5 else 0],
                country=("DK", "NL", "")[(index * number) % 3],
                urgency=1 + (index + number) % 3,
                source=("survey", "call")[number % 2],
                recorded_on=date(2025 + index % 2, 3, 1),
            )
    for _each in range(2):
        HearingFactory(organisation=member(cluster), on=date(2026, 2, 1))
    NeedFactory(organisation=OrganisationFactory(cluster=cluster), topic=topics[0])
    double = Need.objects.filter(organisation__in=[Need.objects.order_by("-pk")[2].organisation])
    services.merge_needs(lead=double[0], needs=double)
    return cluster


def listed(cluster, url):
    found = listed_needs(cluster, NeedFilter.read(dict(parse_qsl(urlsplit(url).query))))
    return len({need.organisation_id for need in found}), len(found)


def test_a_topic_has_base_share_interval_strength_and_needs(cluster, topics):
    for urgency in (3, 3, 1):
        NeedFactory(organisation=member(cluster), topic=topics[0], urgency=urgency)
    HearingFactory(organisation=member(cluster))
    member(cluster)

    [row] = ranked(gather(cluster, Scope(TODAY)), Facet.TOPIC)

    assert (row.label, row.organisations, row.base, row.share, row.urgent) == ("Markets", 3, 4, 0.75, 2)
    assert (round(row.low, 3), round(row.high, 3), round(row.urgency, 3)) == (0.301, 0.954, 2.333)


def test_who_was_not_heard_is_no_no(cluster, topics):
    NeedFactory(organisation=member(cluster), topic=topics[0])
    member(cluster)

    assert ranked(gather(cluster, Scope(TODAY)), Facet.TOPIC)[0].share == 1.0


def test_the_most_urgent_need_of_an_organisation_counts(cluster, topics):
    speaking = member(cluster)
    for urgency in (1, 3):
        NeedFactory(organisation=speaking, topic=topics[0], urgency=urgency)

    row = ranked(gather(cluster, Scope(TODAY)), Facet.TOPIC)[0]

    assert (row.organisations, row.needs, row.urgent, row.urgency) == (1, 2, 1, 3.0)


def test_the_change_compares_with_the_members_of_a_year_earlier(cluster, topics):
    for number in range(10):
        old = member(cluster)
        HearingFactory(organisation=old, on=date(2025, 1, 1))
        if number < 8:
            day = date(2025, 1, 1) if number < 2 else date(2026, 3, 1)
            NeedFactory(organisation=old, topic=topics[0], recorded_on=day)
    gone = MembershipFactory(organisation__cluster=cluster, valid_to=date(2026, 1, 1)).organisation
    NeedFactory(organisation=gone, topic=topics[0], recorded_on=date(2025, 1, 1))

    change = ranked(gather(cluster, Scope(TODAY)), Facet.TOPIC)[0].change

    assert (change.before, change.base_before, round(change.difference, 3)) == (3, 11, 0.527)
    assert change.is_clear


def test_with_fewer_than_five_heard_nothing_is_said_about_change(cluster, topics):
    for _each in range(4):
        NeedFactory(organisation=member(cluster), topic=topics[0], recorded_on=date(2025, 1, 1))

    assert ranked(gather(cluster, Scope(TODAY)), Facet.TOPIC)[0].change is None


def test_the_sentence_names_the_most_wanted_topic_and_country(cluster, topics):
    for number in range(3):
        NeedFactory(organisation=member(cluster), topic=topics[0], country="DK" if number else "")
    material = gather(cluster, Scope(TODAY))

    told = leading_sentence(ranked(material, Facet.TOPIC), ranked(material, Facet.COUNTRY))

    assert told == (
        "Most wanted is “Markets”: named by 3 of 3 members heard. Most look to Denmark (2). "
        "Too few were heard a year ago to say what has changed."
    )


def test_expectations_count_those_who_expect_something(cluster):
    for code in ("find_partners", "find_partners", "funding"):
        ExpectationFactory(organisation=member(cluster), code=code)
    member(cluster)

    rows = ranked_expectations(gather(cluster, Scope(TODAY)), "management")

    told = [(row.key, row.organisations, row.base) for row in rows]
    assert told == [("find_partners", 2, 3), ("funding", 1, 3)]


def test_a_topic_of_which_a_goal_answers_a_merged_need_is_considered(cluster, topics):
    speaking = member(cluster)
    lead, other = (NeedFactory(organisation=speaking, topic=topics[0]) for _each in range(2))
    GoalNeed.objects.create(goal=GoalFactory(cluster=cluster), need=other)
    services.merge_needs(lead=lead, needs=[other])

    assert not ranked(gather(cluster, Scope(TODAY)), Facet.TOPIC)[0].is_loose


# ---- from a figure to what was counted ----


@pytest.mark.parametrize(
    "narrowed", ["", "source=survey", "who=kind:sme", "first=2026-01-01", "who=size:unknown"]
)
@pytest.mark.parametrize("what", [str(facet) for facet in Facet])
def test_every_figure_leads_to_exactly_what_was_counted(said, manager_client, what, narrowed):
    url = reverse("needs:analysis", args=[said.slug])

    context = manager_client.get(f"{url}?what={what}&by=size&{narrowed}").context

    assert [(each.row.organisations, each.row.ranked.needs) for each in context["rows"]] == [
        listed(said, each.url) for each in context["rows"]
    ]
    cells = [cell for line in [*context["groups"], *context["heat"]] for cell in line.cells if cell.url]
    assert [int(cell.text) for cell in cells] == [listed(said, cell.url)[0] for cell in cells]
    assert cells


@pytest.mark.parametrize("by", list(Dimension))
def test_the_cells_of_a_row_add_up_to_its_total(said, by):
    material = gather(said, Scope(TODAY))
    rows = ranked(material, Facet.TOPIC)

    table = across(material, Facet.TOPIC, by, rows)

    assert table.counts.sum(axis=1).tolist() == [row.organisations for row in rows]
    assert (sum(table.heard), sum(table.members)) == (len(material.now.heard), len(material.now.members))


def test_a_goal_is_made_from_a_cell_in_one_step(said, manager_client):
    url = f"{reverse('goals:answer', args=[said.slug])}?members=1&country=DK&topic="
    topic = (
        Need.objects.filter(country="DK", merged_into=None).exclude(organisation__memberships=None)[0].topic
    )
    shown = manager_client.get(f"{url}{topic.pk}")

    needs = [need.pk for need in shown.context["needs"]]
    title = shown.context["form"]["title_en"].value() or shown.context["form"]["title_de"].value() or ""
    manager_client.post(
        f"{url}{topic.pk}",
        {"needs": needs, "goal": "new", "title_en": "Go to Denmark", "family": "networking"},
    )

    assert title in ("", f"{topic}: Denmark", f"{topic}: Dänemark")
    assert sorted(Goal.objects.get().needs.values_list("pk", flat=True)) == sorted(needs)


# ---- who may see what ----


@pytest.mark.parametrize("role", [RoleKind.BOARD, RoleKind.FUNDER, RoleKind.MEMBER])
def test_who_sees_counts_only_finds_no_small_number_and_no_way_down(said, client_of, key_to, role):
    url = reverse("needs:analysis", args=[said.slug])

    context = client_of(key_to(role)).get(f"{url}?who=kind:sme&source=survey&by=size").context

    seen = context["seen"]
    counts = [count for table in (seen.groups, seen.heat) for row in table.counts for count in row]
    assert [count for count in counts if count is not None and count < 3] == []
    assert {cell.url for line in context["groups"] + context["heat"] for cell in line.cells} == {""}
    assert not context["asked"].is_narrowed


def test_the_file_hides_what_the_page_hides(said, client_of, key_to):
    url = reverse("needs:analysis-csv", args=[said.slug])

    content = client_of(key_to(RoleKind.BOARD)).get(f"{url}?table=groups").content.decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row[1:]]
    assert [cell for cell in cells if cell.isdigit() and int(cell) < 3] == []
    assert "not shown" in cells


@pytest.mark.parametrize("table", ["ranking", "groups", "map", "management", "cluster", "open"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_table_comes_as_a_file(said, manager_client, table, form):
    ExpectationFactory(organisation=member(said))

    response = manager_client.get(f"{reverse(f'needs:analysis-{form}', args=[said.slug])}?table={table}")

    assert (response.status_code, len(response.content) > 40) == (200, True)


def test_a_table_that_does_not_exist_is_not_found(cluster, manager_client):
    assert (
        manager_client.get(f"{reverse('needs:analysis-csv', args=[cluster.slug])}?table=x").status_code == 404
    )


@pytest.mark.parametrize("query", ["", "?what=x&by=y&who=a:b&source=z&first=1&last=2", "?who=size:unknown"])
def test_the_page_opens_in_an_empty_cluster(cluster, manager_client, query):
    assert manager_client.get(reverse("needs:analysis", args=[cluster.slug]) + query).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_analysis_asks_the_same_queries_for_any_number(
    cluster, manager_client, topics, django_assert_num_queries, number
):
    for index in range(number):
        NeedFactory(organisation=member(cluster), topic=topics[index], country="DK")
        ExpectationFactory(organisation=member(cluster))

    # Session, user, role; members by group, needs, hearings, members a year ago, expectations, topics,
    # answered needs, goals without a need.
    with django_assert_num_queries(11):
        manager_client.get(reverse("needs:analysis", args=[cluster.slug]))


# ---- what the concept is told ----


@pytest.mark.parametrize(
    "code", ["needs.topics_by_kind", "needs.topics_by_country", "needs.ways", "needs.expected_of_management"]
)
def test_the_document_never_shows_fewer_than_three(said, code):
    for _each in range(3):
        ExpectationFactory(organisation=member(said), code="find_partners")
    ExpectationFactory(organisation=member(said), code="rare")

    block = EVIDENCE[code](said, timezone.localdate())

    table = block.table if isinstance(block, Chart) else block
    numbers = [cell for row in table.rows for cell in row if isinstance(cell, int)]
    assert numbers
    assert [number for number in numbers if number < 3] == []


# ---- properties of the figures ----

voices = st.lists(
    st.builds(
        Voice,
        organisation=st.integers(0, 9),
        topic=st.integers(0, 3),
        kind=st.sampled_from(["market", "staff"]),
        country=st.sampled_from(["", "DK", "NL"]),
        urgency=st.integers(1, 3),
        source=st.sampled_from(["survey", "call"]),
        on=st.just(date(2026, 5, 1)),
        lead=st.integers(0, 5),
    ),
    max_size=40,
)


def material_of(said_now):
    members = frozenset(range(10))
    groups = {pk: Segment(KINDS[pk % 3], "", "no", "young", "", "none") for pk in members}
    heard = frozenset(voice.organisation for voice in said_now)
    side = Side(TODAY, members, heard, tuple(said_now))
    expected = tuple(Expected(voice.organisation, "management", voice.kind) for voice in said_now)
    return Material(side, side, groups, {}, frozenset(), expected, {})


@settings(max_examples=60)
@given(voices)
def test_totals_equal_the_sum_of_their_parts(said_now):
    material = material_of(said_now)

    for facet in Facet:
        rows = ranked(material, facet)
        table = across(material, facet, Dimension.KIND, rows)
        assert table.counts.sum(axis=1).tolist() == [row.organisations for row in rows]
        assert (table.counts <= table.heard).all()
        assert all(row.low <= row.share <= row.high and 1 <= row.urgency <= 3 for row in rows)


@settings(max_examples=60)
@given(voices)
def test_a_cell_of_the_map_never_exceeds_its_topic_or_its_country(said_now):
    material = material_of(said_now)
    topics, countries = ranked(material, Facet.TOPIC), ranked(material, Facet.COUNTRY)

    table = on_the_map(material, topics, countries)

    assert (table.counts <= [[row.organisations] for row in topics]).all() if topics else True
    assert (table.counts <= [row.organisations for row in countries]).all() if countries else True


@settings(max_examples=60)
@given(voices)
def test_hidden_rows_say_nothing_but_their_name(said_now):
    for row in seen_rows(ranked(material_of(said_now), Facet.TOPIC), sees_all=False):
        known = (row.organisations, row.share, row.urgent, row.urgency, row.change)
        assert row.organisations is not None or known == (None,) * 5


@settings(max_examples=60)
@given(voices)
def test_no_shown_row_has_one_hidden_cell(said_now):
    material = material_of(said_now)
    rows = ranked(material, Facet.TOPIC)

    seen = seen_cross(across(material, Facet.TOPIC, Dimension.KIND, rows), sees_all=False)

    for counts, total in zip(seen.counts, seen.totals, strict=True):
        assert total is None or counts.count(None) != 1
