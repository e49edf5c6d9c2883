"""The list of agreements and the clauses of one, as Excel and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.agreements.catalogue import kind_name
from kontor.agreements.forms.clauses import HEADINGS, TEXTS
from kontor.agreements.models import Acceptance, Agreement, Side
from kontor.agreements.queries.sheet import Sheet, ShownClause
from kontor.agreements.showing import state_label
from kontor.agreements.texts import say, texts_of
from kontor.agreements.turns import Progress
from kontor.reports.lists import ListCell, ListRow
from kontor.reports.model import Column


def agreements_file(
    agreements: Sequence[Agreement], progress: Mapping[int, Progress], form: str, *, cluster: Cluster
) -> HttpResponse:
    """Return the agreements as a file, with counts for those who may see the negotiation."""
    heads = [Column(title) for title in (_("Title"), _("Kind"), _("Other side"), _("State"), _("Agreed"))]
    counts = (
        _("Clauses"),
        _("Settled"),
        _("Waiting for us"),
        _("Waiting for the other side"),
        _("Still open"),
    )
    heads += [Column(title, "count") for title in counts] if progress else []
    rows = [_agreement_row(each, progress.get(each.pk)) for each in agreements]
    return list_file(_("Agreements"), heads, rows, form, cluster=cluster)


def _agreement_row(agreement: Agreement, progress: Progress | None) -> ListRow:
    told: tuple[ListCell, ...] = (
        *(str(agreement.title), kind_name(agreement.kind), agreement.counterpart),
        *(agreement.get_state_display(), agreement.agreed_at),
    )
    if progress is None:
        return told
    return (
        *told,
        *(progress.total, progress.settled, progress.waiting_us, progress.waiting_them, progress.open),
    )


def clauses_file(sheet: Sheet, form: str) -> HttpResponse:
    """Return the clauses of an agreement as a file, with who accepted each and when."""
    agreement = sheet.agreement
    heads = [Column(_("No."), "count"), Column(_("Group of clauses"))]
    for code in agreement.languages:
        heads += [Column(HEADINGS[code]), Column(TEXTS[code])]
    heads += [Column(title) for title in (_("State"), _("Proposed by"), _("Proposed on"))]
    for side in Side:
        name = agreement.name_of(side)
        heads += [Column(_("Accepted by %(side)s") % {"side": name})]
        heads += [Column(_("Accepted by %(side)s on") % {"side": name})]
    heads += [Column(_("Wording"), "count"), Column(_("Comments"), "count")]
    rows = [_clause_row(sheet, each) for each in sheet.clauses]
    title = "-".join((_("Clauses"), slugify(say(agreement.title, agreement.languages[0]))[:60]))
    return list_file(title, heads, rows, form, cluster=agreement.cluster)


def _clause_row(sheet: Sheet, shown: ShownClause) -> ListRow:
    wording, agreement = shown.wording, sheet.agreement
    headings, texts = texts_of(wording.heading), texts_of(wording.text)
    said: list[ListCell] = []
    for code in agreement.languages:
        said += [headings.get(code, ""), texts.get(code, "")]
    return (
        *(shown.number, sheet.group_name(shown.clause.group), *said),
        *(state_label(shown.state, agreement, sheet.side), wording.author_name, wording.created_at),
        *(*_accepted(shown.by_us), *_accepted(shown.by_them)),
        *(wording.number, shown.comments),
    )


def _accepted(acceptance: Acceptance | None) -> tuple[ListCell, ListCell]:
    return (acceptance.name, acceptance.accepted_at) if acceptance else ("", None)
