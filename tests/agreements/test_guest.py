"""Guests: a link opens one agreement for one person, again and again, and nothing else, ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.agreements import services
from kontor.agreements.catalogue import kinds
from kontor.agreements.models import Agreement, Clause, ClauseComment, Negotiator, Side
from kontor.agreements.queries import progress, sheet_of
from kontor.agreements.texts import texts_of
from kontor.agreements.turns import Progress
from tests.agreements.factories import (
    THEM,
    US,
    NegotiatorFactory,
    current,
    drafted,
    guest_token,
    negotiated,
    settled,
)

pytestmark = pytest.mark.django_db


class Visit:
    """A guest at the pages behind a link."""

    def __init__(self, guest: Negotiator, token: str = "") -> None:
        self.client = Client()
        self.slug = guest.agreement.cluster.slug
        self.token = token or guest_token(guest)

    def url(self, name: str = "guest", *args: object) -> str:
        return reverse(f"agreements:{name}", args=[self.slug, self.token, *args])

    def get(self, name: str = "guest", *args: object):
        return self.client.get(self.url(name, *args))

    def post(self, data: dict[str, object], name: str, *args: object):
        return self.client.post(self.url(name, *args), data)

    def page(self, name: str = "guest", *args: object) -> str:
        response = self.get(name, *args)
        assert response.status_code == 200, response
        return response.content.decode()


@pytest.fixture
def agreement(cluster, manager) -> Agreement:
    return negotiated(cluster, manager)


@pytest.fixture
def guest(agreement: Agreement) -> Negotiator:
    made: Negotiator = NegotiatorFactory(agreement=agreement)
    return made


@pytest.fixture
def visit(guest: Negotiator) -> Visit:
    return Visit(guest)


@pytest.fixture
def clause(agreement: Agreement) -> Clause:
    found: Clause = agreement.clauses.get(code="rhythm")
    return found


def proposal(clause: Clause, **fields: object) -> dict[str, object]:
    wording = current(clause)
    headings, texts = texts_of(wording.heading), texts_of(wording.text)
    said = {f"heading_{code}": headings[code] for code in headings}
    said |= {f"text_{code}": texts[code] for code in texts}
    return {"act": "propose", "version": clause.version, "based_on": wording.number, **said, **fields}


def test_the_guest_reads_the_whole_paper_and_what_waits(visit):
    page = visit.page()

    assert "Each side bears its own costs" in page
    assert page.count("waits for you") == 3
    assert "You take part as Jan de Vries, Brainport." in page


def test_the_link_works_again_and_again(visit, clause):
    for _time in range(3):
        visit.post({"act": "comment", "text": "Hello"}, "guest-clause", clause.pk)

    assert ClauseComment.objects.count() == 3
    assert visit.get().status_code == 200


def test_the_guest_speaks_by_the_name_stored_with_the_link(visit, clause):
    data = proposal(clause, text_en="Daily.", text_de="Täglich.", author_name="The Queen", name="The Queen")
    response = visit.post(data, "guest-clause", clause.pk)
    wording = current(clause)

    assert response.status_code == 302
    assert (wording.number, wording.side, wording.author_name) == (2, Side.THEM, "Jan de Vries")


def test_the_guest_accepts_one_by_one_or_what_is_ticked(visit, agreement, clause):
    visit.post({"act": "accept", "wording": current(clause).pk}, "guest-clause", clause.pk)
    others = [current(each).pk for each in agreement.clauses.exclude(pk=clause.pk)]
    visit.post({"wordings": others}, "guest-accept")

    assert progress(agreement) == Progress(settled=3)


def test_the_guest_proposes_a_clause_and_to_leave_one_out(visit, agreement, clause):
    own = {"group": "money", "heading_en": "Prizes", "text_en": "We share.", "heading_de": "", "text_de": ""}
    visit.post(own, "guest-add")
    visit.post({"act": "remove", "version": clause.version}, "guest-clause", clause.pk)

    assert progress(agreement) == Progress(waiting_us=1, waiting_them=2, open=1)


def test_two_at_once_lose_nothing(visit, clause):
    data = proposal(clause, text_en="Mine.", text_de="Meins.")
    services.propose(
        clause=clause,
        speaker=US,
        heading=texts_of(clause.heading),
        text={"en": "Ours.", "de": "Unseres."},
        expected_version=clause.version,
    )
    response = visit.post(data, "guest-clause", clause.pk)
    page = response.content.decode()

    assert response.status_code == 409
    assert "Anna Brandt has proposed another wording meanwhile" in page
    assert "Mine.</textarea>" in page


def test_pages_are_in_the_language_of_the_link(agreement):
    visit = Visit(NegotiatorFactory(agreement=agreement, language="de"))

    assert "wartet auf Sie" in visit.page()
    assert "Wie oft wir sprechen" in visit.page()


def test_internal_notes_are_nowhere_to_be_seen(visit, agreement, clause, manager):
    services.comment(clause=clause, speaker=US, text="Our secret limit", is_internal=True)
    services.comment(clause=clause, speaker=US, text="An open word")
    pages = [visit.page(), visit.page("guest-clause", clause.pk)]
    other = visit.post({"act": "comment", "text": ""}, "guest-clause", clause.pk).content.decode()
    for each in agreement.clauses.all():
        services.accept(wording=current(each), speaker=THEM)
    services.freeze(agreement=agreement, user=manager)
    pages += [visit.page(), visit.page("guest-version", 1), other]

    assert ["secret" in page.lower() for page in pages] == [False] * 5
    assert "An open word" in pages[1]
    assert "1 comment<" in pages[0]


def test_a_guest_cannot_write_an_internal_note(visit, clause):
    assert visit.post({"act": "note", "text": "x"}, "guest-clause", clause.pk).status_code == 404
    assert ClauseComment.objects.count() == 0


def test_nothing_of_another_agreement_opens_or_changes(visit, cluster, manager):
    other = settled(cluster, manager)
    services.freeze(agreement=other, user=manager)
    unsettled = negotiated(cluster, manager)
    foreign = unsettled.clauses.first()
    wording = current(foreign)
    acts = ({"act": "accept", "wording": wording.pk}, {"act": "comment", "text": "x"}, proposal(foreign))
    answers = [visit.get("guest-clause", foreign.pk).status_code]
    answers += [visit.post(act, "guest-clause", foreign.pk).status_code for act in acts]
    visit.post({"wordings": [wording.pk]}, "guest-accept")
    answers += [visit.get("guest-version", 1).status_code]
    answers += [visit.get("guest-version-download", 1, "en", "pdf").status_code]

    assert answers == [404] * 6
    assert progress(unsettled) == Progress(waiting_them=3)
    assert ClauseComment.objects.count() == 0


def test_a_wording_of_another_clause_is_not_accepted_by_the_way(visit, agreement, clause):
    other = current(agreement.clauses.get(code="purpose"))
    answer = visit.post({"act": "accept", "wording": other.pk}, "guest-clause", clause.pk)

    assert (answer.status_code, progress(agreement)) == (404, Progress(waiting_them=3))


def test_the_pages_of_the_office_stay_closed(visit, agreement, clause):
    for name, args in (("detail", []), ("clause", [clause.pk]), ("people", []), ("clauses-csv", [])):
        address = reverse(f"agreements:{name}", args=[agreement.cluster.slug, agreement.pk, *args])
        assert visit.client.get(address).status_code == 302, name  # to the login


def test_a_draft_is_not_shown(cluster, manager):
    visit = Visit(NegotiatorFactory(agreement=drafted(cluster, manager)))

    assert visit.get().status_code == 404


@pytest.mark.parametrize("way", ["revoked", "renewed", "moved"])
def test_a_link_that_was_withdrawn_opens_nothing(visit, guest, way):
    if way == "revoked":
        services.revoke_negotiator(negotiator=guest)
    elif way == "renewed":
        services.renew_negotiator(negotiator=guest)
    else:
        fields = {"name": guest.name, "email": "new@example.org", "language": "en"}
        services.update_negotiator(negotiator=guest, expected_version=1, **fields)

    assert visit.get().status_code == 404


def test_a_link_of_another_room_or_cluster_opens_nothing(guest, visit):
    elsewhere = negotiated()
    foreign = Visit(guest)
    foreign.slug = elsewhere.cluster.slug
    TaskLink.objects.update(purpose="votes.cast")

    assert foreign.get().status_code == 404
    assert visit.get().status_code == 404


def test_an_expired_link_offers_a_new_one_that_works(visit):
    TaskLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    expired = visit.get().status_code
    visit.post({"new_link": "1"}, "guest")
    token = mail.outbox[0].body.split("/negotiate/")[1].split("/")[0]
    fresh = Client().get(reverse("agreements:guest", args=[visit.slug, token]))

    assert (expired, fresh.status_code) == (410, 200)


def test_after_the_end_the_link_still_hands_out_the_paper_and_takes_nothing(
    visit, agreement, manager, clause
):
    for each in agreement.clauses.all():
        services.accept(wording=current(each), speaker=THEM)
    services.freeze(agreement=agreement, user=manager)
    page = visit.page()
    refused = visit.post(proposal(clause, text_en="Late.", text_de="Spät."), "guest-clause", clause.pk)

    assert "Thank you!" in page
    for language in ("de", "en"):
        for form, head in (("docx", b"PK"), ("pdf", b"%PDF")):
            response = visit.get("guest-version-download", 1, language, form)
            assert (response.status_code, response.content[: len(head)]) == (200, head)
    assert refused.status_code == 422
    assert "Both sides have agreed." in refused.content.decode()
    assert "Late.</textarea>" in refused.content.decode()
    assert visit.get("guest-add").status_code == 302
    assert visit.get("guest-draft", "en", "pdf").status_code == 404


def test_an_amendment_opens_the_same_link_again(visit, agreement, manager):
    for each in agreement.clauses.all():
        services.accept(wording=current(each), speaker=THEM)
    services.freeze(agreement=agreement, user=manager)
    services.begin_amendment(agreement=agreement, reason="More visits.")

    assert "This is an amendment: More visits." in visit.page()


def test_the_draft_comes_as_a_file(visit):
    assert visit.get("guest-draft", "en", "docx").content[:2] == b"PK"
    assert visit.get("guest-draft", "en", "exe").status_code == 404
    assert visit.get("guest-draft", "fr", "pdf").status_code == 404


def test_a_given_up_agreement_says_so(visit, agreement):
    services.cancel_agreement(agreement=agreement)

    assert "does not pursue this paper any further" in visit.page()


def test_what_is_typed_stays_text(visit, agreement, clause):
    evil = "<img src=x onerror=alert(1)>"
    data = proposal(clause, heading_en=evil, heading_de=evil, text_en=evil, text_de=evil)
    visit.post(data, "guest-clause", clause.pk)
    visit.post({"act": "comment", "text": evil}, "guest-clause", clause.pk)
    Agreement.objects.update(our_name=f"N {evil}", title=f"T {evil}")
    pages = [visit.page(), visit.page("guest-clause", clause.pk), visit.page("guest-add")]

    assert [evil in page for page in pages] == [False] * 3


def test_a_look_is_noted_once_a_minute(visit, guest):
    visit.page()
    guest.refresh_from_db()
    first = guest.seen_at
    visit.page()
    guest.refresh_from_db()

    assert first is not None
    assert guest.seen_at == first


def test_pages_are_kept_out_of_search_engines_and_caches(visit):
    response = visit.get()

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("many", [1, 3, 25])
def test_the_paper_asks_the_same_queries_for_any_number_of_clauses(
    cluster, manager, many, django_assert_num_queries
):
    codes = list(kinds()["cooperation_protocol"].clauses)[:many]
    visit = Visit(NegotiatorFactory(agreement=negotiated(cluster, manager, clause_codes=codes)))
    visit.page()
    with django_assert_num_queries(7):
        visit.page()
    clause = sheet_of(Agreement.objects.get()).clauses[0].clause
    with django_assert_num_queries(11):
        visit.page("guest-clause", clause.pk)
