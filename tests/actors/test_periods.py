"""Facts that change keep what was true before."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import F

from kontor.accounts.services import EditConflict
from kontor.actors.errors import ActorError
from kontor.actors.models import OrganisationCompetence, SizePeriod, StartUpPeriod
from kontor.actors.queries.composition import by_size
from kontor.actors.queries.members import members
from kontor.actors.services import competence as competences
from kontor.actors.services import period as periods
from kontor.actors.services.organisation import update_organisation
from tests.factories import CompetenceFactory, MembershipFactory, OrganisationFactory


def spans(model, organisation, field):
    oldest_first = F("valid_from").asc(nulls_first=True)
    rows = model.objects.filter(organisation=organisation).order_by(oldest_first)
    return list(rows.values_list(field, "valid_from", "valid_to"))


def test_a_new_size_ends_the_one_before_on_the_eve(cluster):
    firm = OrganisationFactory(cluster=cluster)
    periods.set_size(organisation=firm, size="small")

    periods.set_size(organisation=firm, size="medium", valid_from=date(2025, 7, 1))

    assert spans(SizePeriod, firm, "size") == [
        ("small", None, date(2025, 6, 30)),
        ("medium", date(2025, 7, 1), None),
    ]


def test_a_size_entered_late_fits_between_the_others(cluster):
    firm = OrganisationFactory(cluster=cluster)
    periods.set_size(organisation=firm, size="micro", valid_from=date(2020, 1, 1))
    periods.set_size(organisation=firm, size="medium", valid_from=date(2025, 1, 1))

    periods.set_size(organisation=firm, size="small", valid_from=date(2022, 1, 1))

    assert spans(SizePeriod, firm, "size") == [
        ("micro", date(2020, 1, 1), date(2021, 12, 31)),
        ("small", date(2022, 1, 1), date(2024, 12, 31)),
        ("medium", date(2025, 1, 1), None),
    ]


def test_the_same_size_again_changes_nothing(cluster):
    firm = OrganisationFactory(cluster=cluster)
    periods.set_size(organisation=firm, size="small", valid_from=date(2020, 1, 1))

    periods.set_size(organisation=firm, size="small", valid_from=date(2024, 1, 1))

    assert spans(SizePeriod, firm, "size") == [("small", date(2020, 1, 1), None)]


def test_a_size_corrected_on_its_own_first_day_is_overwritten(cluster):
    firm = OrganisationFactory(cluster=cluster)
    periods.set_size(organisation=firm, size="small", valid_from=date(2020, 1, 1))

    periods.set_size(organisation=firm, size="large", valid_from=date(2020, 1, 1))

    assert spans(SizePeriod, firm, "size") == [("large", date(2020, 1, 1), None)]


def test_sizes_are_counted_as_they_were_on_the_date(cluster):
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    periods.set_size(organisation=firm, size="small", valid_from=date(2022, 1, 1))
    periods.set_size(organisation=firm, size="medium", valid_from=date(2024, 1, 1))

    counted = [by_size(cluster, day) for day in (date(2023, 12, 31), date(2024, 1, 1))]

    assert counted == [{"small": 1}, {"medium": 1}]


def test_start_up_status_begins_and_ends(cluster):
    firm = OrganisationFactory(cluster=cluster)
    periods.set_start_up(organisation=firm, is_start_up=True, valid_from=date(2022, 1, 1))

    periods.set_start_up(organisation=firm, is_start_up=False, valid_from=date(2025, 1, 1))

    assert spans(StartUpPeriod, firm, "organisation_id") == [(firm.pk, date(2022, 1, 1), date(2024, 12, 31))]


def test_a_start_up_status_that_never_was_is_removed(cluster):
    firm = OrganisationFactory(cluster=cluster)
    periods.set_start_up(organisation=firm, is_start_up=True, valid_from=date(2022, 1, 1))

    periods.set_start_up(organisation=firm, is_start_up=False, valid_from=date(2022, 1, 1))

    assert spans(StartUpPeriod, firm, "organisation_id") == []


def test_an_ended_membership_still_counts_for_earlier_dates(cluster):
    membership = MembershipFactory(organisation__cluster=cluster)

    periods.end_membership(membership=membership, valid_to=date(2025, 12, 31))

    days = (date(2025, 12, 31), date(2026, 1, 1))
    assert [members(cluster, day).count() for day in days] == [1, 0]


def test_a_second_membership_for_the_same_time_is_refused(cluster):
    membership = MembershipFactory(organisation__cluster=cluster)

    with pytest.raises(ActorError) as refused:
        periods.set_membership(organisation=membership.organisation, valid_from=date(2024, 1, 1))

    assert refused.value.code == "membership.overlaps"


def test_a_member_that_returns_has_two_memberships(cluster):
    firm = MembershipFactory(organisation__cluster=cluster, valid_to=date(2023, 12, 31)).organisation

    periods.set_membership(organisation=firm, valid_from=date(2025, 1, 1))

    days = (date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1))
    assert [members(cluster, day).count() for day in days] == [1, 0, 1]


def test_a_new_level_keeps_the_one_before(cluster):
    firm, skill = OrganisationFactory(cluster=cluster), CompetenceFactory(cluster=cluster)
    competences.set_level(organisation=firm, competence=skill, level=2, valid_from=date(2022, 1, 1))

    competences.set_level(organisation=firm, competence=skill, level=4, valid_from=date(2026, 1, 1))

    assert spans(OrganisationCompetence, firm, "level") == [
        (2, date(2022, 1, 1), date(2025, 12, 31)),
        (4, date(2026, 1, 1), None),
    ]


def test_an_outdated_edit_is_told_and_writes_nothing(cluster):
    firm = OrganisationFactory(cluster=cluster, name="Alt GmbH")
    update_organisation(organisation=firm, expected_version=1, name="Neu GmbH")

    with pytest.raises(EditConflict) as conflict:
        update_organisation(organisation=firm, expected_version=1, name="Anders GmbH")

    firm.refresh_from_db()
    assert (conflict.value.current.name, firm.name, firm.version) == ("Neu GmbH", "Neu GmbH", 2)
