"""The result as a report: sentence, pictures, tables, method; Word and PDF print from it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kontor.agreements.texts import literal
from kontor.reports.model import Block, Cell, Chart, Column, Missing, Prose, Report, Section, Table
from kontor.studies.reading import Reading
from kontor.studies.shown_facts import facts_of
from kontor.studies.shown_method import basis_told, method_steps
from kontor.studies.shown_places import MOST_PLACES, first_told
from kontor.studies.shown_result import (
    MOST_SHOWN,
    agreement_told,
    families_of,
    family_parts,
    outs_of,
)
from kontor.studies.shown_reversal import reversal_told
from kontor.studies.shown_robust import reach_told

# A picture of more bars is none.
MOST_BARS = 25
MOST_FACTS = 10


def result_report(reading: Reading, *, language: str) -> Report:
    """Return the result as it stands, in one language."""
    with override(language):
        on = timezone.localdate(reading.found.outcome.created_at)
        return Report(
            title=str(reading.study.title),
            subtitle=_("Result of the partner study"),
            author=reading.study.cluster.name,
            language=language,
            as_of=on,
            sections=tuple(_sections(reading, on)),
        )


def _sections(reading: Reading, on: date) -> list[Section]:
    told = "\n\n".join(literal(sentence) for sentence in reading.told.sentences())
    question = literal(str(reading.study.question))
    found = [Section("answer", _("The result"), tuple(_answer(question, told, reading, on)))]
    if reading.plain.standings:
        found.append(Section("methods", _("Three methods side by side"), tuple(_methods(reading, on))))
        found.append(Section("sureness", _("How sure it is"), tuple(_sureness(reading, on))))
    found.append(Section("method", _("How this came about"), (Prose(_method(reading)),)))
    return found


def _answer(question: str, told: str, reading: Reading, on: date) -> list[Block]:
    blocks: list[Block] = [Prose(question)] if question else []
    blocks.append(Prose(told))
    if reading.plain.standings:
        blocks.append(_points(reading, on))
    outs = outs_of(reading)[:MOST_SHOWN]
    if outs:
        rows = tuple((each.name, each.reason) for each in outs)
        heads = (Column(_("Candidate")), Column(_("Why")))
        blocks.append(Table("outs", _("Not in the race"), heads, rows, _source(reading), on))
    return blocks


def _points(reading: Reading, on: date) -> Block:
    families = families_of(reading)
    heads = (Column(_("Candidate")), *(Column(each.name, "decimal") for each in families))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            reading.name(each.candidate),
            *(round(100 * part, 1) for part in family_parts(each, reading, families)),
        )
        for each in reading.plain.standings[:MOST_BARS]
    )
    table = Table("points", _("Points of 100, by family of criteria"), heads, rows, _source(reading), on)
    return Chart("points", "stacked", table, 0, tuple(range(1, len(families) + 1)))


def _methods(reading: Reading, on: date) -> list[Block]:
    said = reading.found.said
    heads = (
        *(Column(_("Candidate")), Column(pgettext("rank", "Place"), "count"), Column(_("Points"), "decimal")),
        *(Column(_("At least"), "decimal"), Column(_("At most"), "decimal")),
        *(Column(_("Weight known"), "percent"), Column("TOPSIS", "count"), Column("PROMETHEE II", "count")),
        Column(_("First in … of cases"), "percent"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(reading.name(each.candidate), each.place, round(100 * each.value, 1)),
            *(round(100 * each.low, 1), round(100 * each.high, 1), each.known),
            *(each.topsis_place, each.net_place),
            said.chance_of_first(each.candidate) if said else None,
        )
        for each in reading.plain.standings[:MOST_SHOWN]
    )
    note = _("TOPSIS and PROMETHEE II: the place that each method gives.")
    table = Table("ranking", _("Ranking"), heads, rows, _source(reading), on, note=note)
    told = agreement_told(reading)
    return [Prose(literal(told)), table] if told else [table]


def _sureness(reading: Reading, on: date) -> list[Block]:
    blocks: list[Block] = []
    told = reach_told(reading)
    if told:
        blocks.append(Prose(literal(told)))
    if not reading.found.robust:
        blocks.append(
            Missing(_("How sure the order is, is still being computed."), _("Print again in a moment."))
        )
    for space in reading.found.robust:
        blocks.append(_places(reading, space, on))
    if reading.plain.reversal:
        shown = reversal_told(reading.plain.reversal, reading)
        lines = [*shown.scores, *([shown.shift] if shown.shift else [])]
        if lines:
            lead = _("Each of these alone would put %(name)s level with the first:") % {"name": shown.rival}
            blocks.append(Prose("\n".join([literal(lead), "", *(f"- {literal(each)}" for each in lines)])))
    facts = facts_of(reading, may_fill=False, limit=MOST_FACTS)
    if facts:
        lead = _("What would help most to know:")
        lines = [f"{each.sentence}: {each.effect}" for each in facts]
        blocks.append(Prose("\n".join([lead, "", *(f"- {literal(each)}" for each in lines)])))
    return blocks


def _places(reading: Reading, space: str, on: date) -> Table:
    robust = reading.found.robust[space]
    width = min(MOST_PLACES, len(robust.ranks[0]))
    title = _("Within what our people said") if space == "said" else _("Whatever the weights")
    heads = [Column(_("Candidate"))]
    heads += [Column(_("Place %(number)s") % {"number": place}, "percent") for place in range(1, width + 1)]
    rows: list[tuple[Cell, ...]] = []
    for each in reading.plain.standings[:MOST_SHOWN]:
        at = robust.candidates.index(each.candidate)
        rows.append((reading.name(each.candidate), *robust.ranks[at][:width]))
    note = first_told(reading, robust)
    return Table(f"places-{space}", title, tuple(heads), tuple(rows), _source(reading), on, note=note)


def _method(reading: Reading) -> str:
    lines = [literal(basis_told(reading)), ""]
    for step in method_steps():
        source = f" ({literal(step.source)})" if step.source else ""
        lines.append(f"- **{literal(step.title)}**: {literal(step.text)}{source}")
    fingerprint = _("Fingerprint of all inputs: %(print)s") % {"print": reading.found.outcome.fingerprint}
    return "\n".join([*lines, "", fingerprint])


def _source(reading: Reading) -> str:
    return _("Partner study “%(title)s”") % {"title": reading.study.title}
