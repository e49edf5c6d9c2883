"""Signed links to a profile: where they stop opening, and what their pages give away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.services import issue_link
from kontor.actors.services.confirmation import PURPOSE
from tests.factories import ClusterFactory, MembershipFactory, PersonFactory


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(cluster):
    """Return a contact who agreed."""
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    return PersonFactory(organisation=firm, consent_on=date(2024, 1, 1))


def page_of(person, **more):
    said = {"purpose": PURPOSE, "target": person.pk, "email": person.email, "language": "en", **more}
    link, token = issue_link(cluster=person.cluster, **said)
    return link, reverse("actors:confirm", args=[person.cluster.slug, token])


def test_the_page_is_kept_by_nobody_and_told_to_nobody(client, person):
    response = client.get(page_of(person)[1])

    told = (response["Referrer-Policy"], response["X-Robots-Tag"], "no-store" in response["Cache-Control"])
    assert told == ("same-origin", "noindex, nofollow", True)


def test_a_link_to_a_mailbox_that_the_person_no_longer_has_opens_nothing(client, person):
    _, address = page_of(person)
    person.email = "new@example.org"
    person.save()

    assert client.get(address).status_code == 404


def test_a_link_of_another_purpose_opens_nothing(client, person):
    assert client.get(page_of(person, purpose="actors.something_else")[1]).status_code == 404


def test_a_link_opens_nothing_under_another_cluster(client, person):
    elsewhere = ClusterFactory(slug="elsewhere")
    _, address = page_of(person)

    assert (
        client.get(address.replace(f"/{person.cluster.slug}/", f"/{elsewhere.slug}/", 1)).status_code == 404
    )


def test_an_expired_link_does_not_flood_a_mailbox(client, person, mailoutbox):
    link, address = page_of(person)
    link.expires_at = timezone.now() - timedelta(days=1)
    link.save()

    answers = [client.post(address, {"renew": ""}).status_code for _ in range(6)]

    assert (len(mailoutbox), answers[-1]) == (3, 429)


@pytest.mark.parametrize("version", ["9" * 5000, "²", "\x00", "-1"], ids=ascii)
def test_no_version_makes_the_page_crash(client, person, version):
    client.raise_request_exception = False
    firm = person.organisation

    response = client.post(page_of(person)[1], {"name": firm.name, "version": version})

    assert response.status_code in {400, 409, 422}
