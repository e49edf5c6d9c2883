"""The pages of the criteria."""

import csv
import io
import re

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.criteria import reference, services
from kontor.criteria.models import Catalogue, CatalogueVersion, Criterion
from kontor.criteria.queries import catalogue_of, working_criteria
from tests.criteria.factories import (
    CatalogueFactory,
    CatalogueVersionFactory,
    CriteriaImportFactory,
    CriterionFactory,
)

SCRIPT = "<script>alert(1)</script>"
# Session, user, role, then catalogue, criteria and latest version.
LISTS = {"overview": 6, "export-csv": 5, "order": 5, "publish": 6, "versions": 5}
ONE = {"detail": 7, "edit": 4, "version": 4, "compare": 6, "version-csv": 4}
READ = ["overview", "catalogue", "versions", "export-xlsx", "export-csv"]
WRITE = ["load", "switch", "create", "order", "publish", "import", "import-template"]
OUTSIDERS = [RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.PARTNER, RoleKind.FUNDER]


def url(name, cluster, *args):
    given = args or (() if name == "overview" else ("partners",))
    return reverse(f"criteria:{name}", args=[cluster.slug, *given])


def form_of(**changes):
    return {
        **dict.fromkeys(("name_de", "meaning_de", "meaning_en", "evidence_de", "evidence_en"), ""),
        **{f"anchor_{point}_{code}": "" for point in (1, 3, 5) for code in ("de", "en")},
        **dict.fromkeys(("unit_de", "unit_en", "scale_low", "scale_high", "source"), ""),
        **dict.fromkeys(("knock_out_below", "knock_out_above", "knock_out_answer"), ""),
        "name_en": "Trust",
        "family": "own",
        "scale": "points",
        "direction": "more",
    } | changes


@pytest.fixture
def catalogue(cluster):
    return CatalogueFactory(cluster=cluster)


@pytest.fixture
def criterion(catalogue):
    return CriterionFactory(catalogue=catalogue, name={"de": "Vertrauen", "en": "Trust"})


@pytest.mark.parametrize("page", sorted(LISTS))
@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_queries_for_any_number(
    cluster, catalogue, manager_client, django_assert_num_queries, page, number
):
    CriterionFactory.create_batch(number, catalogue=catalogue)
    for _ in range(number):
        CatalogueVersionFactory(catalogue=catalogue, criteria=1)
    CriterionFactory(catalogue=catalogue)

    with django_assert_num_queries(LISTS[page]):
        manager_client.get(url(page, cluster))


@pytest.mark.parametrize("page", sorted(LISTS))
def test_lists_ask_no_more_queries_for_all_69(cluster, manager_client, django_assert_max_num_queries, page):
    services.load_reference(cluster=cluster)
    services.publish_version(catalogue=catalogue_of(cluster))

    with django_assert_max_num_queries(LISTS[page]):
        assert manager_client.get(url(page, cluster)).status_code == 200


@pytest.mark.parametrize("page", sorted(ONE))
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_one_asks_the_same_queries_for_any_number(
    cluster, catalogue, manager_client, django_assert_max_num_queries, page, number
):
    for _ in range(number):
        version = CatalogueVersionFactory(catalogue=catalogue, criteria=number)
    key = version.pk if "version" in page or page == "compare" else Criterion.objects.first().pk

    with django_assert_max_num_queries(ONE[page] + _rooms_above(page)):
        assert manager_client.get(url(page, cluster, key)).status_code == 200


def _rooms_above(page):
    """Return how many rooms above are asked whether they use a version."""
    return len(CatalogueVersion._meta.related_objects) if page == "version" else 0


@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_every_page_opens_for_the_manager(cluster, criterion, manager_client, page):
    asked = manager_client.get(url(page, cluster)).status_code

    assert asked == (405 if page in {"load", "switch"} else 200)


@pytest.mark.parametrize("kind", OUTSIDERS)
@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_outsiders_see_no_criteria(cluster, criterion, client_of, key_to, kind, page):
    assert client_of(key_to(kind)).post(url(page, cluster)).status_code == 403


