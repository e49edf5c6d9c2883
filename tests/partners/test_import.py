"""Profiles from Excel and CSV: guessed, previewed, written all or nothing, taken back."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kontor.partners import importing, services
from kontor.partners.exports import partners_file
from kontor.partners.importing.template import template_file
from kontor.partners.models import Fact, Partner, PartnerCompetence, PartnerContact, PartnerImport
from kontor.partners.problems import PartnerError
from kontor.partners.queries import known_facts
from tests.factories import CompetenceFactory
from tests.partners.factories import FactFactory, PartnerFactory

TODAY = timezone.localdate()


def csv(*rows):
    return "\n".join(";".join(row) for row in rows).encode()


def xlsx(*rows, sheet="Cluster"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def stage(cluster, data, name="cluster.csv"):
    return importing.stage(cluster=cluster, user=None, file_name=name, data=data)


def written(cluster, data, name="cluster.csv"):
    return importing.carry_out(batch=stage(cluster, data, name))


def faults(batch):
    return [(fault.row, fault.column_letter, fault.code) for fault in importing.plan(batch).faults]


HEADINGS = {
    "de": ("Partnercluster", "Land", "Ort", "Davon KMU", "Exportquote der Mitglieder", "Quelle"),
    "en": ("Name", "Country", "Town", "SMEs among them", "Export share of the members", "Source"),
}


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_of_both_languages_are_guessed(cluster, language):
    batch = stage(cluster, csv(HEADINGS[language], ("A", "FI")))

    assert batch.staged["mapping"] == {
        "name": 0,
        "country": 1,
        "city": 2,
        "f_members_sme": 3,
        "f_export_share": 4,
        "source": 5,
    }


def test_a_list_becomes_profiles_with_facts_source_and_day(cluster):
    CompetenceFactory(cluster=cluster, name="Photonics")
    row = {
        "Name": "Photonics Finland",
        "Land": "Finnland",
        "Sprachen": "en, fi",
        "Mitglieder": "1.200",
        "Exportquote der Mitglieder": "41,5 %",
        "Clustersiegel": "Gold",
        "Leistungen": "Weiterbildung, Förderberatung",
        "Quelle": "Web",
        "Stichtag": "1.2.2026",
        "Kompetenzen": "Photonics: 4",
        "Kontakt": "Aino",
        "E-Mail": "aino@example.org",
    }

    written(cluster, csv(tuple(row), tuple(row.values())))

    partner = Partner.objects.get()
    known = {
        code: (fact.value, fact.source, fact.as_of) for code, fact in known_facts(partner, TODAY).items()
    }
    day = date(2026, 2, 1)
    assert known == {
        "members_total": (1200.0, "Web", day),
        "export_share": (41.5, "Web", day),
        "label": (("gold",), "Web", day),
        "services": (("funding", "training"), "Web", day),
    }
    assert (partner.country, partner.languages, partner.stage) == ("FI", ["en", "fi"], "lead")
    assert list(PartnerCompetence.objects.values_list("level", "source", "as_of")) == [(4, "Web", day)]
    assert list(PartnerContact.objects.values_list("name", "email")) == [("Aino", "aino@example.org")]


def test_one_source_and_day_count_for_the_whole_file(cluster):
    batch = stage(cluster, csv(("Name", "Land", "Mitglieder"), ("A", "FI", "12")))
    batch = importing.choose(
        batch=batch,
        mapping=batch.staged["mapping"],
        choices={},
        source="Study of 2025",
        as_of=date(2025, 12, 1),
    )

    importing.carry_out(batch=batch)

    assert list(Fact.objects.values_list("source", "as_of")) == [("Study of 2025", date(2025, 12, 1))]


def test_numbers_of_a_workbook_stay_as_they_are(cluster):
    data = xlsx(["Name", "Land", "Team", "Budget"], ["A", "FI", 2.125, 123456])

    batch = stage(cluster, data, "a.xlsx")

    assert (faults(batch), importing.plan(batch).ready[0].values["f_team_fte"]) == ([], pytest.approx(2.125))


def test_every_fault_is_named_by_sheet_row_and_column(cluster):
    head = ("Name", "Land", "Mitglieder", "Exportquote der Mitglieder", "Clustersiegel", "Stichtag")
    tomorrow = TODAY + timedelta(days=1)
    data = xlsx(
        [*head, "Kompetenzen", "Sprachen", "E-Mail"],
        ["A", "Nowhere", "many", 0.4, "Platin", tomorrow, "Alchemy: 3", "klingon", "x@"],
        ["", "FI", -1, 101, "", None, "", "", ""],
    )

    batch = stage(cluster, data, "a.xlsx")

    assert importing.plan(batch).table.sheet == "Cluster"
    assert faults(batch) == [
        (2, "B", "field.country"),
        (2, "C", "field.whole_number"),
        (2, "D", "profile_import.percent_small"),
        (2, "E", "field.choice"),
        (2, "F", "profile_import.future"),
        (2, "G", "profile_import.competence"),
        (2, "H", "profile_import.language"),
        (2, "I", "field.email"),
        (3, "A", "field.required"),
        (3, "C", "field.out_of_range"),
        (3, "D", "field.out_of_range"),
    ]


def test_a_fault_stops_the_whole_import(cluster):
    batch = stage(cluster, csv(("Name", "Land", "Mitglieder"), ("A", "FI", "12"), ("B", "FI", "many")))

    with pytest.raises(PartnerError) as refused:
        importing.carry_out(batch=batch)

    assert (refused.value.code, Partner.objects.count()) == ("profile_import.has_faults", 0)


def test_a_column_that_must_be_there_is_missed(cluster):
    assert faults(stage(cluster, csv(("Name", "Ort"), ("A", "Oulu")))) == [(1, "", "field.no_column")]


def test_exactly_the_same_name_adds_facts_to_the_profile_that_is_there(cluster):
    partner = PartnerFactory(
        cluster=cluster, name="Photonics Finland", country="FI", city="", website="https://a.fi"
    )

    written(
        cluster,
        csv(
            ("Name", "Land", "Ort", "Website", "Mitglieder"),
            ("PHOTONICS FINLAND", "FI", "Joensuu", "b.fi", "12"),
        ),
    )

    partner.refresh_from_db()
    assert (Partner.objects.count(), partner.city, partner.website) == (1, "Joensuu", "https://a.fi")
    assert known_facts(partner, TODAY)["members_total"].value == 12.0


def test_a_similar_name_is_put_to_a_person(cluster):
    partner = PartnerFactory(cluster=cluster, name="Photonics Finland ry", country="FI")
    batch = stage(cluster, csv(("Name", "Land"), ("Photonics Finland Cluster", "FI")))
    with pytest.raises(PartnerError) as refused:
        importing.carry_out(batch=batch)
    question = importing.plan(batch).questions[0]

    for choice, number in ((f"p:{partner.pk}", 1), ("new", 2)):
        again = stage(cluster, csv(("Name", "Land"), ("Photonics Finland Cluster", "FI")))
        again = importing.choose(
            batch=again, mapping=again.staged["mapping"], choices={"2": choice}, source="", as_of=None
        )
        importing.carry_out(batch=again)
        assert Partner.objects.count() == number

    assert (refused.value.code, question.chosen, [key for key, _label in question.proposals]) == (
        "profile_import.undecided",
        "",
        [f"p:{partner.pk}"],
    )


def test_two_rows_of_one_cluster_become_one_profile(cluster):
    written(cluster, csv(("Name", "Land", "Mitglieder", "Team"), ("A", "FI", "12", ""), ("A", "FI", "", "3")))

    assert [sorted(known_facts(partner, TODAY)) for partner in Partner.objects.all()] == [
        ["members_total", "team_fte"]
    ]


def test_rows_left_out_may_hold_faults(cluster):
    PartnerFactory(cluster=cluster, name="B", country="FI")
    batch = stage(cluster, csv(("Name", "Land", "Mitglieder"), ("A", "FI", "12"), ("B", "FI", "many")))
    batch = importing.choose(
        batch=batch, mapping=batch.staged["mapping"], choices={"3": "skip"}, source="", as_of=None
    )

    done = importing.carry_out(batch=batch)

    assert (done.report["new"], done.report["skipped"]) == (1, 1)


def test_a_choice_that_was_never_offered_counts_for_nothing(cluster):
    PartnerFactory(cluster=cluster, name="Photonics Finland ry", country="FI")
    other = PartnerFactory()
    batch = stage(cluster, csv(("Name", "Land"), ("Photonics Finland", "FI")))
    batch = importing.choose(
        batch=batch, mapping=batch.staged["mapping"], choices={"2": f"p:{other.pk}"}, source="", as_of=None
    )

    assert importing.plan(batch).open_questions == 1


def test_the_same_file_twice_writes_no_fact_twice(cluster):
    data = csv(("Name", "Land", "Mitglieder"), ("A", "FI", "12"))
    written(cluster, data)
    again = written(cluster, data)

    assert (again.report, Fact.objects.count()) == ({"new": 0, "known": 1, "facts": 0, "skipped": 0}, 1)


def test_an_import_is_taken_back_to_the_last_row(cluster):
    CompetenceFactory(cluster=cluster, name="Photonics")
    there = PartnerFactory(cluster=cluster, name="B", country="FI", city="", website="")
    data = csv(
        ("Name", "Land", "Ort", "Mitglieder", "Kompetenzen", "Kontakt"),
        ("A", "FI", "Oulu", "12", "Photonics", "Aino"),
        ("B", "FI", "Turku", "7", "Photonics", "Eero"),
    )
    done = written(cluster, data)

    undone = importing.take_back(batch=done)

    there.refresh_from_db()
    assert (list(Partner.objects.all()), there.city, Fact.objects.count()) == ([there], "", 0)
    assert (PartnerCompetence.objects.count(), PartnerContact.objects.count()) == (0, 0)
    assert {key: undone.report[key] for key in ("removed", "removed_facts", "kept")} == {
        "removed": 1,
        "removed_facts": 2,
        "kept": 0,
    }


@pytest.mark.parametrize("act", ["stage", "fact", "edit", "swot"])
def test_a_profile_that_somebody_has_worked_on_stays(cluster, act):
    done = written(cluster, csv(("Name", "Land", "Mitglieder"), ("A", "FI", "12")))
    partner = Partner.objects.get()
    {
        "stage": lambda: services.set_stage(partner=partner, stage="long"),
        "fact": lambda: FactFactory(partner=partner, field="budget"),
        "edit": lambda: services.update_partner(partner=partner, expected_version=1, city="Oulu"),
        "swot": lambda: services.add_swot(partner=partner, kind="s", text="Strong"),
    }[act]()

    undone = importing.take_back(batch=done)

    assert (undone.report["removed"], undone.report["kept"], Partner.objects.count()) == (0, 1, 1)


@pytest.mark.parametrize("act", [importing.carry_out, importing.take_back])
def test_nothing_is_carried_out_or_taken_back_twice(cluster, act):
    done = written(cluster, csv(("Name", "Land"), ("A", "FI")))
    if act is importing.take_back:
        importing.take_back(batch=done)

    with pytest.raises(PartnerError):
        act(batch=done)


def test_the_template_is_read_without_a_fault(cluster):
    for language in ("de", "en"):
        with translation.override(language):
            batch = stage(cluster, template_file(cluster=cluster).content, "template.xlsx")
            planned = importing.plan(batch)
            assert (len(planned.mapping), planned.faults, planned.can_run) == (
                len(importing.plan.__globals__["columns"]()),
                (),
                True,
            )


def test_what_was_exported_comes_back_as_it_was(cluster):
    partner = PartnerFactory(
        cluster=cluster, name="A", languages=["en", "fi"], region="FI1D9", website="https://a.fi"
    )
    for code, value in (
        ("members_total", 1200),
        ("team_fte", 6.5),
        ("export_share", 41.5),
        ("label", "gold"),
        ("services", ["training", "funding"]),
        ("technology_focus", "Lidar"),
    ):
        services.record_fact(partner=partner, field=code, value=value, as_of=date(2026, 1, 1))
    content = partners_file([partner], "xlsx", cluster=cluster, on=TODAY).content
    before = {code: fact.text for code, fact in known_facts(partner, TODAY).items()}
    partner.delete()

    written(cluster, content, "partners.xlsx")

    back = Partner.objects.get()
    assert {code: fact.text for code, fact in known_facts(back, TODAY).items()} == before
    assert (back.languages, back.region, back.website) == (["en", "fi"], "FI1D9", "https://a.fi")


def test_a_table_that_cannot_be_read_is_refused_beside_the_field(cluster, manager_client):
    file = io.BytesIO(b"%PDF-1.4")
    file.name = "a.pdf"

    response = manager_client.post(reverse("partners:import", args=[cluster.slug]), {"file": file})

    assert (response.status_code, list(response.context["form"].errors), PartnerImport.objects.count()) == (
        422,
        ["file"],
        0,
    )


def test_the_whole_way_in_the_browser(cluster, manager_client):
    file = io.BytesIO(csv(("Name", "Land", "Mitglieder"), ("A", "FI", "12")))
    file.name = "a.csv"
    preview = manager_client.post(
        reverse("partners:import", args=[cluster.slug]), {"file": file}, follow=True
    )
    batch = PartnerImport.objects.get()
    form = {f"column-{name}": index for name, index in batch.staged["mapping"].items()}

    done = manager_client.post(
        reverse("partners:import-run", args=[cluster.slug, batch.pk]),
        form | {"source": "Fair", "as_of": "2026-01-01"},
        follow=True,
    )
    undone = manager_client.post(reverse("partners:import-undo", args=[cluster.slug, batch.pk]), follow=True)

    assert (preview.status_code, done.status_code, undone.status_code) == (200, 200, 200)
    assert (done.context["batch"].report["new"], Partner.objects.count()) == (1, 0)


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_preview_asks_the_same_queries_for_any_length(cluster, django_assert_num_queries, number):
    batch = stage(cluster, csv(("Name", "Land"), *((f"Cluster {n}", "FI") for n in range(number))))
    batch = PartnerImport.objects.select_related("cluster").get(pk=batch.pk)

    with django_assert_num_queries(2):
        importing.plan(batch)
