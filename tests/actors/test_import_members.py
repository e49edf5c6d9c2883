"""Member lists through the services: what is written, what never is, and the way back."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import transaction

from kontor.actors.models import (
    Competence,
    ImportBatch,
    Membership,
    Organisation,
    OrganisationCompetence,
    Person,
    SizePeriod,
    StartUpPeriod,
)
from kontor.actors.services.importing import (
    Examination,
    carry_out,
    choose_columns,
    examine,
    import_members_file,
    store_choices,
    sure_choices,
    undo_import,
)
from kontor.actors.services.importing.ledger import Ledger
from kontor.imports.refused import ImportRefused
from tests.actors.importing import HEADERS, KIEL, LUND, as_csv, staged
from tests.factories import (
    CompetenceFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationCompetenceFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

CONTACT_HEADERS = ("Name", "Ort", "Vorname", "Nachname", "E-Mail", "Einwilligung am")
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def imported(cluster, *rows, headers=HEADERS) -> ImportBatch:
    return carry_out(batch=staged(cluster, *rows, headers=headers))


def same(batch: ImportBatch, **choices: str) -> ImportBatch:
    """Return the batch carried out with the choices, such as row2="o7"."""
    stored = store_choices(batch=batch, choices={int(row[3:]): choice for row, choice in choices.items()})
    return carry_out(batch=stored)


@pytest.fixture
def kiel(cluster) -> Organisation:
    return OrganisationFactory(
        cluster=cluster, name="Sensorwerk Kiel GmbH", city="Kiel", country="DE", founded=1990
    )


# Duplicates


def test_the_same_name_is_asked_about_and_never_put_together_by_itself(cluster, kiel):
    batch = staged(cluster, KIEL)

    with pytest.raises(ImportRefused, match=r"import\.undecided"):
        carry_out(batch=batch)

    assert Organisation.objects.get().version == 1


def test_the_same_name_inside_one_file_is_asked_about(cluster):
    found = examine(staged(cluster, KIEL, KIEL))

    assert [(q.row.number, q.candidates[0].choice) for q in found.undecided] == [(3, "r2")]


def test_two_rows_of_one_organisation_become_one_with_two_contacts(cluster):
    rows = (
        ("Nordlicht GmbH", "Kiel", "Eva", "Groß", "", ""),
        ("Nordlicht GmbH", "Kiel", "Jan", "Klein", "", ""),
    )

    batch = same(staged(cluster, *rows, headers=CONTACT_HEADERS), row3="r2")

    assert (Organisation.objects.count(), Membership.objects.count(), Person.objects.count()) == (1, 1, 2)
    assert (batch.report["new"], batch.report["joined"]) == (1, 1)


def test_an_acronym_alone_is_no_match(cluster):
    OrganisationFactory(cluster=cluster, name="IFAM", short_name="IFAM", city="Bremen")

    found = examine(staged(cluster, ("IFAM", "", "", "", "Dresden", "", "", "")))

    assert found.questions == ()


def test_organisations_of_another_cluster_are_never_proposed(cluster):
    OrganisationFactory(name="Sensorwerk Kiel GmbH", city="Kiel")

    assert examine(staged(cluster, KIEL)).questions == ()


def test_an_organisation_said_to_be_another_one_is_added(cluster, kiel):
    same(staged(cluster, KIEL), row2="new")

    assert Organisation.objects.filter(name="Sensorwerk Kiel GmbH").count() == 2


def test_a_row_said_to_be_left_out_is_reported(cluster, kiel):
    batch = same(staged(cluster, KIEL, LUND), row2="out")

    assert batch.report["left_out_by_choice"] == [2]


def test_a_choice_that_nobody_offered_counts_as_open(cluster, kiel):
    stranger = OrganisationFactory(name="Fremd AG")

    with pytest.raises(ImportRefused, match=r"import\.undecided"):
        same(staged(cluster, KIEL), row2=f"o{stranger.pk}")


def test_the_question_comes_back_where_the_earlier_row_is_left_out(cluster, kiel):
    batch = staged(cluster, KIEL, KIEL)
    store_choices(batch=batch, choices={2: "out", 3: "r2"})
    batch.refresh_from_db()

    assert [question.row.number for question in examine(batch).undecided] == [3]


# Updating


def test_an_update_changes_what_the_row_says_and_nothing_else(cluster, kiel):
    kiel.website = "https://old.example"
    kiel.save()

    batch = same(
        staged(cluster, ("Sensorwerk Kiel GmbH", "", "1998", "", "Kiel", "", "", "")), row2=f"o{kiel.pk}"
    )

    kiel.refresh_from_db()
    assert (kiel.founded, kiel.website, kiel.kind, kiel.version) == (1998, "https://old.example", "sme", 2)
    assert batch.report["updated"] == 1


def test_a_second_import_of_the_same_list_changes_nothing(cluster):
    imported(cluster, KIEL, LUND)
    batch = staged(cluster, KIEL, LUND)
    store_choices(batch=batch, choices=sure_choices(examine(batch).questions))

    again = carry_out(batch=batch)

    assert (again.report["unchanged"], again.changes) == (2, {"created": {}, "altered": {}})


def test_a_new_level_begins_today_and_the_old_one_ended_yesterday(cluster, kiel):
    optics = CompetenceFactory(cluster=cluster, name={"de": "Optik", "en": "Optics"})
    OrganisationCompetenceFactory(organisation=kiel, competence=optics, level=2, valid_from=date(2020, 1, 1))
    MembershipFactory(organisation=kiel)

    same(
        staged(cluster, ("Sensorwerk Kiel GmbH", "", "", "", "Kiel", "", "", "Optics (5)")),
        row2=f"o{kiel.pk}",
    )

    rows = OrganisationCompetence.objects.order_by("valid_from")
    assert list(rows.values_list("level", "valid_from", "valid_to")) == [
        (2, date(2020, 1, 1), date(2026, 11, 20)),
        (5, date(2026, 11, 21), None),
    ]


def test_a_new_size_class_begins_today(cluster, kiel):
    SizePeriod.objects.create(organisation=kiel, size="small")

    same(staged(cluster, ("Sensorwerk Kiel GmbH", "mittel"), headers=("Name", "Größe")), row2=f"o{kiel.pk}")

    assert list(SizePeriod.objects.order_by("pk").values_list("size", "valid_from", "valid_to")) == [
        ("small", None, date(2026, 11, 20)),
        ("medium", date(2026, 11, 21), None),
    ]


def test_the_start_up_time_is_a_period(cluster):
    headers = ("Name", "Start-up seit", "Start-up bis")

    imported(cluster, ("Jungfisch UG", "2024", "06/2026"), headers=headers)

    found = StartUpPeriod.objects.values_list("valid_from", "valid_to")
    assert list(found) == [(date(2024, 1, 1), date(2026, 6, 30))]


def test_a_member_that_left_is_a_former_member(cluster):
    headers = ("Name", "Mitglied seit", "Mitglied bis")

    imported(cluster, ("Altfisch KG", "2015", "2019"), headers=headers)

    found = Membership.objects.values_list("valid_from", "valid_to")
    assert list(found) == [(date(2015, 1, 1), date(2019, 12, 31))]


def test_a_partner_becomes_a_member_from_today_where_the_list_tells_no_day(cluster, kiel):
    same(staged(cluster, ("Sensorwerk Kiel GmbH",), headers=("Name",)), row2=f"o{kiel.pk}")

    assert list(Membership.objects.values_list("valid_from", "valid_to")) == [(TODAY, None)]


def test_a_contact_with_the_same_address_is_updated(cluster, kiel):
    MembershipFactory(organisation=kiel)
    person = PersonFactory(organisation=kiel, family_name="Alt", email="eva@example.org")
    row = ("Sensorwerk Kiel GmbH", "Kiel", "Eva", "Neu", "EVA@example.org", "15.03.2026")

    same(staged(cluster, row, headers=CONTACT_HEADERS), row2=f"o{kiel.pk}")

    person.refresh_from_db()
    assert (person.family_name, person.consent_on, person.version) == ("Neu", date(2026, 3, 15), 2)
    assert Person.objects.count() == 1


def test_a_competence_is_found_by_its_name_in_the_other_language(cluster):
    optics = CompetenceFactory(cluster=cluster, name={"de": "Optik", "en": "Optics"})

    imported(cluster, ("A GmbH", "Optics (2)"), ("B GmbH", "OPTIK"), headers=("Name", "Kompetenzen"))

    found = OrganisationCompetence.objects.order_by("organisation__name").values_list("competence", "level")
    assert list(found) == [(optics.pk, 2), (optics.pk, 3)]


# Faults of a row


@pytest.mark.parametrize(
    ("headers", "row", "code"),
    [
        (("Name", "Mitglied seit", "Mitglied bis"), ("A", "2020", "2019"), "field.ends_before_it_begins"),
        (("Name", "Breitengrad"), ("A", "54,3"), "field.both_coordinates"),
        (("Name", "E-Mail"), ("A", "info@example.org"), "field.contact_without_name"),
        (("Name", "Land", "NUTS"), ("A", "AT", "DEF02"), "field.region_elsewhere"),
        (("Name", "NUTS"), ("A", "DEX99"), "field.region_unknown"),
        (("Name", "Branche"), ("A", "99.99"), "field.sector"),
        (("Name", "Kompetenzen"), ("A", "Optik (7)"), "field.competence_level"),
        (("Name", "Ort"), ("", "Kiel"), "field.required"),
    ],
)
def test_what_does_not_fit_together_is_a_fault(cluster, headers, row, code):
    assert [fault.code for fault in examine(staged(cluster, row, headers=headers)).faults] == [code]


def test_a_country_that_does_not_fit_the_known_region_is_a_fault(cluster, kiel):
    batch = staged(cluster, ("Sensorwerk Kiel GmbH", "AT"), headers=("Name", "Land"))
    store_choices(batch=batch, choices={2: f"o{kiel.pk}"})
    batch.refresh_from_db()

    assert [(fault.row, fault.code) for fault in examine(batch).faults] == [(2, "field.region_elsewhere")]


def test_a_region_is_found_by_its_name(cluster):
    imported(cluster, ("A GmbH", "Schleswig-Holstein"), headers=("Name", "Region"))

    assert Organisation.objects.get().region == "DEF"


# Once, all or nothing


def test_a_batch_is_carried_out_once(cluster):
    batch = staged(cluster, KIEL)
    stale = ImportBatch.objects.get(pk=batch.pk)
    carry_out(batch=batch)

    with pytest.raises(ImportRefused, match=r"import\.no_longer_prepared"):
        carry_out(batch=stale)

    assert Organisation.objects.count() == 1


def test_an_organisation_added_meanwhile_stops_the_write(cluster, monkeypatch):
    batch = staged(cluster, KIEL)
    examination = examine(batch)
    OrganisationFactory(cluster=cluster)
    from kontor.actors.services.importing import members

    with pytest.raises(ImportRefused, match=r"import\.directory_changed"):
        members._write(batch, examination)


def test_an_organisation_edited_meanwhile_stops_the_write(cluster, kiel):
    batch = store_choices(batch=staged(cluster, KIEL), choices={2: f"o{kiel.pk}"})
    examination = examine(batch)
    Organisation.objects.update(version=9)
    from kontor.actors.services.importing import members

    with pytest.raises(ImportRefused, match=r"import\.changed_meanwhile"):
        members._write(batch, examination)


def test_choices_are_forgotten_with_the_columns_they_were_made_for(cluster, kiel):
    batch = store_choices(batch=staged(cluster, KIEL), choices={2: "new"})

    changed = choose_columns(batch=batch, meanings={0: "name"})

    assert changed.staged["choices"] == {}


def test_a_fault_in_the_middle_of_the_write_leaves_nothing_behind(cluster):
    batch = staged(cluster, KIEL, LUND)
    Competence.objects.create(cluster=cluster, code="own.optik", name="Etwas anderes")
    examination = examine(batch)
    Competence.objects.filter(cluster=cluster).update(code="own.optik_2")
    from kontor.actors.services.importing import members

    with pytest.raises(Exception, match=r"UNIQUE|unique"), transaction.atomic():
        members._write(batch, examination)

    batch.refresh_from_db()
    counts = (Organisation.objects.count(), Membership.objects.count(), Competence.objects.count())
    assert (batch.state, counts) == ("staged", (0, 0, 1))


# Undo


def test_undo_restores_what_was_altered_and_removes_what_was_made(cluster, kiel):
    MembershipFactory(organisation=kiel, valid_from=date(2022, 1, 1))
    person = PersonFactory(organisation=kiel, email="eva@example.org", family_name="Alt")
    headers = (*HEADERS, "Nachname", "E-Mail")
    batch = same(
        staged(cluster, (*KIEL, "Neu", "eva@example.org"), (*LUND, "", ""), headers=headers),
        row2=f"o{kiel.pk}",
    )

    undo_import(batch=batch)

    kiel.refresh_from_db()
    person.refresh_from_db()
    assert (kiel.founded, kiel.website, person.family_name) == (1990, "", "Alt")
    assert list(Membership.objects.values_list("valid_from", flat=True)) == [date(2022, 1, 1)]
    assert (Organisation.objects.count(), Competence.objects.count()) == (1, 0)


def test_undo_counts_as_an_edit_so_that_an_open_form_is_out_of_date(cluster, kiel):
    batch = same(staged(cluster, KIEL), row2=f"o{kiel.pk}")

    undo_import(batch=batch)

    kiel.refresh_from_db()
    assert kiel.version == 3


def test_undo_is_refused_where_a_need_hangs_on_a_new_member(cluster):
    batch = imported(cluster, KIEL)
    NeedFactory(organisation=Organisation.objects.get())

    with pytest.raises(ImportRefused) as refusal:
        undo_import(batch=batch)

    assert "Sensorwerk Kiel GmbH" in str(refusal.value.params["reasons"])
    assert Organisation.objects.count() == 1


def test_undo_is_refused_where_a_membership_was_edited(cluster):
    batch = imported(cluster, KIEL)
    Membership.objects.update(valid_to=date(2026, 12, 31))

    with pytest.raises(ImportRefused, match=r"import\.undo_would_lose"):
        undo_import(batch=batch)


def test_undo_is_refused_where_an_updated_organisation_was_edited_again(cluster, kiel):
    batch = same(staged(cluster, KIEL), row2=f"o{kiel.pk}")
    Organisation.objects.update(version=7)

    with pytest.raises(ImportRefused, match=r"import\.undo_would_lose"):
        undo_import(batch=batch)


def test_undo_works_once(cluster):
    batch = undo_import(batch=imported(cluster, KIEL))

    with pytest.raises(ImportRefused, match=r"import\.not_to_be_undone"):
        undo_import(batch=batch)


def test_what_was_deleted_since_does_not_stand_against_undo(cluster):
    batch = imported(cluster, KIEL, LUND)
    Organisation.objects.filter(name="Lunds universitet").delete()

    undo_import(batch=batch)

    assert Organisation.objects.count() == 0


# Without anybody to ask


def test_a_clean_file_is_imported_without_asking(cluster, tmp_path):
    path = tmp_path / "mitglieder.csv"
    path.write_bytes(as_csv(KIEL, LUND))

    done = import_members_file(cluster, path)

    assert (done.state, Organisation.objects.count()) == ("done", 2)


@pytest.mark.parametrize("row", [("", "KMU", "", "", "", "", "", ""), KIEL])
def test_faults_and_open_questions_refuse_the_whole_file(cluster, kiel, tmp_path, row):
    path = tmp_path / "mitglieder.csv"
    path.write_bytes(as_csv(row, LUND))

    found = import_members_file(cluster, path)

    assert isinstance(found, Examination)
    assert len(found.faults) + len(found.undecided) == 1
    assert (Organisation.objects.count(), ImportBatch.objects.count()) == (1, 0)


def test_a_ledger_notes_no_change_where_the_value_is_the_same(kiel):
    ledger = Ledger()

    ledger.change(kiel, founded=1990, city="Kiel")

    assert list(ledger.altered()) == []
