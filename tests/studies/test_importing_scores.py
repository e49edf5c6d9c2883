"""Scores come from Excel: every fault by row and column, all or nothing, and back again."""

from io import BytesIO

import pytest
import xlsxwriter
from django.urls import reverse

from kontor.imports.refused import ImportRefused
from kontor.imports.table import read_table
from kontor.studies.models import Assessor, Score, ScoreImport
from kontor.studies.problems import StudyError
from kontor.studies.services import importing
from kontor.studies.services.importing import Origin
from kontor.ui.errors import explain
from tests.studies.factories import AssessorFactory, StudyCriterionFactory, frozen, made_study

pytestmark = pytest.mark.django_db
HEAD = ["Candidate", "Criterion c1", "Kriterium c2"]


@pytest.fixture
def study(cluster):
    return made_study([[None, None], [2, None]], cluster=cluster, state="judging")


def book(*rows):
    file = BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("Workshop")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def stage(study, *rows, assessor=None, source=""):
    return importing.stage(
        study=study,
        user=None,
        file_name="scores.xlsx",
        data=book(*rows),
        origin=Origin(assessor, source),
    )


def cells(**fields):
    rows = Score.objects.filter(**fields).order_by("candidate__position", "criterion__position")
    return [(str(row.candidate), row.criterion.code, row.low, row.value, row.high) for row in rows]


def test_numbers_ranges_and_not_known_are_read(study):
    batch = stage(study, HEAD, ["Cluster A", 4, "3–4"], ["cluster b", "?", ""])

    importing.carry_out(batch=batch)

    assert cells() == [
        ("Cluster A", "c1", 4, 4, 4),
        ("Cluster A", "c2", 3, 3.5, 4),
        ("Cluster B", "c1", None, None, None),
    ]
    assert ScoreImport.objects.get().report == {"written": 3, "changed": 1, "empty": 1}
    assert set(Score.objects.values_list("origin", "source")) == {("agreed", "scores.xlsx")}


def test_every_fault_is_told_with_row_and_column_and_nothing_is_written(study):
    rows = (
        [*HEAD, "Nonsense"],
        ["Cluster A", 9, "viel", 1],
        ["Cluster X", 1, 1, ""],
        ["Cluster A", 1, 1, ""],
    )
    batch = stage(study, *rows)
    plan = importing.planned(batch)

    told = [(fault.row, fault.column_letter, explain(fault)) for fault in plan.faults]
    assert told == [
        (1, "D", "No criterion of this study is called so."),
        (2, "B", "The scale runs from 1 to 5."),
        (2, "C", "“viel” is not a number. Write, for example, 1250 or 1250.50."),
        (3, "A", "“Cluster X” is no candidate of this study."),
        (4, "A", "This candidate stands in row 2 already."),
    ]
    with pytest.raises(StudyError, match=r"^score_import\.has_faults$"):
        importing.carry_out(batch=batch)
    assert (plan.sheet, Score.objects.count()) == ("Workshop", 1)


def test_a_file_without_our_criteria_says_so(study):
    plan = importing.planned(stage(study, ["Candidate", "Price"], ["Cluster A", 3]))

    assert [fault.code for fault in plan.faults] == ["score_import.no_column", "score_import.column_unknown"]


def test_an_empty_file_writes_nothing(study):
    batch = stage(study, HEAD, ["Cluster A", "", ""])

    with pytest.raises(StudyError, match=r"^score_import\.nothing_to_write$"):
        importing.carry_out(batch=batch)


def test_a_file_that_is_no_table_is_refused(study):
    with pytest.raises(ImportRefused):
        importing.stage(
            study=study, user=None, file_name="x.xlsx", data=b"PK\x03\x04", origin=Origin(None, "")
        )

    assert ScoreImport.objects.count() == 0


