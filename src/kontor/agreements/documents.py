"""An agreement as a report, from which Word and PDF are printed: parties, clauses, signatures, record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.agreements.catalogue import kind_name
from kontor.agreements.models import Side
from kontor.agreements.texts import as_markdown, literal
from kontor.reports import format as fmt
from kontor.reports.model import Cell, Column, Prose, Report, Section, Table

Content = Mapping[str, Any]
_SIDES = (Side.US.value, Side.THEM.value)
# Room to write in: a cell of a table is as high as what stands in it.
_BLANK = "\u00a0"


def agreement_report(content: Content, *, language: str, digest: str = "") -> Report:
    """Return the paper in one of its languages; the same content gives the same paper.

    content: from `content.agreement_content`. digest: check number to print at the end, of a frozen version.
    """
    with override(language):
        sections = [_parties(content), _clauses(content, language)]
        if content["number"]:
            sections.append(_signatures(content))
        sections.append(_record(content, language, digest))
        return Report(
            title=_said(content["title"], language),
            subtitle=_subtitle(content, language),
            author=" · ".join(content["names"][side] for side in _SIDES),
            language=language,
            as_of=_day_of(content["at"]),
            sections=tuple(sections),
        )


def with_digest(report: Report, digest: str) -> Report:
    """Return a stored report with its check number behind the record."""
    with override(report.language):
        *others, last = report.sections
        proof = Prose(_digest_line(digest))
        more = Section(last.code, last.title, (*last.blocks, proof))
        return Report(
            report.title,
            report.subtitle,
            report.author,
            report.language,
            report.as_of,
            (*others, more),
        )


def _subtitle(content: Content, language: str) -> str:
    day = fmt.day(_day_of(content["at"]), language)
    kind = kind_name(content["kind"])
    if content["number"]:
        said = _("version %(number)s, agreed on %(day)s") % {"number": content["number"], "day": day}
    else:
        said = _("draft of %(day)s, not agreed yet") % {"day": day}
    return f"{kind}, {said}"


def _parties(content: Content) -> Section:
    lines = []
    for side in _SIDES:
        lines.append(f"**{literal(content['names'][side])}**")
        people = [_person(each) for each in content["people"] if each["side"] == side]
        if people:
            lines.append(_("In this negotiation represented by:"))
            lines.append("\n".join(f"- {literal(each)}" for each in people))
    if content["reason"] and content["round"] > 1:
        reason = _("Why this agreement was amended: %(reason)s") % {"reason": content["reason"]}
        lines.append(literal(reason))
    return Section("parties", _("Who agrees"), (Prose("\n\n".join(lines)),))


def _person(person: Mapping[str, str]) -> str:
    of = person["of"]
    return ", ".join(part for part in (person["name"], person["function"], of) if part)


def _clauses(content: Content, language: str) -> Section:
    lines, group = [], ""
    for number, clause in enumerate(content["clauses"], start=1):
        if clause["group"][language] != group:
            group = clause["group"][language]
            lines.append(f"# {literal(group)}")
        heading = _said(clause["heading"], language)
        lines.append(f"## {literal(_('§ %(number)s') % {'number': number})} {literal(heading)}")
        if not content["number"]:
            lines.append(f"*{literal(_draft_line(clause, content, language))}*")
        lines.append(as_markdown(_said(clause["text"], language)))
    return Section("clauses", _("What we agree"), (Prose("\n\n".join(lines)),))


def _draft_line(clause: Content, content: Content, language: str) -> str:
    """Return how far a clause of a draft is, in a few words."""
    proposed = clause["proposed"]
    fields = {
        "name": proposed["name"],
        "side": content["names"][proposed["side"]],
        "day": fmt.day(_day_of(proposed["at"]), language),
    }
    if set(clause["accepted"]) == set(_SIDES):
        return _("Agreed by both sides.")
    if clause["is_removal"]:
        return _("Open: %(name)s (%(side)s) proposes to leave this clause out, %(day)s.") % fields
    return _("Open: proposed by %(name)s (%(side)s), %(day)s.") % fields


def _signatures(content: Content) -> Section:
    heads = [literal(content["names"][side]) for side in _SIDES]
    asked = (_("Place and date"), _("Name"), _("Function"), _("Signature"))
    rows = [f"| {_BLANK} | {heads[0]} | {heads[1]} |", "| --- | --- | --- |"]
    rows += [f"| {literal(label)} | {_BLANK} | {_BLANK} |" for label in asked]
    return Section("signatures", _("Signatures"), (Prose("\n".join(rows)),))


def _record(content: Content, language: str, digest: str) -> Section:
    """Return who proposed and accepted each clause, and when."""
    names = content["names"]
    columns = [
        *(_("No."), _("Clause"), _("Wording"), _("Proposed by")),
        *(_("Accepted for %(side)s") % {"side": names[side]} for side in _SIDES),
    ]
    rows = tuple(
        _record_row(number, clause, names, language)
        for number, clause in enumerate(content["clauses"], start=1)
    )
    table = Table(
        key="record",
        caption=_("Who proposed and who accepted each clause"),
        columns=tuple(Column(title) for title in columns),
        rows=rows,
        source=_("Record of the negotiation in Kontor"),
        as_of=_day_of(content["at"]),
    )
    blocks = (table, Prose(_digest_line(digest))) if digest else (table,)
    return Section("record", _("How it was agreed"), blocks)


def _record_row(number: int, clause: Content, names: Mapping[str, str], language: str) -> tuple[Cell, ...]:
    proposed = clause["proposed"]
    by = f"{proposed['name']} ({names[proposed['side']]}), {_moment(proposed['at'], language)}"
    accepted = (clause["accepted"].get(side) for side in _SIDES)
    told = (f"{each['name']}, {_moment(each['at'], language)}" if each else None for each in accepted)
    return (str(number), _said(clause["heading"], language), str(clause["wording"]), by, *told)


def _digest_line(digest: str) -> str:
    said = _("Check number of this version (SHA-256): %(digest)s") % {"digest": digest}
    return literal(said)


def _said(texts: Mapping[str, str], language: str) -> str:
    """Return a text in the language, or in the other where it is missing."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def _day_of(moment: str) -> date:
    return timezone.localdate(datetime.fromisoformat(moment))


def _moment(moment: str, language: str) -> str:
    when = timezone.localtime(datetime.fromisoformat(moment))
    return f"{fmt.day(when.date(), language)}, {when:%H:%M}"
