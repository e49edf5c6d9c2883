"""Adding, changing, staging and deleting partner clusters."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kontor.accounts.services import EditConflict
from kontor.needs.services import restore
from kontor.partners import services
from kontor.partners.models import Fact, Partner, PartnerNeed, Stage, StageChange
from kontor.partners.problems import PartnerError
from kontor.partners.queries import partners_of, search_partners
from tests.factories import ClusterFactory, CompetenceFactory, NeedTopicFactory, OrganisationFactory
from tests.partners.factories import FactFactory, PartnerContactFactory, PartnerFactory, SwotEntryFactory
from tests.studies.factories import StudyCandidateFactory

FUTURE = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def partner(cluster):
    return PartnerFactory(cluster=cluster)


def code_of(act, **arguments):
    with pytest.raises(PartnerError) as refused:
        act(**arguments)
    return refused.value.code


def test_name_and_country_are_enough(cluster):
    partner = services.add_partner(cluster=cluster, name=" Photonics Finland ", country="fi")

    assert (partner.name, partner.country, partner.stage) == ("Photonics Finland", "FI", Stage.LEAD)


def test_the_first_line_of_the_history_says_why_it_was_added(cluster, manager):
    partner = services.add_partner(
        cluster=cluster,
        name="A",
        country="FI",
        stage="long",
        reason="Met at a fair",
        at=date(2026, 2, 1),
        by=manager,
    )

    assert list(partner.stage_changes.values_list("was", "stage", "reason", "at", "by")) == [
        ("", "long", "Met at a fair", date(2026, 2, 1), manager.pk)
    ]


def test_a_partner_is_found_by_any_spelling_of_name_town_and_region(cluster):
    partner = services.add_partner(
        cluster=cluster, name="Zürich Optik", country="CH", city="Dübendorf", region="CH04"
    )

    found = [
        list(search_partners(cluster, words)) for words in ("zurich", "DUEBENDORF optik", "ch04", "paris")
    ]

    assert found == [[partner], [partner], [partner], []]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"country": "XX"}, "profile.country_unknown"),
        ({"organisation": "foreign"}, "profile.organisation_of_another_cluster"),
        ({"reference": "taken"}, "profile.reference_taken"),
    ],
)
def test_a_partner_that_cannot_be_is_refused(cluster, fields, code):
    PartnerFactory(cluster=cluster, reference="taken")
    if "organisation" in fields:
        fields = {"organisation": OrganisationFactory()}

    assert code_of(services.add_partner, cluster=cluster, name="A", **{"country": "FI"} | fields) == code
    assert Partner.objects.count() == 1


def test_a_partner_without_a_name_is_refused(cluster):
    with pytest.raises(ValidationError):
        services.add_partner(cluster=cluster, name=" ", country="FI")


def test_the_second_editor_overwrites_nothing(partner):
    services.update_partner(partner=partner, expected_version=1, city="Helsinki")

    with pytest.raises(EditConflict):
        services.update_partner(partner=partner, expected_version=1, city="Turku")

    partner.refresh_from_db()
    assert (partner.city, "helsinki" in partner.search_key) == ("Helsinki", True)


def test_a_field_that_may_not_be_set_so_is_refused(partner):
    with pytest.raises(TypeError):
        services.update_partner(partner=partner, expected_version=1, stage="partner")


def test_our_own_profile_is_made_once_and_stands_in_no_list(cluster):
    first, second = services.own_profile(cluster=cluster), services.own_profile(cluster=cluster)

    assert (first, first.name, list(partners_of(cluster))) == (second, cluster.name, [])


def test_a_step_keeps_reason_day_and_person(partner, manager):
    services.set_stage(partner=partner, stage="short", reason="Same technology", by=manager)

    partner.refresh_from_db()
    assert (partner.stage, partner.stage_reason, partner.stage_by, partner.stage_at, partner.version) == (
        "short",
        "Same technology",
        manager,
        timezone.localdate(),
        2,
    )


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"stage": "short"}, "profile.reason_missing"),
        ({"stage": "set_aside", "reason": " "}, "profile.reason_missing"),
        ({"stage": "partner"}, "profile.reason_missing"),
        ({"stage": "nowhere", "reason": "x"}, "profile.stage_unknown"),
        ({"stage": "long", "reason": "x" * 2001}, "profile.reason_too_long"),
        ({"stage": "long", "at": FUTURE}, "fact.in_the_future"),
    ],
)
def test_a_step_that_cannot_be_made_changes_nothing(partner, step, code):
    assert (code_of(services.set_stage, partner=partner, **step), StageChange.objects.count()) == (code, 0)


def test_our_own_cluster_stands_on_no_list(cluster):
    own = services.own_profile(cluster=cluster)

    assert code_of(services.set_stage, partner=own, stage="long") == "profile.is_own"


def test_many_steps_are_made_together_and_taken_back_together(cluster):
    partners = PartnerFactory.create_batch(3, cluster=cluster)
    before = services.set_stages(partners=partners, stage="short", reason="Best three")
    moved = set(Partner.objects.values_list("stage", flat=True))

    services.set_stages_back(cluster=cluster, before=before)

    after = set(Partner.objects.values_list("stage", "stage_reason"))
    assert (moved, after, StageChange.objects.count()) == ({"short"}, {("lead", "")}, 0)


def test_whoever_has_moved_on_since_stays_where_it_is(cluster, partner):
    before = services.set_stages(partners=[partner], stage="long")
    services.set_stage(partner=partner, stage="short", reason="Visited")

    assert services.set_stages_back(cluster=cluster, before=before) == 0
    partner.refresh_from_db()
    assert partner.stage == "short"


def test_the_same_step_twice_is_one_step(partner):
    for _time in range(2):
        services.set_stage(partner=partner, stage="short", reason="Same technology")

    assert StageChange.objects.count() == 1


def test_a_newer_fact_stands_before_the_older_one(partner):
    services.record_fact(partner=partner, field="members_total", value=100, as_of=date(2025, 1, 1))
    services.record_fact(partner=partner, field="members_total", value=120, as_of=date(2026, 1, 1))

    assert list(partner.facts.values_list("number", flat=True)) == [120.0, 100.0]


def test_the_same_fact_twice_is_one_fact(partner):
    for _time in range(2):
        services.record_fact(
            partner=partner,
            field="technology_focus",
            value={"en": "Lidar"},
            source="Web",
            as_of=date(2026, 1, 1),
        )

    assert Fact.objects.count() == 1


def test_a_corrected_fact_of_the_same_day_counts(partner):
    for number in (100, 120, 110):
        services.record_fact(partner=partner, field="members_total", value=number, as_of=date(2026, 1, 1))

    assert partner.facts.first().number == 110.0


def test_several_facts_are_recorded_all_or_none(partner):
    values = {"members_total": 120, "export_share": 400}

    assert (code_of(services.record_facts, partner=partner, values=values), Fact.objects.count()) == (
        "fact.out_of_range",
        0,
    )


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"field": "colour", "value": 1}, "fact.field_unknown"),
        ({"field": "founded", "value": 1999, "as_of": FUTURE}, "fact.in_the_future"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(partner, fact, code):
    assert code_of(services.record_fact, partner=partner, **fact) == code


def test_a_deleted_fact_comes_back(partner):
    fact = FactFactory(partner=partner)

    key = fact.pk

    restore(services.delete_fact(fact=fact))

    assert list(partner.facts.values_list("pk", "number")) == [(key, 120.0)]


def test_a_deleted_profile_comes_back_with_all_that_was_known(partner):
    FactFactory(partner=partner)
    PartnerContactFactory(partner=partner)
    SwotEntryFactory(partner=partner)

    restore(services.delete_partner(partner=partner))

    back = Partner.objects.get()
    assert (back.facts.count(), back.contacts.count(), back.swot.count()) == (1, 1, 1)


def test_a_competence_has_one_level(cluster, partner):
    competence = CompetenceFactory(cluster=cluster)
    services.set_competence(partner=partner, competence=competence, level=3)
    services.set_competence(partner=partner, competence=competence, level=5, source="Visit")

    assert list(partner.competences.values_list("level", "source")) == [(5, "Visit")]


def test_a_level_that_does_not_exist_is_refused(cluster, partner):
    with pytest.raises(ValidationError):
        services.set_competence(partner=partner, competence=CompetenceFactory(cluster=cluster), level=6)


def test_things_of_another_cluster_are_refused(partner):
    codes = [
        code_of(services.set_competence, partner=partner, competence=CompetenceFactory(), level=3),
        code_of(services.add_need, partner=partner, statement="A", topic=NeedTopicFactory()),
    ]

    assert codes == ["profile.competence_of_another_cluster", "profile.topic_of_another_cluster"]


def test_a_need_keeps_its_source(cluster, partner):
    topic = NeedTopicFactory(cluster=cluster)
    services.add_need(
        partner=partner, statement=" Test sites ", topic=topic, source="Call", as_of=date(2026, 3, 1)
    )

    assert list(PartnerNeed.objects.values_list("statement", "topic", "source", "as_of")) == [
        ("Test sites", topic.pk, "Call", date(2026, 3, 1))
    ]


def test_a_swot_without_a_partner_is_that_of_our_own_cluster(cluster):
    entry = services.add_swot(cluster=cluster, kind="w", text={"de": "Wenig Gründer", "en": "Few start-ups"})

    assert (entry.partner.is_own, entry.partner.cluster) == (True, cluster)


def test_an_empty_entry_of_a_swot_is_refused(partner):
    assert code_of(services.add_swot, partner=partner, kind="s", text={"de": " "}) == "profile.no_text"


def test_the_second_editor_of_an_entry_overwrites_nothing(partner):
    contact = PartnerContactFactory(partner=partner)
    services.update_entry(entry=contact, expected_version=1, phone="+358 1")

    with pytest.raises(EditConflict):
        services.update_entry(entry=contact, expected_version=1, phone="+358 2")


def test_two_clusters_may_each_have_the_same_partner(db):
    for each in ClusterFactory.create_batch(2):
        services.add_partner(cluster=each, name="A", country="FI", reference="esca:1")

    assert Partner.objects.count() == 2


def test_a_profile_that_a_study_stands_on_is_not_deleted(cluster, partner):
    StudyCandidateFactory(study__cluster=cluster, partner=partner)

    assert code_of(services.delete_partner, partner=partner) == "profile.in_use"
    assert Partner.objects.filter(pk=partner.pk).exists()