@pytest.mark.parametrize("page", READ)
def test_the_board_reads(cluster, criterion, client_of, key_to, page):
    assert client_of(key_to(RoleKind.BOARD)).get(url(page, cluster)).status_code == 200


@pytest.mark.parametrize("page", WRITE)
def test_the_board_changes_nothing(cluster, criterion, client_of, key_to, page):
    assert client_of(key_to(RoleKind.BOARD)).post(url(page, cluster)).status_code == 403


@pytest.mark.parametrize("page", ["edit", "reset", "move", "delete"])
def test_the_board_changes_no_criterion(cluster, criterion, client_of, key_to, page):
    assert client_of(key_to(RoleKind.BOARD)).post(url(page, cluster, criterion.pk)).status_code == 403


def test_the_board_is_shown_no_way_to_change(cluster, criterion, client_of, key_to):
    client = client_of(key_to(RoleKind.BOARD))
    pages = [client.get(url("overview", cluster)), client.get(url("detail", cluster, criterion.pk))]

    ways = re.compile(r"/(edit|delete|switch|publish|new|import|load|order)/")
    assert [ways.findall(page.content.decode()) for page in pages] == [[], []]


@pytest.mark.parametrize("page", ["detail", "edit", "reset", "move", "delete"])
def test_criteria_of_other_clusters_do_not_exist(cluster, manager_client, page):
    assert manager_client.post(url(page, cluster, CriterionFactory().pk)).status_code == 404


@pytest.mark.parametrize("page", ["version", "compare", "version-xlsx"])
def test_versions_of_other_clusters_do_not_exist(cluster, manager_client, page):
    assert manager_client.get(url(page, cluster, CatalogueVersionFactory().pk)).status_code == 404


@pytest.mark.parametrize("page", ["import-preview", "import-run", "import-undo"])
def test_imports_of_other_clusters_do_not_exist(cluster, manager_client, page):
    assert manager_client.post(url(page, cluster, CriteriaImportFactory().pk)).status_code == 404


@pytest.mark.parametrize("page", ["catalogue", "load", "create", "publish", "import", "import-template"])
def test_a_purpose_without_a_reference_does_not_exist(cluster, manager_client, page):
    assert manager_client.post(url(page, cluster, "nonsense")).status_code == 404


@pytest.mark.parametrize("page", ["versions", "publish", "order", "switch", "export-xlsx"])
def test_before_there_is_a_catalogue_its_further_pages_do_not_exist(cluster, manager_client, page):
    assert manager_client.post(url(page, cluster)).status_code == 404


def test_the_first_visit_offers_the_guide_s_criteria(cluster, manager_client):
    response = manager_client.get(url("overview", cluster))

    assert (response.context["to_load"], url("load", cluster) in response.content.decode()) == (69, True)


def test_the_board_s_first_visit_offers_nothing_to_press(cluster, client_of, key_to):
    response = client_of(key_to(RoleKind.BOARD)).get(url("overview", cluster))

    assert "The cluster management has not set up the criteria yet." in response.content.decode()


def test_one_press_brings_in_the_guide_s_criteria(cluster, manager_client):
    response = manager_client.post(url("load", cluster), follow=True)

    assert [len(family.criteria) for family in response.context["families"]] == [25, 9, 9, 6, 10, 5, 5]
    assert [str(message) for message in response.context["messages"]] == [
        "69 criteria of the guide have been brought in."
    ]


