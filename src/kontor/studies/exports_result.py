"""The result as Excel and CSV: everything that the pages show, for all candidates."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.actors.exports import list_file
from kontor.partners.exports import book_file
from kontor.reports.lists import ListRow
from kontor.reports.model import Column
from kontor.studies.reading import Reading
from kontor.studies.shown_result import families_of, family_parts, outs_of

Sheet = tuple[str, Sequence[Column], Sequence[ListRow]]


def result_file(reading: Reading, file_format: str) -> HttpResponse:
    """Return the ranking; the workbook holds places, weights, facts and pairs on further sheets."""
    ranking = _ranking(reading)
    if file_format == "csv":
        return list_file(*ranking, file_format, cluster=reading.study.cluster)
    sheets = [ranking, _out(reading), _weights(reading), _facts(reading)]
    sheets += [_places(reading, space) for space in reading.found.robust]
    sheets += [_pairs(reading)] if reading.found.said else []
    return book_file(_("Result"), sheets, cluster=reading.study.cluster)


def _ranking(reading: Reading) -> Sheet:
    families = families_of(reading)
    heads = [Column(pgettext("rank", "Place"), "count"), Column(_("Candidate"))]
    heads += [Column(title, "decimal") for title in (_("Points"), _("Points at least"), _("Points at most"))]
    heads += [Column(_("Weight known"), "percent")]
    heads += [Column("TOPSIS", "decimal"), Column(_("Place by TOPSIS"), "count")]
    heads += [Column("PROMETHEE II", "decimal"), Column(_("Place by PROMETHEE II"), "count")]
    heads += [Column(_("First in … of cases"), "percent")]
    heads += [Column(_("Points: %(family)s") % {"family": each.name}, "decimal") for each in families]
    said = reading.found.said
    rows: list[ListRow] = [
        (
            *(each.place, reading.name(each.candidate)),
            *(100 * each.value, 100 * each.low, 100 * each.high, each.known),
            *(each.topsis, each.topsis_place, each.net, each.net_place),
            said.chance_of_first(each.candidate) if said else None,
            *(100 * part for part in family_parts(each, reading, families)),
        )
        for each in reading.plain.standings
    ]
    return _("Ranking"), heads, rows


def _out(reading: Reading) -> Sheet:
    rows: list[ListRow] = [(each.name, each.reason) for each in outs_of(reading)]
    return _("Not in the race"), [Column(_("Candidate")), Column(_("Why"))], rows


def _weights(reading: Reading) -> Sheet:
    heads = [Column(_("Family")), Column(_("Criterion"))]
    heads += [Column(title, "percent") for title in (_("Weight"), _("may go from"), _("may go to"))]
    heads += [Column(_("First below")), Column(_("First above"))]
    rows: list[ListRow] = [
        (
            reading.criteria[each.code].family_name,
            reading.criterion(each.code),
            *(each.weight, each.low, each.high),
            reading.name(each.rival_below) if each.rival_below is not None else "",
            reading.name(each.rival_above) if each.rival_above is not None else "",
        )
        for each in reading.plain.intervals
    ]
    return _("Weights"), heads, rows


def _facts(reading: Reading) -> Sheet:
    heads = [Column(_("Candidate")), Column(_("Criterion")), Column(_("Known"))]
    heads += [Column(_("Changes the first place"), "percent"), Column(_("Gain in points"), "decimal")]
    heads += [Column(_("In favour of"))]
    rows: list[ListRow] = [
        (
            *(reading.name(each.candidate), reading.criterion(each.code)),
            _("not known") if each.is_unknown else _("a range"),
            *(each.chance, 100 * each.gain),
            reading.name(each.favours) if each.favours is not None else "",
        )
        for each in reading.plain.next_facts
    ]
    return _("What to find out next"), heads, rows


def _places(reading: Reading, space: str) -> Sheet:
    robust = reading.found.robust[space]
    title = _("Places, as people said") if space == "said" else _("Places, any weights")
    width = len(robust.ranks[0])
    heads = [Column(_("Candidate")), Column(_("Mean place"), "decimal"), Column(_("Confidence"), "percent")]
    heads += [Column(_("Place %(number)s") % {"number": place}, "percent") for place in range(1, width + 1)]
    heads += [
        Column(_("Central weight: %(name)s") % {"name": reading.criterion(code)}, "percent")
        for code in reading.plain.codes
    ]
    rows: list[ListRow] = []
    for each in reading.plain.standings:
        at = robust.candidates.index(each.candidate)
        central = [robust.central[at].get(code) for code in reading.plain.codes]
        rows.append(
            (
                reading.name(each.candidate),
                robust.expected[at],
                robust.confidence[at],
                *robust.ranks[at],
                *central,
            )
        )
    return title, heads, rows


def _pairs(reading: Reading) -> Sheet:
    robust = reading.found.robust["said"]
    heads = [Column(_("ahead of →")), *(Column(reading.name(pk), "percent") for pk in robust.compared)]
    rows: list[ListRow] = [
        (reading.name(pk), *(None if place == other else share for other, share in enumerate(wins)))
        for place, (pk, wins) in enumerate(zip(robust.compared, robust.wins, strict=True))
    ]
    return _("Who beats whom"), heads, rows
