"""An agreement as a report, from which Word and PDF are printed: parties, clauses, signatures, record.

Who agrees, to what, and the signatures stand in one section, so that nobody signs a sheet without the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.agreements.catalogue import kind_name
from kontor.agreements.models import Side
from kontor.agreements.texts import as_markdown, literal
from kontor.reports import format as fmt
from kontor.reports.model import Cell, Column, Prose, Report, Section, Table

Content = Mapping[str, Any]
_SIDES = (Side.US.value, Side.THEM.value)
# Room to write in, and the line to write on.
_ROOM = "\u00a0"
_LINE = "_" * 44


def agreement_report(content: Content, *, language: str) -> Report:
    """Return the paper in one of its languages; the same content gives the same paper.

    content: from `content.agreement_content`; number 0 makes a draft, which says so and is not to be signed.
    """
    with override(language):
        lines = [*_parties(content), *_clauses(content, language)]
        if content["number"]:
            lines += _signatures(content)
        agreed = Section("agreed", _("What we agree"), (Prose("\n\n".join(lines)),))
        return Report(
            title=_said(content["title"], language),
            subtitle=_subtitle(content, language),
            author=" · ".join(content["names"][side] for side in _SIDES),
            language=language,
            as_of=_day_of(content["at"]),
            sections=(agreed, _record(content, language)),
        )


def with_digest(report: Report, digest: str) -> Report:
    """Return a stored report with its check number behind the record."""
    with override(report.language):
        *others, last = report.sections
        said = _("Check number of this version (SHA-256): %(digest)s") % {"digest": digest}
        more = Section(last.code, last.title, (*last.blocks, Prose(literal(said))))
        return replace(report, sections=(*others, more))


def _subtitle(content: Content, language: str) -> str:
    day = fmt.day(_day_of(content["at"]), language)
    if content["number"]:
        said = _("version %(number)s, agreed on %(day)s") % {"number": content["number"], "day": day}
    else:
        said = _("draft of %(day)s, not agreed yet") % {"day": day}
    return f"{kind_name(content['kind'])}, {said}"


def _parties(content: Content) -> list[str]:
    """Return the opening: both sides, who spoke for them, and why a later version was made."""
    lines = [_headed("#", _("Who agrees"))]
    for side in _SIDES:
        name = content["names"][side]
        lines.append(f"**{literal(name)}**")
        people = [_person(each, name) for each in content["people"] if each["side"] == side]
        if people:
            told = _("represented in this negotiation by %(people)s") % {"people": "; ".join(people)}
            lines[-1] += f"\\\n{literal(told)}"
    if content["reason"] and content["round"] > 1:
        reason = _("Why this agreement was amended: %(reason)s") % {"reason": content["reason"]}
        lines.append(literal(reason))
    return lines


def _headed(level: str, title: str) -> str:
    return f"{level} {literal(title)}"


def _person(person: Mapping[str, str], side_name: str) -> str:
    of = "" if person["of"] == side_name else person["of"]
    return ", ".join(part for part in (person["name"], person["function"], of) if part)


def _clauses(content: Content, language: str) -> list[str]:
    lines, group = [], ""
    for number, clause in enumerate(content["clauses"], start=1):
        if clause["group"][language] != group:
            group = clause["group"][language]
            lines.append(_headed("#", group))
        heading = _said(clause["heading"], language)
        lines.append(_headed("##", f"§ {number} {heading}"))
        if not content["number"]:
            lines.append(f"*{literal(_draft_line(clause, content, language))}*")
        lines.append(as_markdown(_said(clause["text"], language)))
    return lines


def _draft_line(clause: Content, content: Content, language: str) -> str:
    """Return how far a clause of a draft is, in a few words."""
    proposed = clause["proposed"]
    fields = {
        "name": proposed["name"],
        "side": content["names"][proposed["side"]],
        "day": fmt.day(_day_of(proposed["at"]), language),
    }
    if set(clause["accepted"]) == set(_SIDES):
        return _("Accepted by both sides.")
    if clause["is_removal"]:
        return _("Open: %(name)s (%(side)s) proposes to leave this clause out, %(day)s.") % fields
    return _("Open: proposed by %(name)s (%(side)s), %(day)s.") % fields


def _signatures(content: Content) -> list[str]:
    """Return lines to sign on, for one side after the other; a heading never parts from what follows it."""
    asked = (_("Place and date"), _("Name and function"), _("Signature"))
    lines = [_headed("#", _("Signatures"))]
    for side in _SIDES:
        lines.append(_headed("##", _("For %(side)s") % {"side": content["names"][side]}))
        each = (f"{_ROOM}\\\n{literal(_LINE)}\\\n{literal(label)}" for label in asked)
        lines.append("\\\n".join(each))
    return lines


def _record(content: Content, language: str) -> Section:
    """Return who proposed and accepted each clause, and when."""
    names = content["names"]
    columns = (
        *(_("Clause"), _("Proposed")),
        *(_("Accepted by %(side)s") % {"side": names[side]} for side in _SIDES),
    )
    rows = tuple(
        _record_row(number, clause, names, language)
        for number, clause in enumerate(content["clauses"], start=1)
    )
    table = Table(
        key="record",
        caption=_("Who proposed and who accepted each clause"),
        columns=tuple(Column(title) for title in columns),
        rows=rows,
        source=_("record of the negotiation"),
        as_of=_day_of(content["at"]),
    )
    title = _("How it was agreed") if content["number"] else _("How far it is")
    return Section("record", title, (table,))


def _record_row(number: int, clause: Content, names: Mapping[str, str], language: str) -> tuple[Cell, ...]:
    proposed = clause["proposed"]
    told = {
        "number": clause["wording"],
        "name": proposed["name"],
        "side": names[proposed["side"]],
        "when": _moment(proposed["at"]),
    }
    by = _("wording %(number)s: %(name)s (%(side)s), %(when)s") % told
    given = (clause["accepted"].get(side) for side in _SIDES)
    accepted = (f"{each['name']}, {_moment(each['at'])}" if each else None for each in given)
    return (f"§ {number} {_said(clause['heading'], language)}", by, *accepted)


def _said(texts: Mapping[str, str], language: str) -> str:
    """Return a text in the language, or in the other where it is missing."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def _day_of(moment: str) -> date:
    return timezone.localdate(datetime.fromisoformat(moment))


def _moment(moment: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "SHORT_DATETIME_FORMAT")