def test_a_second_press_says_that_all_are_there(cluster, manager_client):
    manager_client.post(url("load", cluster))

    response = manager_client.post(url("load", cluster), follow=True)

    assert "All criteria of the guide are there already." in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "how far"}, {"proximity"}),
        ({"q": "Luftlinie"}, {"proximity"}),
        ({"q": "nichts passt hierzu"}, set()),
        ({"family": "environment", "filled": "yes"}, {"technological_conditions"}),
        (
            {"knock_out": "yes"},
            {
                *("equal_terms", "network_structure", "professional_management"),
                *("market_access", "political_conditions"),
            },
        ),
        ({"origin": "own"}, {"trust"}),
        ({"state": "off"}, {"start_ups"}),
        ({"family": "nonsense", "origin": "nonsense", "state": "off"}, {"start_ups"}),
    ],
)
def test_search_and_chips_narrow_the_list(cluster, manager_client, query, expected):
    services.load_reference(cluster=cluster)
    CriterionFactory(catalogue=catalogue_of(cluster), code="trust")
    Criterion.objects.filter(code="start_ups").update(is_active=False)

    response = manager_client.get(url("overview", cluster), query)

    found = {each.criterion.code for family in response.context["families"] for each in family.criteria}
    assert found == expected


def test_chips_count_what_they_would_show(cluster, manager_client):
    services.load_reference(cluster=cluster)

    groups = manager_client.get(url("overview", cluster), {"filled": "yes"}).context["groups"]

    counts = {str(choice["label"]): choice["count"] for group in groups for choice in group["choices"]}
    assert (counts["By the program"], counts["By people"], counts["Wider conditions"]) == (23, 46, 1)


def test_ticked_criteria_are_switched_off_and_the_list_stays_as_it_was(cluster, manager_client, criterion):
    form = {"criteria": [criterion.pk], "to": "off", "back": "family=cluster"}

    response = manager_client.post(url("switch", cluster), form)

    criterion.refresh_from_db()
    assert (criterion.is_active, response.url) == (False, f"{url('overview', cluster)}?family=cluster")


def test_nothing_ticked_is_said_in_a_sentence(cluster, manager_client, criterion):
    response = manager_client.post(url("switch", cluster), {"to": "off"})

    assert (response.status_code, response.context["problem"]) == (422, "Tick at least one criterion first.")


def test_a_criterion_is_written_in_one_language_and_the_other_is_flagged(cluster, manager_client):
    form = form_of(anchor_1_en="none", knock_out_below="2")

    response = manager_client.post(url("create", cluster), form, follow=True)

    made = Criterion.objects.get()
    said = response.context["said"]
    assert (made.code, made.knock_out_below, [str(text) for text in said.missing]) == (
        "trust",
        2,
        ["German is missing"],
    )


