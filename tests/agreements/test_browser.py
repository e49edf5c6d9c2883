"""The guest’s pages in a real browser: no barriers, no overflow on a phone, all without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from kontor.agreements import services
from kontor.agreements.models import Agreement
from kontor.agreements.queries import progress
from kontor.agreements.turns import Progress
from tests.agreements.factories import THEM, US, NegotiatorFactory, current, guest_token, negotiated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def guest(cluster):
    agreement = negotiated(cluster)
    clause = agreement.clauses.get(code="rhythm")
    services.comment(clause=clause, speaker=US, text="Is this often enough?")
    return NegotiatorFactory(agreement=agreement)


@pytest.fixture
def page(browser, live_server, guest):
    """Return a function that opens the guest's paper."""
    contexts = []

    def open_page(*, script: bool = True, scheme: str = "light"):
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=script, color_scheme=scheme
        )
        contexts.append(context)
        opened = context.new_page()
        path = reverse("agreements:guest", args=[guest.agreement.cluster.slug, guest_token(guest)])
        opened.goto(live_server.url + path)
        return opened

    yield open_page
    for context in contexts:
        context.close()


def barriers(opened) -> list[str]:
    found = Axe().run(opened).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def to_clause(opened, number: int) -> None:
    opened.locator(".paper-clause").nth(number - 1).get_by_role("link").click()
    opened.wait_for_load_state()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_guests_meet_no_barriers_and_no_overflow(page, guest, scheme):
    clause = guest.agreement.clauses.get(code="rhythm")
    services.propose(
        clause=clause,
        speaker=US,
        heading={"en": "Rhythm", "de": "Rhythmus"},
        text={"en": "We talk daily.", "de": "Wir reden täglich."},
        expected_version=clause.version,
    )
    opened = page(scheme=scheme)
    whole = (barriers(opened), opened.evaluate(OVERFLOW))
    to_clause(opened, 3)
    opened.locator("#propose > summary").click()
    one = (barriers(opened), opened.evaluate(OVERFLOW))

    assert (whole, one) == (([], 0), ([], 0))


def test_without_scripts_a_guest_accepts_changes_and_asks(page, guest):
    opened = page(script=False)
    opened.get_by_label("I accept this wording").first.check()
    opened.get_by_role("button", name="Accept the ticked ones").click()
    to_clause(opened, 3)
    opened.locator("#propose > summary").click()
    opened.get_by_label("Text in English").fill("We talk every Monday.")
    opened.get_by_label("Text in German").fill("Wir reden jeden Montag.")
    opened.get_by_role("button", name="Propose this wording").click()
    opened.get_by_label("Comment").fill("Mondays suit us best.")
    opened.get_by_role("button", name="Send to Nord").click()
    agreement = Agreement.objects.get()
    wording = current(agreement.clauses.get(code="rhythm"))

    assert progress(agreement) == Progress(settled=1, waiting_us=1, waiting_them=1)
    assert (str(wording.text), wording.author_name) == ("We talk every Monday.", THEM.name)
    assert wording.clause.comments.count() == 2
