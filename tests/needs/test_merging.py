"""The same need of the same organisation counts once, whatever it was heard by, and nothing is lost."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontor.accounts.models import Cluster
from kontor.actors.models import Membership, Organisation
from kontor.goals.models import GoalNeed
from kontor.goals.queries import goals_of, linked_needs, thread
from kontor.goals.services import link_needs, unlink_needs
from kontor.needs import queries, services
from kontor.needs.models import Need, NeedDistinct, NeedTopic
from kontor.needs.problems import NeedError
from kontor.needs.queries.duplicates import filled, proposed
from kontor.needs.reasons import reason_for
from tests.factories import (
    ClusterFactory,
    GoalFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def organisation(cluster):
    return MembershipFactory(organisation__cluster=cluster).organisation


@pytest.fixture
def topic(cluster):
    return NeedTopicFactory(cluster=cluster, name="Access to markets")


@pytest.fixture
def survey(organisation, topic):
    return NeedFactory(
        organisation=organisation,
        topic=topic,
        statement="Access to markets",
        country="DK",
        source="survey",
        recorded_on=date(2026, 5, 3),
    )


@pytest.fixture
def call(organisation, topic):
    return NeedFactory(
        organisation=organisation,
        topic=topic,
        statement="Wir suchen einen Vertriebspartner in Jütland",
        country="DK",
        source="call",
        recorded_on=date(2026, 6, 12),
    )


def proposals(cluster):
    return filled(cluster, proposed(cluster))


def state_of(cluster):
    return dict(Need.objects.filter(cluster=cluster).values_list("pk", "merged_into"))


def test_the_same_topic_and_country_are_proposed_with_the_reason(cluster, survey, call):
    [proposal] = proposals(cluster)

    assert proposal.needs == (call, survey)
    assert reason_for(proposal, "en") == (
        "Same topic, same country (Denmark); Member survey 3 May 2026, Telephone call 12 June 2026."
    )


def test_the_reason_quotes_the_words_that_both_mention(cluster, organisation, topic, call):
    NeedFactory(
        organisation=organisation,
        topic=topic,
        statement="Ohne Vertriebspartner geht es nicht",
        recorded_on=date(2026, 7, 1),
        country="DK",
    )

    [proposal] = proposals(cluster)

    assert "both mention “Vertriebspartner”" in reason_for(proposal, "en")


@pytest.mark.parametrize(
    ("words", "country", "expected"),
    [
        ("Ein Vertriebspartner wäre gut", "DK", 1),
        ("Ein Vertriebspartner wäre gut", "", 1),
        ("Ein Vertriebspartner wäre gut", "NL", 0),
        ("Prüfung nach dänischer Norm", "", 0),
    ],
)
def test_words_and_countries_decide(cluster, organisation, topic, call, words, country, expected):
    NeedFactory(
        organisation=organisation,
        topic=topic,
        statement=words,
        country=country,
        recorded_on=date(2026, 7, 1),
        source="survey",
    )

    assert len(proposals(cluster)) == expected


def test_words_common_to_both_languages_are_no_sign(cluster, organisation):
    for words in ("Wir suchen und brauchen Hilfe", "Wir brauchen sehr gerne Unterstützung"):
        NeedFactory(organisation=organisation, topic__cluster=cluster, statement=words)

    assert proposals(cluster) == []


def test_needs_of_two_organisations_are_never_proposed(cluster, survey):
    NeedFactory(
        organisation=OrganisationFactory(cluster=cluster),
        topic=survey.topic,
        statement=survey.statement,
        country="DK",
    )

    assert proposals(cluster) == []


def test_needs_told_apart_are_not_proposed_again(cluster, survey, call):
    services.tell_apart(needs=[call, survey])

    assert (proposals(cluster), services.tell_apart(needs=[survey, call])) == ([], 0)


def test_a_group_never_holds_two_that_were_told_apart(cluster, organisation, topic):
    first, second, third = (
        NeedFactory(organisation=organisation, topic=topic, statement="Distributor wanted", recorded_on=day)
        for day in (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
    )
    services.tell_apart(needs=[first, third])

    groups = [{need.pk for need in each.needs} for each in proposals(cluster)]

    assert {first.pk, third.pk} not in [group & {first.pk, third.pk} for group in groups]
    assert second.pk in groups[0]


def test_a_merged_need_keeps_its_words_source_date_and_goals(survey, call):
    goal = GoalFactory(cluster=survey.cluster)
    link_needs(goal=goal, needs=[survey])
    kept = Need.objects.filter(pk=survey.pk).values("statement", "source", "recorded_on", "topic").get()

    services.merge_needs(lead=call, needs=[survey])

    assert (
        Need.objects.filter(pk=survey.pk).values("statement", "source", "recorded_on", "topic").get() == kept
    )
    assert list(GoalNeed.objects.values_list("need", flat=True)) == [survey.pk]


def test_a_lead_answers_for_all_that_are_counted_as_it(cluster, survey, call):
    goal = GoalFactory(cluster=cluster)
    link_needs(goal=goal, needs=[survey])
    services.merge_needs(lead=call, needs=[survey])

    assert list(Need.objects.filter(queries.without_goal())) == []
    assert (list(linked_needs(goal)), goals_of(cluster).get().needs_number) == ([call], 1)
    assert link_needs(goal=goal, needs=[call, survey]) == 0


def test_taking_a_lead_off_a_goal_takes_all_of_it_off(cluster, survey, call):
    goal = GoalFactory(cluster=cluster)
    link_needs(goal=goal, needs=[survey, call])
    services.merge_needs(lead=call, needs=[survey])

    assert (unlink_needs(goal=goal, needs=[call]), GoalNeed.objects.count()) == (1, 0)


def test_linking_what_is_counted_elsewhere_links_the_lead(cluster, survey, call):
    services.merge_needs(lead=call, needs=[survey])
    survey.refresh_from_db()

    link_needs(goal=GoalFactory(cluster=cluster), needs=[survey])

    assert list(GoalNeed.objects.values_list("need", flat=True)) == [call.pk]


def test_chains_are_flattened(organisation):
    first, second, third = NeedFactory.create_batch(3, organisation=organisation)
    services.merge_needs(lead=second, needs=[first])

    services.merge_needs(lead=third, needs=[second])

    assert state_of(organisation.cluster) == {first.pk: third.pk, second.pk: third.pk, third.pk: None}


def test_what_is_counted_elsewhere_can_become_the_lead(organisation):
    first, second, third = NeedFactory.create_batch(3, organisation=organisation)
    services.merge_needs(lead=second, needs=[first, third])

    services.merge_needs(lead=first, needs=[second])

    assert state_of(organisation.cluster) == {first.pk: None, second.pk: first.pk, third.pk: first.pk}


def test_needs_of_two_organisations_are_never_merged(cluster, survey):
    other = NeedFactory(organisation=OrganisationFactory(cluster=cluster), topic=survey.topic)

    with pytest.raises(NeedError, match=r"^need\.of_another_organisation$"):
        services.merge_needs(lead=survey, needs=[other])

    assert state_of(cluster) == {survey.pk: None, other.pk: None}


def test_a_need_that_goes_to_another_organisation_stands_alone_there(cluster, survey, call):
    services.merge_needs(lead=call, needs=[survey])

    services.update_need(need=call, expected_version=1, organisation=OrganisationFactory(cluster=cluster))

    assert state_of(cluster) == {survey.pk: None, call.pk: None}


def test_deleting_a_lead_lets_the_others_stand_and_bringing_it_back_merges_again(cluster, survey, call):
    services.merge_needs(lead=call, needs=[survey])
    remains = services.delete_need(need=Need.objects.get(pk=call.pk))
    alone = state_of(cluster)

    services.bring_need_back(remains=remains)

    assert (alone, state_of(cluster)) == ({survey.pk: None}, {survey.pk: call.pk, call.pk: None})


def test_a_need_comes_back_to_the_end_of_the_chain(organisation):
    first, second, third = NeedFactory.create_batch(3, organisation=organisation)
    services.merge_needs(lead=second, needs=[first])
    remains = services.delete_need(need=Need.objects.get(pk=first.pk))
    services.merge_needs(lead=third, needs=[second])

    services.bring_need_back(remains=remains)

    assert state_of(organisation.cluster) == {first.pk: third.pk, second.pk: third.pk, third.pk: None}


def test_undo_never_makes_a_circle(organisation):
    first, second = NeedFactory.create_batch(2, organisation=organisation)
    services.merge_needs(lead=first, needs=[second])
    before = services.split_need(need=first)
    services.merge_needs(lead=second, needs=[first])

    services.set_back(cluster=organisation.cluster, before=before)

    assert state_of(organisation.cluster) == {first.pk: None, second.pk: None}


def test_a_pair_told_apart_is_kept_once_in_order(survey, call):
    services.tell_apart(needs=[call, survey])

    pair = NeedDistinct.objects.get()
    assert (pair.first_id, pair.second_id) == (min(survey.pk, call.pk), max(survey.pk, call.pk))


# ---- pages ----


def test_a_proposal_is_accepted_with_one_press_and_taken_back_with_another(
    cluster, manager_client, survey, call
):
    form = {"needs": [survey.pk, call.pk], "lead": call.pk}
    manager_client.post(reverse("needs:same-merge", args=[cluster.slug]), form)
    merged = state_of(cluster)
    key = manager_client.session["deleted"][0]["key"]

    manager_client.post(reverse("needs:same-undo", args=[cluster.slug, key]))

    assert (merged, state_of(cluster)) == (
        {survey.pk: call.pk, call.pk: None},
        {survey.pk: None, call.pk: None},
    )


def test_all_proposals_of_an_organisation_are_accepted_at_once(cluster, manager_client, survey, call):
    manager_client.post(reverse("needs:same-all", args=[cluster.slug, survey.organisation_id]))

    assert state_of(cluster) == {survey.pk: call.pk, call.pk: None}


def test_keeping_apart_can_be_taken_back(cluster, manager_client, survey, call):
    manager_client.post(
        reverse("needs:same-apart", args=[cluster.slug]), {"needs": [survey.pk, call.pk], "lead": call.pk}
    )
    apart = NeedDistinct.objects.count()
    key = manager_client.session["deleted"][0]["key"]

    manager_client.post(reverse("needs:same-undo", args=[cluster.slug, key]))

    assert (apart, NeedDistinct.objects.count()) == (1, 0)


def test_a_need_is_let_out_of_its_group(cluster, manager_client, survey, call):
    services.merge_needs(lead=call, needs=[survey])

    manager_client.post(reverse("needs:split", args=[cluster.slug, survey.pk]))

    assert state_of(cluster) == {survey.pk: None, call.pk: None}


def test_needs_of_other_clusters_are_not_merged(cluster, manager_client, survey):
    foreign = NeedFactory(organisation__cluster=ClusterFactory())

    response = manager_client.post(
        reverse("needs:same-merge", args=[cluster.slug]),
        {"needs": [survey.pk, foreign.pk], "lead": survey.pk},
    )

    assert (response.status_code, foreign.merged_into_id) == (422, None)


def test_ticked_needs_of_two_members_are_refused_with_a_sentence(cluster, manager_client, survey):
    other = NeedFactory(organisation__cluster=cluster, topic=survey.topic)

    response = manager_client.get(
        reverse("needs:same", args=[cluster.slug]), {"needs": [survey.pk, other.pk]}
    )

    assert (response.status_code, "Tick at least two needs" in response.text) == (422, True)


def test_the_list_shows_the_lead_with_where_else_it_was_said(cluster, manager_client, survey, call):
    services.merge_needs(lead=call, needs=[survey])

    page = manager_client.get(reverse("needs:directory", args=[cluster.slug])).context["page"]
    everything = manager_client.get(reverse("needs:directory", args=[cluster.slug]), {"merged": "1"})

    assert ([*page], [*page[0].merged.all()]) == ([call], [survey])
    assert {*everything.context["page"]} == {call, survey}


def test_a_lead_is_found_by_the_words_of_what_is_counted_as_it(cluster, survey, call):
    services.merge_needs(lead=call, needs=[survey])

    found = queries.listed_needs(cluster, queries.NeedFilter(q="Access to markets", source="survey"))

    assert list(found) == [call]


@pytest.mark.parametrize("number", [1, 3])
def test_proposals_ask_the_same_queries_for_any_number(
    cluster, manager_client, topic, django_assert_num_queries, number
):
    for _each in range(number):
        organisation = MembershipFactory(organisation__cluster=cluster).organisation
        for day in (date(2026, 5, 3), date(2026, 6, 3)):
            NeedFactory(organisation=organisation, topic=topic, statement="Distributor", recorded_on=day)

    # Session, user, role; topics, pairs told apart, needs; those of the page, what is merged.
    with django_assert_num_queries(8):
        manager_client.get(reverse("needs:same", args=[cluster.slug]))


# ---- properties ----

COUNTRIES, SOURCES = ["", "DK", "NL"], ["survey", "call"]
said = st.tuples(
    st.integers(0, 2),
    st.integers(0, 1),
    st.sampled_from(COUNTRIES),
    st.integers(1, 3),
    st.sampled_from(SOURCES),
)
merges = st.lists(st.lists(st.integers(0, 11), min_size=2, max_size=4), max_size=4)


def voices(cluster):
    everything = queries.NeedFilter()
    topics = {each.topic.pk: each.organisations for each in thread(cluster).topics}
    counted = [
        {each.key: each.organisations for each in by(cluster, TODAY)}
        for by in (queries.voices_by_topic, queries.voices_by_kind, queries.voices_by_country)
    ]
    return queries.facets(cluster, everything), topics, counted, queries.heard(cluster, TODAY)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(said, min_size=2, max_size=12), groups=merges)
def test_merging_takes_no_voice_away_and_splitting_restores_everything(transactional_rollback, rows, groups):
    cluster, needs = world(rows)
    before, number = voices(cluster), queries.listed_needs(cluster, queries.NeedFilter()).count()

    for group in groups:
        own = [needs[index % len(needs)] for index in group]
        own = [need for need in own if need.organisation_id == own[0].organisation_id]
        services.merge_needs(lead=own[0], needs=own)
    merged = Need.objects.filter(cluster=cluster).exclude(merged_into=None).count()

    assert voices(cluster) == before
    assert queries.listed_needs(cluster, queries.NeedFilter()).count() == number - merged
    assert thread(cluster).needs == number - merged
    assert not Need.objects.exclude(merged_into__merged_into=None).exists()

    for need in Need.objects.filter(cluster=cluster, merged_into=None):
        services.split_need(need=need)

    assert (voices(cluster), thread(cluster).needs) == (before, number)


@pytest.fixture
def transactional_rollback(db):
    """Examples share one transaction; each builds a cluster of its own."""


def world(rows):
    cluster = Cluster.objects.create(slug=f"c{Cluster.objects.count()}-x", name="C", country="DE")
    topics = [
        NeedTopic.objects.create(cluster=cluster, code=f"t{index}", kind=kind, name=f"T{index}")
        for index, kind in enumerate(("market", "staff"))
    ]
    organisations = [
        Organisation.objects.create(cluster=cluster, name=f"O{index}", country="DE", kind="sme")
        for index in range(3)
    ]
    for each in organisations:
        Membership.objects.create(cluster=cluster, organisation=each, valid_from=date(2022, 1, 1))
    needs = [
        Need.objects.create(
            cluster=cluster,
            organisation=organisations[who],
            topic=topics[topic],
            kind=topics[topic].kind,
            statement="x",
            country=country,
            urgency=urgency,
            source=source,
            recorded_on=date(2026, 5, 1),
        )
        for who, topic, country, urgency, source in rows
    ]
    return cluster, needs