@pytest.mark.parametrize(("answer", "below", "above"), [("", None, None), ("no", 1, None), ("yes", None, 0)])
def test_an_answer_that_knocks_out_is_chosen_in_words(cluster, manager_client, answer, below, above):
    # What was typed for another scale before is passed over.
    form = form_of(scale="yes_no", knock_out_answer=answer, knock_out_above="nonsense", scale_low="x")

    manager_client.post(url("create", cluster), form)

    made = Criterion.objects.get()
    assert (made.knock_out_below, made.knock_out_above) == (below, above)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_en": " "}, "name_de"),
        ({"scale": "nonsense"}, "scale"),
        ({"family": "nonsense"}, "family"),
        ({"source": "nonsense"}, "source"),
        ({"scale": "number", "scale_low": "two"}, "scale_low"),
        ({"scale": "number", "scale_low": "5", "scale_high": "1"}, "__all__"),
        ({"scale": "points", "knock_out_below": "7"}, "__all__"),
        ({"name_en": "x" * 201}, "name_en"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(cluster, manager_client, changes, field):
    form = form_of(evidence_en="Typed with care") | changes

    response = manager_client.post(url("create", cluster), form)

    assert (response.status_code, field in response.context["form"].errors) == (422, True)
    assert (b"Typed with care" in response.content, Criterion.objects.count()) == (True, 0)


def test_the_form_shows_what_is_stored(cluster, catalogue, manager_client):
    criterion = CriterionFactory(catalogue=catalogue, scale="yes_no", knock_out_below=1.0)

    form = manager_client.get(url("edit", cluster, criterion.pk)).context["form"]

    assert (form["knock_out_answer"].value(), form["knock_out_below"].value()) == ("no", "")


def test_saving_an_unchanged_form_changes_nothing(cluster, manager_client):
    services.load_reference(cluster=cluster)
    catalogue = catalogue_of(cluster)
    services.publish_version(catalogue=catalogue)
    for code in ("equal_terms", "network_structure", "proximity", "technology_focus", "team_maturity"):
        criterion = Criterion.objects.get(code=code)
        page = manager_client.get(url("edit", cluster, criterion.pk))
        form = {name: page.context["form"][name].value() for name in page.context["form"].fields}
        manager_client.post(url("edit", cluster, criterion.pk), form | {"version": 1})

    assert manager_client.get(url("publish", cluster)).context["changes"] == ()


def test_the_second_editor_is_shown_both_versions(cluster, manager_client, criterion):
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Theirs"})
    form = form_of(name_en="Mine", family="cluster", meaning_de="How good is it?", version=1)

    response = manager_client.post(url("edit", cluster, criterion.pk), form)

    shown = [(row.current, row.yours) for row in response.context["conflict"]]
    assert (response.status_code, shown, response.context["version"]) == (409, [("Theirs", "Mine")], 2)


def test_a_conflict_is_solved_by_saving_again(cluster, manager_client, criterion):
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Theirs"})

    manager_client.post(url("edit", cluster, criterion.pk), form_of(name_en="Mine", version=2))

    assert str(Criterion.objects.get().name) == "Mine"


def test_a_deleted_criterion_is_one_press_from_coming_back(cluster, manager_client, criterion):
    manager_client.post(url("delete", cluster, criterion.pk))
    key = manager_client.session["criteria_deleted"][0]["key"]

    manager_client.post(url("restore", cluster, key))

    assert list(Criterion.objects.values_list("pk", flat=True)) == [criterion.pk]


def test_a_key_brings_back_once(cluster, manager_client, criterion):
    manager_client.post(url("delete", cluster, criterion.pk))
    key = manager_client.session["criteria_deleted"][0]["key"]

    statuses = [manager_client.post(url("restore", cluster, key)).status_code for _ in range(2)]

    assert statuses == [302, 404]


def test_a_criterion_of_the_guide_is_switched_off_not_deleted(cluster, catalogue, manager_client):
    criterion = CriterionFactory(catalogue=catalogue, reference_code="proximity")

    response = manager_client.post(url("delete", cluster, criterion.pk))

    assert (response.status_code, Criterion.objects.count()) == (409, 1)
    assert "Switch this one off" in response.context["problem"]


def test_an_edited_criterion_of_the_guide_offers_the_way_back(cluster, manager_client):
    services.load_reference(cluster=cluster)
    criterion = Criterion.objects.get(code="proximity")
    before = manager_client.get(url("detail", cluster, criterion.pk)).context["is_edited"]
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Near"})
    after = manager_client.get(url("detail", cluster, criterion.pk)).context["is_edited"]

    manager_client.post(url("reset", cluster, criterion.pk), {"version": 2})

    assert (before, after, str(Criterion.objects.get(pk=criterion.pk).name)) == (
        False,
        True,
        "Physical proximity",
    )


def test_a_way_back_that_somebody_overtook_changes_nothing(cluster, manager_client):
    services.load_reference(cluster=cluster)
    criterion = Criterion.objects.get(code="proximity")
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Near"})

    response = manager_client.post(url("reset", cluster, criterion.pk), {"version": 1})

    assert (response.status_code, str(Criterion.objects.get(pk=criterion.pk).name)) == (409, "Near")


def test_the_order_page_leads_back_to_what_moved(cluster, catalogue, manager_client):
    first, second = (CriterionFactory(catalogue=catalogue, code=code) for code in "ab")

    response = manager_client.post(url("move", cluster, second.pk), {"step": "up"})

    assert response.url == f"{url('order', cluster)}#criterion-{second.pk}"
    assert [each.pk for each in working_criteria(catalogue)] == [second.pk, first.pk]


def test_what_anybody_typed_is_shown_as_text(cluster, catalogue, manager_client):
    texts = {name: {"en": SCRIPT} for name in ("name", "meaning", "evidence", "anchor_1", "anchor_3")}
    criterion = CriterionFactory(catalogue=catalogue, **texts)
    version = CatalogueVersionFactory(catalogue=catalogue, criteria=0, note=SCRIPT)
    services.update_criterion(criterion=criterion, expected_version=1, evidence={"en": f"{SCRIPT}!"})
    numbered = CriterionFactory(catalogue=catalogue, name={"en": SCRIPT}, scale="number", unit={"en": SCRIPT})
    pages = [
        *(url(page, cluster) for page in ("overview", "order", "publish", "versions")),
        *(url(page, cluster, criterion.pk) for page in ("detail", "edit")),
        *(url("detail", cluster, numbered.pk), url("version", cluster, version.pk)),
        url("compare", cluster, version.pk) + "?with=now",
    ]

    raw = [page for page in pages if SCRIPT in manager_client.get(page).content.decode()]

    assert raw == []


def test_the_file_of_the_working_state_holds_what_the_list_shows(cluster, manager_client):
    services.load_reference(cluster=cluster)

    content = manager_client.get(url("export-csv", cluster), {"family": "environment"}).content.decode(
        "utf-8-sig"
    )

    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["Short name"], row["In use"], row["Origin"]) for row in rows[:2]] == [
        ("economic_conditions", "yes", "guide"),
        ("technological_conditions", "yes", "guide"),
    ]
    assert (len(rows), rows[1]["Unit in English"], rows[1]["Scale"]) == (5, "% of GDP", "Number")


