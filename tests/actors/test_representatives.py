"""Who speaks for an organisation: linked by hand, or known by the e-mail address."""

from __future__ import annotations

import pytest

from kontor.actors.queries.members import own_organisation_ids
from tests.factories import OrganisationFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_linked_account_speaks_for_the_organisation(cluster):
    user = UserFactory()
    person = PersonFactory(organisation=OrganisationFactory(cluster=cluster), user=user, email="")

    assert own_organisation_ids(user, cluster) == {person.organisation_id}


def test_an_invited_contact_speaks_for_the_organisation_by_the_address(cluster):
    person = PersonFactory(organisation=OrganisationFactory(cluster=cluster), email="Joerdis@Example.org")

    assert own_organisation_ids(UserFactory(email="joerdis@example.org"), cluster) == {person.organisation_id}


def test_contacts_without_an_address_are_nobodys(cluster):
    PersonFactory(organisation=OrganisationFactory(cluster=cluster), email="")

    assert own_organisation_ids(UserFactory(email="joerdis@example.org"), cluster) == frozenset()


def test_the_address_counts_in_its_cluster_only(cluster):
    PersonFactory(email="joerdis@example.org")

    assert own_organisation_ids(UserFactory(email="joerdis@example.org"), cluster) == frozenset()
