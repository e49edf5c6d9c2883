"""A member without an account confirms its profile through a signed link."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.actors.models import OrganisationCompetence, SizePeriod
from tests.factories import CompetenceFactory, MembershipFactory, OrganisationCompetenceFactory, PersonFactory


@pytest.fixture
def person(cluster):
    """Return a contact who agreed."""
    firm = MembershipFactory(organisation__cluster=cluster, organisation__name="Förde Werk").organisation
    return PersonFactory(organisation=firm, consent_on=date(2024, 1, 1), language="de")


def ask(manager_client, cluster, *organisations):
    address = reverse("actors:confirm-ask", args=[cluster.slug])
    return manager_client.post(address, {"ids": [each.pk for each in organisations]}, follow=True)


def path_in(mail):
    return re.search(r"https?://[^/]+(/\S+/confirm/\S+/)", mail.body).group(1)


def test_the_mail_is_in_the_language_of_the_person(manager_client, cluster, person, mailoutbox):
    ask(manager_client, cluster, person.organisation)

    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([person.email], "Stimmt das noch? Das Profil von Förde Werk")
    ]


def test_nobody_is_asked_without_consent(manager_client, cluster, mailoutbox):
    stranger = PersonFactory(organisation__cluster=cluster)

    ask(manager_client, cluster, stranger.organisation)

    assert mailoutbox == []


def test_the_answer_updates_the_profile_and_closes_the_link(
    manager_client, client, cluster, person, mailoutbox
):
    firm = person.organisation
    gone = OrganisationCompetenceFactory(organisation=firm, valid_from=date(2022, 1, 1))
    new = CompetenceFactory(cluster=cluster)
    ask(manager_client, cluster, firm)
    path = path_in(mailoutbox[0])
    client.logout()
    opened = client.get(path)

    answer = {"name": firm.name, "city": "Lübeck", "size": "small", "added_1": new.pk, "kept": []}
    done = client.post(path, answer | {"version": opened.context["version"]})

    firm.refresh_from_db()
    today = timezone.localdate()
    held = OrganisationCompetence.objects.valid_on(today).filter(organisation=firm)
    assert (done.status_code, firm.city, list(held.values_list("competence", flat=True))) == (
        200,
        "Lübeck",
        [new.pk],
    )
    gone.refresh_from_db()
    assert gone.valid_to == today - timedelta(days=1)
    assert SizePeriod.objects.get(organisation=firm).size == "small"
    assert client.get(path).status_code == 410


def test_a_member_says_where_in_the_value_chain_it_stands(
    manager_client, client, cluster, person, mailoutbox
):
    firm = person.organisation
    ask(manager_client, cluster, firm)
    path = path_in(mailoutbox[0])
    client.logout()
    version = client.get(path).context["version"]
    client.post(path, {"name": firm.name, "value_chain": "systems", "kept": [], "version": version})
    firm.refresh_from_db()

    assert firm.value_chain == "systems"


def test_the_link_opens_no_other_cluster(manager_client, client, cluster, person, mailoutbox):
    ask(manager_client, cluster, person.organisation)
    path = path_in(mailoutbox[0]).replace(f"/{cluster.slug}/", "/elsewhere/")

    assert client.get(path).status_code == 404


def test_an_expired_link_can_be_renewed(manager_client, client, cluster, person, mailoutbox):
    ask(manager_client, cluster, person.organisation)
    TaskLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    path = path_in(mailoutbox[0])

    codes = [client.get(path).status_code, client.post(path, {"renew": "yes"}).status_code]

    assert (codes, client.get(path_in(mailoutbox[1])).status_code) == ([410, 200], 200)