def test_the_file_of_a_version_tells_what_was_published(cluster, catalogue, criterion, manager_client):
    version = CatalogueVersionFactory(catalogue=catalogue, criteria=0)
    services.update_criterion(criterion=criterion, expected_version=1, name={"en": "Other"})

    content = manager_client.get(url("version-csv", cluster, version.pk)).content.decode("utf-8-sig")

    assert [row["Name in English"] for row in csv.DictReader(io.StringIO(content))] == ["Trust"]


@pytest.fixture
def second_purpose(tmp_path, monkeypatch):
    """Lay a small reference for a second purpose beside the first, as a later chapter will."""
    (tmp_path / "partners.toml").write_bytes((reference.FOLDER / "partners.toml").read_bytes())
    (tmp_path / "projects.toml").write_text(
        'title = {de = "Kriterien für Projekte", en = "Criteria for projects"}\n'
        '[[family]]\ncode = "idea"\nname = {de = "Idee", en = "Idea"}\n'
        'description = {de = "Die Idee", en = "The idea"}\n'
        '[[family.criterion]]\ncode = "novelty"\nname = {de = "Neuheit", en = "Novelty"}\n'
        'meaning = {de = "Ist es neu?", en = "Is it new?"}\n'
        'evidence = {de = "Recherche", en = "Search"}\nscale = "yes_no"\n',
        encoding="utf-8",
    )
    cached = (reference.purposes, reference.reference, reference.families, reference.criteria_by_code)
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    for each in cached:
        each.cache_clear()
    yield "projects"
    for each in cached:
        each.cache_clear()


def test_a_second_purpose_needs_nothing_but_its_file(cluster, manager_client, second_purpose):
    manager_client.post(url("load", cluster, second_purpose))
    manager_client.post(url("publish", cluster, second_purpose), {"note": ""})

    page = manager_client.get(url("catalogue", cluster, second_purpose))

    assert [str(link.title) for link in page.context["links"]] == [
        "Criteria for partner clusters",
        "Criteria for projects",
    ]
    assert list(CatalogueVersion.objects.values_list("catalogue__purpose", "codes")) == [
        ("projects", ["novelty"])
    ]
    assert Catalogue.objects.count() == 1
