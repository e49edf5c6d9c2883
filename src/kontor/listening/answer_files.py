"""Answers and results of surveys as Excel and CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.actors.exports import list_file
from kontor.actors.queries.segments import Dimension
from kontor.listening.confidentiality import Guard
from kontor.listening.models import Survey
from kontor.listening.queries.encoded import Encoded, group_codes
from kontor.listening.queries.figures import Result
from kontor.listening.queries.looking import shown_in
from kontor.listening.queries.rows import FileColumn, cells_of, file_columns
from kontor.listening.queries.wording import Wording
from kontor.methods.disclosure import coarsened
from kontor.reports.lists import ListCell, write_book, write_csv
from kontor.reports.model import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def results_file(survey: Survey, results: Sequence[Result], form: str) -> HttpResponse:
    """Return the tables of the results as one list, a line for each answer that could be given."""
    columns, rows = results_table(results)
    return list_file(_("Results"), columns, rows, form, cluster=survey.cluster)


def results_table(results: Sequence[Result]) -> tuple[list[Column], list[list[ListCell]]]:
    """Return the columns and lines of the results; groups of a breakdown come as further columns."""
    groups = next((result.groups for result in results if result.groups), ())
    is_weighted = any(result.is_weighted for result in results)
    columns = [
        *(Column(_("Question")), Column(_("What was answered")), Column(_("Count"), "count")),
        *(
            Column(_("Share"), "percent"),
            Column(_("Interval from"), "percent"),
            Column(_("Interval to"), "percent"),
        ),
        *(Column(_("Answered"), "count"), Column(_("No answer"), "count"), Column(_("Not asked"), "count")),
        *([Column(_("Weighted share"), "percent")] if is_weighted else []),
        *(Column(group.label, "percent") for group in groups),
        *(Column(_("%(group)s: answered") % {"group": group.label}, "count") for group in groups),
    ]
    rows = [row for result in results for row in _lines(result, is_weighted, len(groups))]
    return columns, rows


def answers_file(survey: Survey, data: Encoded, wording: Wording, guard: Guard, form: str) -> HttpResponse:
    """Return every answer in a line of its own, in Excel with a codebook.

    Of anonymous answers neither the words nor groups that few people share; the words stand on a sheet of
    their own, sorted, so that they belong to nobody.
    """
    columns = file_columns(data, wording)
    kept = [column for column in columns if not (survey.is_anonymous and column.is_text)]
    about, rows = _anonymous(data, guard) if survey.is_anonymous else _named(survey, data)
    heads = [Column(title) for title in (*about, *(column.name for column in kept))]
    lines = [[*row, *cells_of(kept, number)] for number, row in rows]
    if form == "csv":
        return _download(survey, write_csv(heads, lines, get_language() or "en"), "csv")
    words = [column for column in columns if column.is_text]
    sheets: list[Any] = [(_("Answers"), heads, lines), _codebook(kept)]
    if survey.is_anonymous and words:
        sheets.append(_loose_words(words, data, guard))
    return _download(survey, write_book(survey.name, sheets), "xlsx")


def _lines(result: Result, is_weighted: bool, groups: int) -> list[list[ListCell]]:
    bases: list[ListCell] = [result.people, result.silent, result.unasked]
    if result.people is None:
        empty: list[ListCell] = [None] * ((7 if not is_weighted else 8) + 2 * groups)
        return [[result.label, _("too few answers to show"), *empty]]
    if result.matrix:
        nothing: list[ListCell] = [None] * (2 + is_weighted + 2 * groups)
        return [
            [result.label, f"{row.label}: {title}", cell.count, cell.share, None, None, row.people, *nothing]
            for row in result.matrix
            for title, cell in zip(result.columns, row.cells, strict=True)
        ]
    if result.ranks:
        rest = [None] * (is_weighted + 2 * groups)
        return [
            [result.label, rank.label, rank.firsts, rank.share, None, None, *bases, *rest]
            for rank in result.ranks
        ]
    weighted = [None] if is_weighted else []
    if not result.rows:
        return [[result.label, "", None, None, None, None, *bases, *weighted, *[None] * (2 * groups)]]
    return [_line(result, row, bases, is_weighted, groups) for row in result.rows]


def _line(result: Result, row: Any, bases: list[ListCell], is_weighted: bool, groups: int) -> list[ListCell]:
    is_bar = result.shape == "numbers"
    label = f"{row.low:g}–{row.high:g}" if is_bar else row.label
    ends = [None, None] if is_bar else [row.low, row.high]
    parts = [part.share for part in row.parts] or [None] * groups
    people = [group.people for group in result.groups] or [None] * groups
    weighted = [row.weighted] if is_weighted else []
    return [result.label, label, row.count, row.share, *ends, *bases, *weighted, *parts, *people]


def _named(survey: Survey, data: Encoded) -> tuple[list[str], list[tuple[int, list[ListCell]]]]:
    about = [_("Organisation"), _("Person"), _("Language"), _("Submitted")]
    about += [str(dimension.label) for dimension in Dimension]
    known = {row.pk: row for row in survey.responses.select_related("organisation", "person")}
    rows: list[tuple[int, list[ListCell]]] = []
    for number, key in enumerate(data.keys):
        row = known.get(key)
        if row is not None:
            who: list[ListCell] = [str(row.organisation or ""), str(row.person or ""), row.language]
            rows.append((number, [*who, row.submitted_at, *_groups(data, list(Dimension), number)]))
    rows.sort(key=lambda row: str(row[1][0]).casefold())
    return about, rows


def _anonymous(data: Encoded, guard: Guard) -> tuple[list[str], list[tuple[int, list[ListCell]]]]:
    """Return the answers in the order of their random keys, with groups that enough people share."""
    told, codes = shared_groups(data, guard.limit)
    rows: list[tuple[int, list[ListCell]]] = []
    for number in range(data.n):
        cells: list[ListCell] = [
            _group(dimension, codes[dimension][number]) if codes[dimension][number] >= 0 else None
            for dimension in told
        ]
        rows.append((number, cells))
    return [str(dimension.label) for dimension in told], rows


def shared_groups(data: Encoded, limit: int) -> tuple[list[Dimension], dict[Dimension, Any]]:
    """Return the dimensions that may stand beside single answers, and their groups, −1 where none may.

    Of all the groups that one answer shows, together, at least `limit` answers show the same.
    """
    shown = shown_in(data, np.ones(data.n, bool), limit)
    told: list[Dimension] = []
    codes: dict[Dimension, Any] = {}
    for dimension in Dimension:
        own = data.groups[dimension]
        if not shown[dimension].any():
            continue
        both = [coarsened(data.groups[each], shown[each]) for each in (*told, dimension)]
        _kinds, sizes = np.unique(np.stack(both), axis=1, return_counts=True)
        if sizes.min(initial=limit) >= limit:
            told.append(dimension)
            codes[dimension] = np.where(shown[dimension][own], own, -1)
    return told, codes


def _groups(data: Encoded, dimensions: list[Dimension], number: int) -> list[str]:
    return [_group(each, data.groups[each][number]) for each in dimensions]


def _group(dimension: Dimension, code: int) -> str:
    group = group_codes(dimension)[code]
    return str(dimension.groups.get(group, _("not known")))


def _codebook(columns: Sequence[FileColumn]) -> tuple[str, list[Column], list[list[ListCell]]]:
    heads = [Column(_("Column")), Column(_("Question")), Column(_("What stands in it"))]
    return _("Codebook"), heads, [[column.name, column.question, column.says] for column in columns]


def _loose_words(columns: Sequence[FileColumn], data: Encoded, guard: Guard) -> Any:
    rows: list[list[ListCell]] = []
    for column in columns:
        texts = [str(text) for number in range(data.n) if (text := column.cells(number))]
        if len(texts) >= guard.limit:
            rows += [[column.question, text] for text in sorted(texts, key=str.casefold)]
    return _("Words"), [Column(_("Question")), Column(_("Words of the members"))], rows


def _download(survey: Survey, content: bytes, form: str) -> HttpResponse:
    name = f"{survey.cluster.slug}-{_('Answers')}-{timezone.localdate():%Y-%m-%d}.{form}".lower()
    kind = XLSX if form == "xlsx" else "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