def test_yes_and_no_are_words(study):
    content = frozen("c3", scale="yes_no", scale_low=0.0, scale_high=1.0)
    StudyCriterionFactory(study=study, code="c3", position=9, content=content)

    importing.carry_out(
        batch=stage(study, ["Candidate", "Criterion c3"], ["Cluster A", "ja"], ["Cluster B", "No"])
    )

    assert [cell[3] for cell in cells(criterion__code="c3")] == [1, 0]


def test_an_import_is_taken_back_and_what_stood_there_comes_again(study):
    batch = importing.carry_out(batch=stage(study, HEAD, ["Cluster A", 4, 4], ["Cluster B", 5, ""]))

    importing.take_back(batch=batch)

    assert cells() == [("Cluster B", "c1", 2, 2, 2)]
    assert Score.objects.get().imported_in is None


def test_what_somebody_has_changed_since_stays(study):
    batch = importing.carry_out(batch=stage(study, HEAD, ["Cluster A", 4, 4]))
    Score.objects.filter(criterion__code="c2").update(value=1, low=1, high=1, imported_in=None)

    done = importing.take_back(batch=batch)

    assert (cells(criterion__code="c2"), done.report["kept"]) == ([("Cluster A", "c2", 1, 1, 1)], 1)


def test_scores_of_one_person_are_handed_in_with_the_file_and_taken_back_with_it(study):
    person = AssessorFactory(study=study)
    batch = importing.carry_out(
        batch=stage(study, HEAD, ["Cluster A", 4, 4], assessor=person, source="Interview")
    )
    counted = Assessor.objects.get().submitted_scores_at

    importing.take_back(batch=batch)

    assert (counted is not None, Assessor.objects.get().submitted_scores_at) == (True, None)
    assert Score.objects.filter(assessor=person).count() == 0


def test_an_import_runs_once_and_goes_back_once(study):
    batch = importing.carry_out(batch=stage(study, HEAD, ["Cluster A", 4, 4]))
    with pytest.raises(StudyError, match=r"^score_import\.not_staged$"):
        importing.carry_out(batch=batch)
    importing.take_back(batch=batch)
    with pytest.raises(StudyError, match=r"^score_import\.not_done$"):
        importing.take_back(batch=batch)


def test_one_persons_scores_do_not_change_after_the_opening(study):
    batch = stage(study, HEAD, ["Cluster A", 4, 4], assessor=AssessorFactory(study=study))
    study.weights_opened_at = "2026-01-15T12:00Z"
    study.save()

    with pytest.raises(StudyError, match=r"^score\.opened$"):
        importing.carry_out(batch=ScoreImport.objects.get(pk=batch.pk))


def test_the_template_reads_back_without_a_fault(manager_client, study):
    url = reverse("studies:import-template", args=[study.cluster.slug, study.pk])

    data = manager_client.get(url).content

    table = read_table(data, "x.xlsx")
    assert (table.headers, [row.cells[0] for row in table.rows]) == (
        ("Candidate", "Criterion c1", "Criterion c2"),
        ["Cluster A", "Cluster B"],
    )


def test_upload_preview_run_and_undo_go_by_plain_forms(manager_client, study):
    def url(name, *more):
        return reverse(f"studies:{name}", args=[study.cluster.slug, study.pk, *more])

    file = BytesIO(book(HEAD, ["Cluster A", 4, "<b>x</b>"]))
    file.name = "scores.xlsx"
    shown = manager_client.post(url("import"), {"file": file}, follow=True)
    batch = ScoreImport.objects.get()
    refused = manager_client.post(url("import-run", batch.pk))
    good = stage(study, HEAD, ["Cluster A", 4, 5])
    manager_client.post(url("import-run", good.pk))
    written = Score.objects.count()
    done = manager_client.post(url("import-undo", good.pk), follow=True)

    assert ("&lt;b&gt;x&lt;/b&gt;" in shown.content.decode(), refused.status_code) == (True, 422)
    assert (written, Score.objects.count(), done.status_code) == (3, 1, 200)
