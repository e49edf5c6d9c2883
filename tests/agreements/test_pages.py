"""The pages of the cluster management: drafting, negotiating, people, versions, lists as files."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.agreements import services
from kontor.agreements.catalogue import kinds
from kontor.agreements.models import Agreement, Clause, ClauseComment, Side
from kontor.agreements.queries import progress, sheet_of
from kontor.agreements.texts import texts_of
from kontor.agreements.turns import Progress
from tests.agreements.factories import THEM, US, NegotiatorFactory, current, drafted, negotiated, settled

pytestmark = pytest.mark.django_db


def url(name: str, agreement: Agreement, *args: object) -> str:
    return reverse(f"agreements:{name}", args=[agreement.cluster.slug, agreement.pk, *args])


@pytest.fixture
def page(manager_client):
    """Return a function that gets a page of an agreement as the manager sees it."""

    def get(name: str, agreement: Agreement, *args: object, **query: str) -> str:
        response = manager_client.get(url(name, agreement, *args), query)
        assert response.status_code == 200, response
        return response.content.decode()

    return get


@pytest.fixture
def agreement(cluster, manager) -> Agreement:
    return negotiated(cluster, manager)


@pytest.fixture
def clause(agreement: Agreement) -> Clause:
    found: Clause = agreement.clauses.get(code="rhythm")
    return found


def test_the_empty_list_says_how_to_begin(manager_client, cluster):
    page = manager_client.get(reverse("agreements:overview", args=[cluster.slug])).content.decode()

    assert "No agreement yet" in page
    assert reverse("agreements:create", args=[cluster.slug]) in page


def test_the_list_tells_how_far_each_agreement_is(manager_client, agreement):
    services.accept(wording=current(agreement.clauses.first()), speaker=THEM)
    page = manager_client.get(reverse("agreements:overview", args=[agreement.cluster.slug])).content.decode()

    assert "1 of 3" in page
    assert "Being negotiated" in page


def test_every_page_opens_at_every_stage(page, cluster, manager):
    draft, open_one, agreed = (make(cluster, manager) for make in (drafted, negotiated, settled))
    services.freeze(agreement=agreed, user=manager)
    for each in (draft, open_one, agreed):
        for name in ("detail", "edit", "delete", "freeze", "amend", "clause-add", "people", "invite"):
            page(name, each)
        for clause in each.clauses.all():
            page("clause", each, clause.pk)
    for name in ("version", "sign"):
        page(name, agreed, 1)
    page("comparison", agreed)


def asked(**fields: object) -> dict[str, object]:
    return {
        "our_name": "Nord",
        "counterpart": "Brainport",
        "languages": ["de", "en"],
        "clauses": ["purpose", "visits"],
        "field_de": "Sensorik",
        "field_en": "sensors",
        "visits": "yearly",
        **fields,
    }


def test_a_draft_is_made_on_one_page(manager_client, cluster):
    response = manager_client.post(reverse("agreements:create", args=[cluster.slug]), asked())
    agreement = Agreement.objects.get()

    assert response.url == url("detail", agreement)
    texts = [texts_of(each.wording.text)["en"] for each in sheet_of(agreement).clauses]
    assert "in the field of “sensors”." in texts[0]
    assert "We visit each other once a year," in texts[1]


def test_own_words_go_before_the_options(manager_client, cluster):
    words = {"visits_de": "wenn es passt", "visits_en": "when it suits"}
    manager_client.post(reverse("agreements:create", args=[cluster.slug]), asked(**words))

    text = current(Clause.objects.get(code="visits")).text
    assert "Wir besuchen einander wenn es passt," in texts_of(text)["de"]


def test_the_form_offers_what_is_recommended_and_every_option(manager_client, cluster):
    page = manager_client.get(reverse("agreements:create", args=[cluster.slug])).content.decode()
    kind = kinds()["cooperation_protocol"]

    assert page.count(" checked") == 20 + 2  # clauses, and both languages
    assert all(option.text in page for each in kind.placeholders for option in each.options)


def test_a_faulty_draft_loses_nothing_that_was_typed(manager_client, cluster):
    response = manager_client.post(
        reverse("agreements:create", args=[cluster.slug]), asked(counterpart="", field_en="rare sensors")
    )
    page = response.content.decode()

    assert response.status_code == 422
    assert 'value="rare sensors"' in page
    assert page.count(" checked") == 2 + 2
    assert Agreement.objects.count() == 0


def test_a_clause_is_accepted_with_one_press(manager_client, agreement, clause):
    services.propose(
        clause=clause,
        speaker=THEM,
        heading={"en": "x", "de": "x"},
        text={"en": "y", "de": "y"},
        expected_version=clause.version,
    )
    wording = current(clause)
    manager_client.post(url("clause", agreement, clause.pk), {"act": "accept", "wording": wording.pk})

    assert progress(agreement) == Progress(settled=1, waiting_them=2)


def proposal(clause: Clause, **fields: object) -> dict[str, object]:
    wording = current(clause)
    headings, texts = texts_of(wording.heading), texts_of(wording.text)
    return {
        "act": "propose",
        "version": clause.version,
        "based_on": wording.number,
        **{f"heading_{code}": headings[code] for code in headings},
        **{f"text_{code}": texts[code] for code in texts},
        **fields,
    }


def test_a_wording_is_proposed_from_the_page_and_its_changes_are_shown(manager_client, agreement, clause):
    text = texts_of(current(clause).text)["en"].replace("monthly", "weekly")
    manager_client.post(url("clause", agreement, clause.pk), proposal(clause, text_en=text, is_in_line="on"))
    page = manager_client.get(url("clause", agreement, clause.pk)).content.decode()

    assert current(clause).number == 2
    assert 'added: </span>weekly<span class="visually-hidden"> (end)</span></ins>' in page
    assert 'removed: </span>monthly<span class="visually-hidden"> (end)</span></del>' in page


def test_whoever_is_second_sees_the_other_wording_and_keeps_every_word(manager_client, agreement, clause):
    fields = proposal(clause, text_en="Mine.", text_de="Meins.")
    services.propose(
        clause=clause,
        speaker=THEM,
        heading=texts_of(clause.heading),
        text={"en": "Theirs.", "de": "Ihres."},
        expected_version=clause.version,
    )
    response = manager_client.post(url("clause", agreement, clause.pk), fields)
    page = response.content.decode()

    assert response.status_code == 409
    assert "Jan de Vries has proposed another wording meanwhile" in page
    assert ">\nMine.</textarea>" in page
    clause.refresh_from_db()
    assert f'name="version" value="{clause.version}"' in page


def test_whoever_writes_while_the_other_side_accepts_is_told_so(manager_client, agreement, clause):
    fields = proposal(clause, text_en="Mine.", text_de="Meins.")
    services.accept(wording=current(clause), speaker=THEM)
    response = manager_client.post(url("clause", agreement, clause.pk), fields)
    again = manager_client.post(url("clause", agreement, clause.pk), {**fields, "version": 2})

    assert "Jan de Vries has accepted the wording meanwhile" in response.content.decode()
    assert (response.status_code, again.status_code) == (409, 302)
    assert str(current(clause).text) == "Mine."


@pytest.mark.parametrize(("act", "is_internal"), [("comment", False), ("note", True)])
def test_two_buttons_decide_who_reads_a_comment(manager_client, agreement, clause, act, is_internal):
    manager_client.post(url("clause", agreement, clause.pk), {"act": act, "text": "Well."})
    comment = ClauseComment.objects.get()

    assert (comment.is_internal, comment.side, comment.text) == (is_internal, Side.US, "Well.")


def test_an_empty_comment_is_answered_in_a_sentence(manager_client, agreement, clause):
    response = manager_client.post(url("clause", agreement, clause.pk), {"act": "comment", "text": " "})

    assert response.status_code == 422
    assert "This field is required." in response.content.decode()


def test_an_unknown_act_is_not_there(manager_client, agreement, clause):
    assert manager_client.post(url("clause", agreement, clause.pk), {"act": "burn"}).status_code == 404


def test_clauses_are_moved_left_out_and_put_back(manager_client, cluster, manager):
    agreement = drafted(cluster, manager)
    clause = agreement.clauses.get(code="purpose")
    manager_client.post(url("clause-move", agreement, clause.pk), {"to": "down"})
    clause.refresh_from_db()
    manager_client.post(url("clause", agreement, clause.pk), {"act": "remove", "version": clause.version})
    left = [each.clause.code for each in sheet_of(agreement).clauses]
    manager_client.post(url("clause-back", agreement), {"clause": clause.pk})

    assert left == ["own_costs", "rhythm"]
    assert {each.clause.code for each in sheet_of(agreement).clauses} == {"own_costs", "purpose", "rhythm"}


def test_a_clause_comes_from_the_catalogue_or_from_oneself(manager_client, agreement):
    manager_client.post(url("clause-catalogue", agreement), {"code": "visits"})
    own = {"group": "money", "heading_en": "Prizes", "text_en": "We share."}
    manager_client.post(url("clause-add", agreement), own)

    assert agreement.clauses.count() == 5
    assert sheet_of(agreement).clauses[-1].wording.stale == []
    assert {"Prizes"} < {str(each.heading) for each in agreement.clauses.all()}


def test_the_second_who_changes_the_head_sees_both(manager_client, agreement):
    head = {"title_en": "One", "title_de": "Eins", "our_name": "Nord", "counterpart": "Süd"}
    manager_client.post(url("edit", agreement), {**head, "version": agreement.version})
    late = manager_client.post(
        url("edit", agreement), {**head, "counterpart": "West", "version": agreement.version}
    )

    assert late.status_code == 409
    assert "Süd" in late.content.decode()
    assert 'value="West"' in late.content.decode()


def test_a_draft_is_deleted_by_name(manager_client, cluster, manager):
    agreement = drafted(cluster, manager)
    wrong = manager_client.post(url("delete", agreement), {"confirm_name": "Airport"})
    manager_client.post(url("delete", agreement), {"confirm_name": "brainport"})

    assert wrong.status_code == 422
    assert Agreement.objects.count() == 0


def test_final_version_amendment_and_signatures(manager_client, cluster, manager):
    agreement = settled(cluster, manager)
    manager_client.post(url("freeze", agreement))
    manager_client.post(
        url("sign", agreement, 1),
        {
            "signed_on": agreement.created_at.date().isoformat(),
            "place": "Kiel",
            "by_us": "Anna",
            "by_them": "Jan",
        },
    )
    manager_client.post(url("amend", agreement), {"reason": "More visits."})
    agreement.refresh_from_db()

    assert (agreement.state, agreement.round, agreement.round_reason) == ("negotiating", 2, "More visits.")
    assert agreement.versions.get().signing.place == "Kiel"


def test_open_clauses_stand_in_the_way_of_the_final_version(manager_client, agreement):
    response = manager_client.post(url("freeze", agreement))

    assert response.status_code == 422
    assert "Not every clause is settled yet; open ones: 3." in response.content.decode()


@pytest.mark.parametrize(
    ("to", "state"), [("cancelled", Agreement.State.CANCELLED), ("as_agreed", Agreement.State.NEGOTIATING)]
)
def test_stages_change_where_they_can(manager_client, agreement, to, state):
    manager_client.post(url("stage", agreement), {"to": to})
    agreement.refresh_from_db()

    assert agreement.state == state


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_lists_come_as_files(manager_client, agreement, form):
    whole = manager_client.get(reverse(f"agreements:export-{form}", args=[agreement.cluster.slug]))
    clauses = manager_client.get(url(f"clauses-{form}", agreement))

    assert (whole.status_code, clauses.status_code) == (200, 200)
    if form == "csv":
        text = clauses.content.decode("utf-8-sig")
        assert len(text.splitlines()) >= 4
        assert "How often we talk" in text
        assert "waits for Brainport" in text


@pytest.mark.parametrize("many", [1, 3, 25])
@pytest.mark.parametrize("name", ["detail", "freeze"])
def test_pages_ask_the_same_queries_for_any_number_of_clauses(
    manager_client, cluster, manager, many, name, django_assert_num_queries
):
    codes = list(kinds()["cooperation_protocol"].clauses)[:many]
    agreement = negotiated(cluster, manager, clause_codes=codes)
    manager_client.get(url(name, agreement))
    with django_assert_num_queries({"detail": 13, "freeze": 8}[name]):
        manager_client.get(url(name, agreement))


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number(
    manager_client, cluster, manager, many, django_assert_num_queries
):
    for _number in range(many):
        negotiated(cluster, manager)
    address = reverse("agreements:overview", args=[cluster.slug])
    manager_client.get(address)
    with django_assert_num_queries(11):
        manager_client.get(address)


def test_the_board_reads_what_was_agreed_and_nothing_of_how_it_came_about(
    client_of, key_to, cluster, manager
):
    agreed, open_one = settled(cluster, manager), negotiated(cluster, manager)
    services.comment(clause=agreed.clauses.first(), speaker=US, text="Our secret limit", is_internal=True)
    services.freeze(agreement=agreed, user=manager)
    board = client_of(key_to(RoleKind.BOARD))
    listed = board.get(reverse("agreements:overview", args=[cluster.slug])).content.decode()
    version = board.get(url("version", agreed, 1))

    assert listed.count("/versions/1/") == 1
    assert (f'href="{url("detail", agreed)}"' in listed, url("detail", open_one) in listed) == (False, False)
    assert version.status_code == 200
    assert "Our secret limit" not in version.content.decode()
    for name in ("detail", "people", "freeze", "comparison", "clauses-xlsx"):
        assert board.get(url(name, agreed)).status_code == 403, name


@pytest.mark.parametrize("kind", [RoleKind.MEMBER, RoleKind.PARTNER, RoleKind.FUNDER, RoleKind.COORDINATOR])
def test_nobody_else_gets_in(client_of, key_to, cluster, manager, kind):
    agreed = settled(cluster, manager)
    services.freeze(agreement=agreed, user=manager)
    other = client_of(key_to(kind))

    assert other.get(reverse("agreements:overview", args=[cluster.slug])).status_code == 403
    assert other.get(url("version", agreed, 1)).status_code == 403


def test_what_people_type_stays_text(manager_client, agreement, clause):
    evil = "<script>alert(1)</script>"
    services.propose(
        clause=clause,
        speaker=type(THEM)(Side.THEM, f"Jan {evil}"),
        heading={"en": f"H {evil}", "de": f"H {evil}"},
        text={"en": f"T {evil}", "de": f"T {evil}"},
        expected_version=clause.version,
    )
    services.comment(clause=clause, speaker=THEM, text=evil)
    Agreement.objects.filter(pk=agreement.pk).update(counterpart=f"B {evil}")
    pages = [
        manager_client.get(url("detail", agreement)),
        manager_client.get(url("clause", agreement, clause.pk)),
        manager_client.get(url("people", agreement)),
        manager_client.get(url("freeze", agreement)),
        manager_client.get(reverse("agreements:overview", args=[agreement.cluster.slug])),
    ]

    assert [evil in each.content.decode() for each in pages] == [False] * 5
    assert "&lt;script&gt;" in pages[1].content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_a_clause_asks_the_same_queries_for_any_history(
    manager_client, agreement, clause, many, django_assert_num_queries
):
    for number in range(many):
        services.propose(
            clause=clause,
            speaker=(US, THEM)[number % 2],
            heading=texts_of(clause.heading),
            text={"en": f"Text {number}", "de": f"Text {number}"},
            expected_version=clause.version,
        )
        services.comment(clause=clause, speaker=THEM, text="Well.")
        clause.refresh_from_db()
    manager_client.get(url("clause", agreement, clause.pk))
    with django_assert_num_queries(13):
        manager_client.get(url("clause", agreement, clause.pk))


@pytest.mark.parametrize("many", [1, 3])
def test_the_people_ask_the_same_queries_for_any_number(
    manager_client, agreement, key_to, many, django_assert_num_queries
):
    for _number in range(many):
        NegotiatorFactory(agreement=agreement)
        services.add_colleague(agreement=agreement, user=key_to(RoleKind.TEAM))
    manager_client.get(url("people", agreement))
    with django_assert_num_queries(6):
        manager_client.get(url("people", agreement))


def test_what_lacks_something_is_opened_to_be_filled_in(page, cluster, manager):
    agreement = drafted(cluster, manager, filled_in={})
    lacking, whole = (agreement.clauses.get(code=code) for code in ("purpose", "own_costs"))

    assert 'id="propose" open' in page("clause", agreement, lacking.pk)
    assert 'id="propose" open' not in page("clause", agreement, whole.pk)
