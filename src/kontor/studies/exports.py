"""Studies as Excel and CSV: the list, candidates, criteria, people, scores, weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.criteria.sources import source_name
from kontor.partners.exports import book_file
from kontor.reports.lists import ListCell, ListRow
from kontor.reports.model import Column
from kontor.studies.models import Score, Study, StudyCandidate
from kontor.studies.queries.agreement import AgreementView
from kontor.studies.queries.candidates import CandidateLine
from kontor.studies.queries.listing import StudyRow
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.queries.people import PersonRow
from kontor.studies.queries.sheets import TableRow


def studies_file(rows: Iterable[StudyRow], file_format: str, *, cluster: Cluster) -> HttpResponse:
    """Return the list of studies with how far each is."""
    heads = [Column(_("Study")), Column(_("State")), Column(_("Judgements due by"))]
    counts = (_("Candidates"), _("Criteria"), _("Weighed"), _("of"), _("Scored"), _("of people"))
    heads += [Column(title, "count") for title in (*counts, _("Cells"), _("Cells not known"))]
    found = [_study(row) for row in rows]
    return list_file(_("Partner studies"), heads, found, file_format, cluster=cluster)


def _study(row: StudyRow) -> ListRow:
    study, progress = row.study, row.progress
    return (
        *(str(study.title), study.get_state_display(), study.judge_until),
        *(progress.candidates, progress.criteria, progress.weighed, progress.weighing),
        *(progress.scored, progress.scoring, progress.cells, progress.missing),
    )


def candidates_file(study: Study, rows: Iterable[CandidateLine], file_format: str) -> HttpResponse:
    """Return the candidates of a study."""
    heads = [Column(_("Candidate")), Column(_("Country")), Column(_("Region")), Column(_("Left out because"))]
    heads += [Column(_("Criteria known"), "count"), Column(_("Criteria"), "count")]
    found: list[ListRow] = []
    for row in rows:
        partner = row.candidate.partner
        texts = (partner.name, partner.country, partner.region, row.candidate.excluded_because)
        found.append((*texts, row.known, row.criteria))
    return list_file(_("Candidates"), heads, found, file_format, cluster=study.cluster)


def criteria_file(study: Study, criteria: Iterable[NamedCriterion], file_format: str) -> HttpResponse:
    """Return the criteria of a study with scales and thresholds."""
    texts = (_("Family"), _("Criterion"), _("Meaning"), _("Scale"), _("Unit"), _("Which way is better"))
    heads = [Column(title) for title in texts]
    numbers = (_("Lower end"), _("Upper end"), _("Out below"), _("Out above"))
    heads += [Column(title, "decimal") for title in numbers] + [Column(_("Filled from"))]
    rows = [_criterion(each) for each in criteria]
    return list_file(_("Criteria"), heads, rows, file_format, cluster=study.cluster)


def _criterion(each: NamedCriterion) -> ListRow:
    row = each.row
    return (
        *(each.family_name, each.name, each.meaning, str(each.frozen.scale_label), each.unit),
        _("more is better") if row.is_benefit else _("less is better"),
        *(row.scale_low, row.scale_high, row.knock_out_below, row.knock_out_above),
        source_name(each.frozen.source) if each.frozen.source else "",
    )


def people_file(study: Study, rows: Iterable[PersonRow], file_format: str) -> HttpResponse:
    """Return the assessors with what each has handed in, never what it says."""
    titles = (_("Name"), _("E-mail address"), _("Language"), _("Speaks for"), _("Link sent"))
    heads = [Column(title) for title in (*titles, _("Weights handed in"), _("Scores handed in"))]
    found: list[ListRow] = []
    for row in rows:
        person = row.assessor
        texts = (person.name, person.email, person.get_language_display(), person.get_group_display())
        found.append((*texts, person.invited_at, row.weights_at, row.scores_at))
    return list_file(_("Assessors"), heads, found, file_format, cluster=study.cluster)


def weights_file(
    study: Study, found: AgreementView | None, criteria: Sequence[NamedCriterion], file_format: str
) -> HttpResponse:
    """Return the opened weights: the group's, and those of each person."""
    statements = found.statements if found else ()
    heads = [Column(_("Family")), Column(_("Criterion")), Column(_("Group"), "percent")]
    heads += [Column(each.name, "percent") for each in statements]
    rows: list[ListRow] = [
        (
            *(each.family_name, each.name, each.row.group_weight),
            *(statement.weights.get(each.code) for statement in statements),
        )
        for each in criteria
    ]
    return list_file(_("Weights"), heads, rows, file_format, cluster=study.cluster)


def scores_file(
    study: Study, rows: Sequence[TableRow], criteria: Sequence[NamedCriterion], file_format: str
) -> HttpResponse:
    """Return the scores that count; the workbook holds on a second sheet all words that were handed in."""
    heads = [Column(_("Candidate")), *(Column(each.name, "decimal") for each in criteria)]
    counted: list[ListRow] = [
        (str(row.candidate), *(_score(cell.settled.value) for cell in row.cells)) for row in rows
    ]
    if file_format == "csv":
        return list_file(_("Scores"), heads, counted, file_format, cluster=study.cluster)
    texts = (_("Candidate"), _("Criterion"), _("Said by"), _("Speaks for"))
    words = [Column(title) for title in texts]
    words += [Column(title, "decimal") for title in (_("Score"), _("At least"), _("At most"))]
    tail = (_("Not known"), _("How sure"), _("Evidence"), _("Source"), _("Link to the page"), _("As of"))
    words += [Column(title) for title in tail]
    sheets = [(_("Scores"), heads, counted), (_("Evidence"), words, list(_words(study, criteria)))]
    return book_file(_("Scores"), sheets, cluster=study.cluster)


def template_file(
    study: Study, candidates: Iterable[StudyCandidate], criteria: Sequence[NamedCriterion]
) -> HttpResponse:
    """Return an empty table to fill in, with an explanation on a second sheet."""
    heads = [Column(_("Candidate")), *(Column(each.name) for each in criteria)]
    rows: list[ListRow] = [(str(each), *("" for _each in criteria)) for each in candidates]
    help_heads = [Column(_("Criterion")), Column(_("Meaning")), Column(_("Scale")), Column(_("Unit"))]
    notes: list[ListRow] = [
        (each.name, each.meaning, str(each.frozen.scale_label), each.unit) for each in criteria
    ]
    notes.append((_("How to fill in"), _("A number, a range such as 3–4, or ? for not known."), "", ""))
    sheets = [(_("Scores"), heads, rows), (_("Explanation"), help_heads, notes)]
    return book_file(_("Score template"), sheets, cluster=study.cluster)


def _score(value: float) -> float | None:
    return None if value != value else value


def _words(study: Study, criteria: Sequence[NamedCriterion]) -> Iterable[ListRow]:
    names = {each.pk: each.name for each in criteria}
    rows = Score.objects.filter(candidate__study=study).select_related("candidate__partner", "assessor")
    for row in rows.order_by("candidate__position", "criterion__position", "pk"):
        if row.assessor is not None and row.assessor.submitted_scores_at is None:
            continue
        yield _word(row, names[row.criterion_id])


def _word(row: Score, name: str) -> tuple[ListCell, ...]:
    who = row.assessor.name if row.assessor else row.get_origin_display()
    group = row.assessor.get_group_display() if row.assessor else ""
    return (
        *(str(row.candidate), name, who, group, row.value, row.low, row.high),
        *(_("yes") if row.is_unknown else "", row.get_confidence_display(), row.evidence),
        *(row.source, row.source_url, row.as_of),
    )
