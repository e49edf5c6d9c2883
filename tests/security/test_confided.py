"""What a role may not know changes no page that it can open: no list, no filter, no order, no file."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.actors.models import Organisation, Person, SizePeriod, StartUpPeriod, Tie
from kontor.needs.models import Need
from tests.architecture.furnished import Furnished, furnish
from tests.architecture.test_wall import enter, key, pages
from tests.factories import (
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    PersonFactory,
    TieFactory,
)

OPEN = "scope=all&filters=1&rows=1000&column=name&column=size&column=since&column=abroad&column=kind"
ASKED = {
    "actors:directory": (
        *(f"{OPEN}&sort={sort}" for sort in ("size", "-size", "abroad", "-abroad", "start_up", "missing")),
        *(f"{OPEN}&size={size}" for size in ("micro", "large")),
        *(f"{OPEN}&{gap}" for gap in ("missing=contact", "missing=consent", "missing=size", "start_up=yes")),
        f"{OPEN}&abroad=yes",
    ),
    "actors:map-points": ("scope=all&size=micro", "scope=all&start_up=yes", "scope=all&missing=consent"),
    "actors:names": ("partner=confided", "partner=Sensorwerk"),
    "journey:search": ("q=confided", "q=Sensorwerk"),
    "actors:projects": ("q=confided",),
}
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "[^"]*"|\d\d:\d\d(:\d\d)?|csrf[^>]*>'
)


@pytest.fixture
def home(db: None) -> Furnished:
    """Return a cluster in which every count speaks of more than three."""
    home = furnish(ClusterFactory(slug="home"))
    topic = Need.objects.get().topic
    for number in range(4):
        firm = OrganisationFactory(cluster=home.cluster, latitude=54.3, longitude=10.1 + number)
        MembershipFactory(organisation=firm)
        PersonFactory(organisation=firm)
        NeedFactory(organisation=firm, topic=topic)
        TieFactory(organisation=firm)
    return home


def text_of(response: HttpResponse) -> str:
    """Return what an answer tells, a workbook unpacked, without what changes by itself."""
    content = response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [name for name in sorted(book.namelist()) if "docProps" not in name]
            content = b"\n".join(book.read(name) for name in parts)
    return CHANGING.sub("", content.decode(errors="replace"))


def everything(home: Furnished) -> list[str]:
    """Return the address of every page and file, and of every list as an attacker would ask for it."""
    return [url for _name, url in pages(home)] + asked(home)


def asked(home: Furnished) -> list[str]:
    return [
        f"{reverse(name, args=[home.cluster.slug])}?{query}"
        for name, queries in ASKED.items()
        for query in queries
    ]


def seen(client: Client, addresses: list[str]) -> dict[str, str]:
    """Return what the person reads at each address that opens."""
    return {url: text_of(response) for url in addresses if (response := client.get(url)).status_code == 200}


def somebody() -> Organisation:
    """Return a member that is not one's own."""
    found = Organisation.objects.exclude(latitude=None).order_by("pk").last()
    assert found is not None
    return found


def contacts() -> None:
    Person.objects.update(
        family_name="Confided", given_name="C", email="confided@example.org", phone="confided"
    )


def consent() -> None:
    Person.objects.update(consent_on=date(2026, 1, 1), consent_source="confided")


def no_contact() -> None:
    somebody().people.all().delete()


def size() -> None:
    SizePeriod.objects.create(organisation=somebody(), size="micro")


def start_up() -> None:
    StartUpPeriod.objects.create(organisation=somebody(), valid_from=date(2022, 1, 1))


def words_of_needs() -> None:
    # By which ways how many spoke is told to all, in sums.
    Need.objects.update(statement="confided", urgency=3)


def notes_on_ties() -> None:
    Tie.objects.update(note="confided", kind="licence")


OF_PEOPLE = (contacts, words_of_needs)
OF_COMPETITORS = (*OF_PEOPLE, consent, no_contact, size, start_up, notes_on_ties)
KEPT_FROM = {
    RoleKind.BOARD: OF_PEOPLE,
    RoleKind.FUNDER: OF_PEOPLE,
    RoleKind.MEMBER: OF_COMPETITORS,
    RoleKind.COORDINATOR: OF_COMPETITORS,
    RoleKind.PARTNER: OF_COMPETITORS,
}


@pytest.mark.parametrize("kind", KEPT_FROM)
def test_what_is_confided_changes_no_page(client, home, kind):
    enter(client, key(kind, home.cluster))
    before = seen(client, everything(home))

    for change in KEPT_FROM[kind]:
        change()

    after = seen(client, everything(home))
    assert [url for url in before | after if before.get(url) != after.get(url)] == []


def test_the_management_sees_each_of_these_changes(client, home):
    """Otherwise the test above would prove nothing."""
    enter(client, key(RoleKind.MANAGER, home.cluster))
    slug = home.cluster.slug
    own = [
        reverse("actors:people", args=[slug]),
        reverse("needs:directory", args=[slug]),
        reverse("actors:organisation", args=[slug, somebody().pk]),
        *asked(home),
    ]
    states = [seen(client, own)]
    for change in OF_COMPETITORS:
        change()
        states.append(seen(client, own))

    pairs = zip(OF_COMPETITORS, states[:-1], states[1:], strict=True)
    assert [change.__name__ for change, before, after in pairs if before == after] == []
