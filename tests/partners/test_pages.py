"""The pages: who sees what, what is refused in a sentence, and how many queries they ask."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.partners import services
from kontor.partners.models import Fact, Partner, PartnerContact, PartnerDistinct, StageChange
from tests.factories import (
    CompetenceFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationCompetenceFactory,
)
from tests.partners.factories import (
    FactFactory,
    PartnerCompetenceFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    StageChangeFactory,
    SwotEntryFactory,
)

OUTSIDERS = [RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.PARTNER, RoleKind.FUNDER]
PAGES = ("overview", "create", "own", "same", "compare", "fit", "leads", "cordis", "import")
OF_ONE = (
    "detail",
    "edit",
    "facts",
    "record",
    "fit-of",
    "swot",
    "swot-new",
    "competences",
    "need-new",
    "contact-new",
)
READING = ("detail", "facts", "fit-of", "swot")
# Session, user, role, then what the page itself asks.
LISTS = {"overview": 6, "same": 5, "compare": 14, "fit": 10, "export-csv": 7}


def url(name, cluster, *args):
    return reverse(f"partners:{name}", args=[cluster.slug, *args])


@pytest.fixture
def partner(cluster):
    return PartnerFactory(cluster=cluster, name="Photonics Finland", stage="short")


@pytest.fixture
def board(client_of, key_to):
    return client_of(key_to(RoleKind.BOARD))


def filled(partner):
    FactFactory(partner=partner)
    FactFactory(partner=partner, field="label", number=None, choices=["gold"])
    PartnerCompetenceFactory(partner=partner)
    PartnerNeedFactory(partner=partner)
    PartnerContactFactory(partner=partner)
    SwotEntryFactory(partner=partner)
    StageChangeFactory(partner=partner)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_an_empty_cluster(cluster, manager_client, page):
    assert manager_client.get(url(page, cluster)).status_code == 200


@pytest.mark.parametrize("page", sorted(LISTS))
@pytest.mark.parametrize("number", [1, 3, 50])
def test_lists_ask_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, page, number
):
    for _time in range(number):
        filled(PartnerFactory(cluster=cluster, stage="short"))

    with django_assert_num_queries(LISTS[page]):
        manager_client.get(url(page, cluster))


@pytest.mark.parametrize("number", [1, 3])
def test_a_profile_asks_the_same_queries_for_any_number_of_facts(
    cluster, partner, manager_client, django_assert_max_num_queries, number
):
    for _time in range(number):
        filled(partner)

    with django_assert_max_num_queries(14):
        manager_client.get(url("detail", cluster, partner.pk))


def test_a_thousand_partners_are_listed_in_pages_of_fifty(cluster, manager_client, django_assert_num_queries):
    Partner.objects.bulk_create(PartnerFactory.build_batch(1000, cluster=cluster))

    with django_assert_num_queries(LISTS["overview"]):
        response = manager_client.get(url("overview", cluster), {"page": 20, "sort": "-name"})

    assert (len(response.context["lines"]), response.context["page"].number) == (50, 20)


@pytest.mark.parametrize("kind", OUTSIDERS)
@pytest.mark.parametrize("page", ["overview", "fit", "compare", "leads", "export-csv", "import-template"])
def test_partner_clusters_are_for_insiders(cluster, client_of, key_to, kind, page):
    assert client_of(key_to(kind)).get(url(page, cluster)).status_code == 403


@pytest.mark.parametrize("page", sorted(set(OF_ONE) - set(READING)))
def test_the_board_reads_and_changes_nothing(cluster, partner, board, page):
    assert board.get(url(page, cluster, partner.pk)).status_code == 403


def test_contacts_are_hidden_from_the_board(cluster, partner, board):
    filled(partner)

    pages = [board.get(url(page, cluster, partner.pk)).content.decode() for page in READING]
    lists = [
        board.get(url(page, cluster)).content.decode()
        for page in ("overview", "export-csv", "fit", "compare")
    ]

    assert [page for page in (*pages, *lists) if "aino@" in page or "Aino" in page] == []


def test_the_management_sees_contacts(cluster, partner, manager_client):
    filled(partner)

    assert "aino@photonics.example" in manager_client.get(url("detail", cluster, partner.pk)).content.decode()


def test_the_history_of_a_profile_is_not_shown_to_the_board(
    cluster, partner, manager_client, client_of, key_to
):
    manager_client.post(url("contact-new", cluster, partner.pk), {"name": "Aino Virtanen"})

    page = client_of(key_to(RoleKind.BOARD)).get(url("detail", cluster, partner.pk)).content.decode()

    assert (PartnerContact.objects.count(), "Aino" in page) == (1, False)


def test_a_partner_is_added_with_name_and_country(cluster, manager_client):
    response = manager_client.post(url("create", cluster), {"name": "Photonics Finland", "country": "FI"})

    made = Partner.objects.get()
    assert (response.url, made.stage_by) == (url("detail", cluster, made.pk), made.stage_by)


def test_what_looks_like_one_that_is_there_is_shown_before_anything_is_saved(
    cluster, partner, manager_client
):
    form = {"name": "Photonics Finland ry", "country": "FI", "city": "Oulu"}

    asked = manager_client.post(url("create", cluster), form)
    number = Partner.objects.count()
    manager_client.post(url("create", cluster), form | {"is_new": "1"})

    assert (asked.status_code, [each["partner"] for each in asked.context["alike"]], number) == (
        422,
        [partner],
        1,
    )
    assert (Partner.objects.count(), PartnerDistinct.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": ""}, "name"),
        ({"country": "XX"}, "country"),
        ({"website": "not a site"}, "website"),
        ({"partner": "Nobody"}, "partner"),
        ({"languages": ["klingon"]}, "languages"),
    ],
)
def test_a_form_that_cannot_be_says_where(cluster, manager_client, form, field):
    response = manager_client.post(url("create", cluster), {"name": "A", "country": "FI"} | form)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_the_second_editor_is_shown_both_versions(cluster, partner, manager_client):
    services.update_partner(partner=partner, expected_version=1, city="Theirs")

    response = manager_client.post(
        url("edit", cluster, partner.pk),
        {"name": partner.name, "country": "FI", "city": "Mine", "version": 1},
    )

    shown = [(row.current, row.yours) for row in response.context["conflict"]]
    assert (response.status_code, shown, response.context["version"]) == (409, [("Theirs", "Mine")], 2)


def test_several_facts_are_recorded_from_one_source(cluster, partner, manager_client):
    manager_client.post(
        url("record", cluster, partner.pk) + "?group=members",
        {
            "f_members_total": "1.200",
            "f_members_sme": "",
            "f_key_actors_de": "Nokia",
            "source": "Website",
            "source_url": "photonics.fi/about",
            "as_of": "2026-01-31",
        },
    )

    assert list(Fact.objects.order_by("field").values_list("field", "number", "source_url", "as_of")) == [
        ("key_actors", None, "https://photonics.fi/about", date(2026, 1, 31)),
        ("members_total", 1200.0, "https://photonics.fi/about", date(2026, 1, 31)),
    ]


def test_what_still_holds_is_confirmed_with_a_tick(cluster, partner, manager_client):
    FactFactory(partner=partner, as_of=date(2020, 1, 1))
    FactFactory(partner=partner, field="label", number=None, choices=["gold"], as_of=date(2020, 1, 1))

    manager_client.post(
        url("record", cluster, partner.pk) + "?stale=1",
        {"still_members_total": "on", "still_label": "on", "source": "Call", "as_of": "2026-01-31"},
    )

    newest = Fact.objects.filter(source="Call").order_by("field")
    assert list(newest.values_list("field", "number", "choices")) == [
        ("label", None, ["gold"]),
        ("members_total", 120.0, []),
    ]


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ({}, ["__all__"]),
        ({"f_members_total": "many"}, ["f_members_total"]),
        ({"f_members_total": "-5"}, ["f_members_total"]),
        ({"f_members_total": "5", "as_of": "2999-01-01"}, ["as_of"]),
        ({"f_members_total": "5", "source": ""}, ["source"]),
        ({"f_members_total": "5", "source_url": "javascript:alert(1)"}, ["source_url"]),
    ],
)
def test_facts_that_cannot_be_are_refused_and_nothing_is_lost(cluster, partner, manager_client, form, fields):
    posted = {"source": "Web", "as_of": "2026-01-31", "f_key_actors_de": ""} | form

    response = manager_client.post(url("record", cluster, partner.pk) + "?group=members", posted)

    assert (response.status_code, list(response.context["form"].errors), Fact.objects.count()) == (
        422,
        fields,
        0,
    )


def test_a_number_that_could_be_read_two_ways_is_asked_back(cluster, partner, manager_client):
    response = manager_client.post(
        url("record", cluster, partner.pk) + "?field=team_fte",
        {"f_team_fte": "1.250", "source": "Web", "as_of": "2026-01-31"},
    )

    assert list(response.context["form"].errors) == ["f_team_fte"]


def test_a_deleted_fact_is_brought_back_by_the_message(cluster, partner, manager_client):
    fact = FactFactory(partner=partner)
    response = manager_client.post(url("fact-delete", cluster, fact.pk), follow=True)
    (message,) = response.context["messages"]

    manager_client.post(message.extra_tags.removeprefix("undo:"))

    assert list(partner.facts.values_list("number", flat=True)) == [120.0]


def test_those_ticked_move_with_one_reason_and_move_back_with_one_press(cluster, manager_client):
    partners = PartnerFactory.create_batch(3, cluster=cluster, country="FI")
    address = url("stages", cluster) + "?country=FI"
    response = manager_client.post(
        address,
        {"ids": [partner.pk for partner in partners], "stage": "set_aside", "reason": "Too far"},
        follow=True,
    )
    (message,) = response.context["messages"]
    moved = set(Partner.objects.values_list("stage", "stage_reason"))

    manager_client.post(message.extra_tags.removeprefix("undo:"))

    assert (moved, set(Partner.objects.values_list("stage", flat=True))) == (
        {("set_aside", "Too far")},
        {"lead"},
    )
    assert response.redirect_chain == [(url("overview", cluster) + "?country=FI", 302)]


@pytest.mark.parametrize("form", [{"stage": "short", "reason": ""}, {"stage": "nowhere", "reason": "x"}])
def test_a_step_without_a_reason_is_refused_and_the_selection_stays(cluster, partner, manager_client, form):
    response = manager_client.post(url("stages", cluster), {"ids": [partner.pk]} | form)

    attempt = response.context["attempt"]
    assert (response.status_code, attempt.keys, attempt.stage) == (422, {partner.pk}, form["stage"])
    assert (bool(response.context["problem"]), StageChange.objects.count()) == (True, 0)


def test_nothing_ticked_is_said_in_a_sentence(cluster, partner, manager_client):
    response = manager_client.post(url("stages", cluster), {"stage": "long"})

    assert response.context["problem"] == "Tick at least one partner cluster first."


def test_one_step_without_a_reason_is_refused_beside_the_field(cluster, partner, manager_client):
    response = manager_client.post(url("stage", cluster, partner.pk), {"stage": "partner", "reason": ""})

    assert (response.status_code, list(response.context["stage_form"].errors)) == (422, ["reason"])


def test_a_merge_is_taken_back_by_the_message(cluster, partner, manager_client):
    other = PartnerFactory(cluster=cluster)
    response = manager_client.post(
        url("same-merge", cluster), {"kept": partner.pk, "other": other.pk}, follow=True
    )
    merged = Partner.objects.get(pk=other.pk).merged_into
    (message,) = response.context["messages"]

    manager_client.post(message.extra_tags.removeprefix("undo:"))

    assert (merged, Partner.objects.get(pk=other.pk).merged_into) == (partner, None)


def test_the_address_of_a_merged_profile_leads_to_the_one_that_stays(cluster, partner, manager_client):
    other = PartnerFactory(cluster=cluster, merged_into=partner)

    assert manager_client.get(url("detail", cluster, other.pk)).url == url("detail", cluster, partner.pk)


def test_a_fact_recorded_at_a_merged_profile_goes_to_the_one_that_stays(cluster, partner, manager_client):
    other = PartnerFactory(cluster=cluster, merged_into=partner)
    form = {"f_founded": "1998", "source": "Web", "as_of": "2026-01-31"}

    manager_client.post(url("record", cluster, other.pk) + "?field=founded", form)

    assert list(Fact.objects.values_list("partner", "number")) == [(partner.pk, 1998.0)]


def test_a_deleted_profile_is_brought_back_by_the_message(cluster, partner, manager_client):
    filled(partner)
    response = manager_client.post(url("delete", cluster, partner.pk), follow=True)
    (message,) = response.context["messages"]

    manager_client.post(message.extra_tags.removeprefix("undo:"))

    assert (Partner.objects.get().name, Fact.objects.count()) == ("Photonics Finland", 2)


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("need-new", {"statement": "Test sites", "as_of": "2026-01-31"}),
        ("contact-new", {"name": "Aino", "email": "aino@example.org"}),
        ("swot-new", {"kind": "t", "text_de": "Mangel an Fachkräften", "as_of": "2026-01-31"}),
    ],
)
def test_entries_are_added(cluster, partner, manager_client, page, form):
    manager_client.post(url(page, cluster, partner.pk), form)

    assert partner.needs.count() + partner.contacts.count() + partner.swot.count() == 1


@pytest.mark.parametrize(
    ("page", "factory", "form"),
    [
        ("need", PartnerNeedFactory, {"statement": "Mine", "as_of": "2026-01-31"}),
        ("contact", PartnerContactFactory, {"name": "Mine"}),
        ("swot-entry", SwotEntryFactory, {"kind": "s", "text_de": "Mine", "as_of": "2026-01-31"}),
    ],
)
def test_the_second_editor_of_an_entry_is_shown_both(cluster, partner, manager_client, page, factory, form):
    entry = factory(partner=partner)
    type(entry).objects.update(version=2)

    response = manager_client.post(url(page, cluster, entry.pk), form | {"version": 1})

    assert (response.status_code, response.context["version"]) == (409, 2)


def test_a_competence_is_added_from_the_list_of_the_cluster(cluster, partner, manager_client):
    competence = CompetenceFactory(cluster=cluster)
    form = {"competence": competence.pk, "level": 4, "source": "Visit", "as_of": "2026-01-31"}

    manager_client.post(url("competences", cluster, partner.pk), form)
    foreign = manager_client.post(
        url("competences", cluster, partner.pk), form | {"competence": CompetenceFactory().pk}
    )

    assert (list(partner.competences.values_list("level", flat=True)), foreign.status_code) == ([4], 422)


def test_our_own_profile_is_begun_by_the_management_with_one_press(cluster, manager_client):
    shown = manager_client.get(url("own", cluster))
    manager_client.post(url("own", cluster))
    after = manager_client.get(url("own", cluster))

    assert (shown.status_code, after.url) == (200, url("detail", cluster, Partner.objects.get().pk))


def test_the_board_begins_nothing(cluster, board):
    board.post(url("own", cluster))

    assert Partner.objects.count() == 0


def test_a_comparison_shows_our_own_cluster_first(cluster, partner, manager_client):
    filled(partner)
    MembershipFactory(organisation__cluster=cluster)

    response = manager_client.get(url("compare", cluster))

    totals = [
        [cell.text if cell else None for cell in line.cells]
        for _group, lines in response.context["shown"].groups
        for line in lines
        if line.field.code == "members_total"
    ]
    assert (response.context["names"], totals) == ([cluster.name, "Photonics Finland"], [["1", "120"]])
    assert response.context["sentences"][0] == "Photonics Finland has the most members (120)."


def test_at_most_four_are_compared(cluster, manager_client):
    partners = PartnerFactory.create_batch(6, cluster=cluster)

    response = manager_client.post(
        url("compare", cluster), {"ids": [each.pk for each in partners]}, follow=True
    )

    assert list(response.context["shown"].partners) == partners[:4]


def test_single_needs_are_named_to_the_management_only(cluster, partner, manager_client, client_of, key_to):
    organisation = MembershipFactory(organisation__cluster=cluster).organisation
    NeedFactory(
        organisation=organisation,
        topic=NeedTopicFactory(cluster=cluster),
        kind="market",
        country="FI",
        statement="A very secret wish",
    )
    own = manager_client.get(url("fit-of", cluster, partner.pk)).content.decode()

    board = client_of(key_to(RoleKind.BOARD)).get(url("fit-of", cluster, partner.pk)).content.decode()

    assert ("very secret" in own, "very secret" in board, "fewer than 3" in board) == (True, False, True)


def test_members_who_would_gain_are_named(cluster, partner, manager_client):
    membership = MembershipFactory(organisation__cluster=cluster, organisation__name="Laserwerk")
    held = OrganisationCompetenceFactory(organisation=membership.organisation, level=1)
    PartnerCompetenceFactory(partner=partner, competence=held.competence, level=5)

    response = manager_client.get(url("fit-of", cluster, partner.pk))

    assert [gain.name for gain in response.context["gains"]] == ["Laserwerk"]


def test_the_export_holds_every_field_and_only_what_is_ticked(cluster, partner, manager_client):
    FactFactory(partner=partner)
    PartnerFactory(cluster=cluster)

    response = manager_client.post(url("export-csv", cluster), {"ids": [partner.pk]})

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Name"], row["Members"], row["List"]) for row in rows] == [
        ("Photonics Finland", "120.0", "Short list")
    ]


@pytest.mark.parametrize("query", ["?page=999", "?sort=nonsense", "?stage=nowhere", "?column=none", "?ids=²"])
def test_nonsense_in_the_address_breaks_nothing(cluster, partner, manager_client, query):
    pages = [
        manager_client.get(url(page, cluster) + query).status_code
        for page in ("overview", "compare", "export-csv")
    ]

    assert pages == [200, 200, 200]


def test_an_unknown_field_is_not_found(cluster, partner, manager_client):
    assert manager_client.get(url("fact-history", cluster, partner.pk, "colour")).status_code == 404
