"""What helps most now: one sentence and one button, for either side."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.agreements.models import Agreement, AgreementVersion, Negotiator, Side
from kontor.agreements.queries.sheet import Sheet, ShownClause
from kontor.ui.components import NextStep


def next_step(
    sheet: Sheet, people: Sequence[Negotiator], versions: Sequence[AgreementVersion]
) -> NextStep | None:
    """Return the next step for the cluster management, None where nothing is left to do."""
    agreement = sheet.agreement
    if agreement.state == Agreement.State.AGREED:
        return _to_sign(agreement, versions)
    if agreement.state == Agreement.State.CANCELLED:
        return None
    if not sheet.clauses:
        text = _("The paper has no clauses yet.")
        return NextStep(text, _("Take clauses from the catalogue"), _url(agreement, "clause-add"))
    unfinished = _unfinished(sheet)
    if sheet.progress.waiting_us == 0 and unfinished:
        return unfinished
    if not any(each.side == Side.THEM for each in people):
        return _to_invite(sheet)
    return _to_negotiate(sheet)


def _to_invite(sheet: Sheet) -> NextStep:
    agreement = sheet.agreement
    text = _("The paper is ready. Invite %(name)s to go through the clauses.")
    said = text % {"name": agreement.counterpart}
    return NextStep(said, _("Invite somebody"), _url(agreement, "invite"))


def _unfinished(sheet: Sheet) -> NextStep | None:
    """Return the step to a clause with gaps, or with a language that lags behind."""
    agreement = sheet.agreement
    if gaps := sheet.with_gaps:
        text = ngettext(
            "In %(number)s clause something is still to be filled in.",
            "In %(number)s clauses something is still to be filled in.",
            len(gaps),
        ) % {"number": len(gaps)}
        return NextStep(text, _("Fill the gap"), _clause_url(agreement, gaps[0]))
    if stale := sheet.stale:
        text = ngettext(
            "In %(number)s clause one language lags behind.",
            "In %(number)s clauses one language lags behind.",
            len(stale),
        ) % {"number": len(stale)}
        return NextStep(text, _("Bring it in line"), _clause_url(agreement, stale[0]))
    return None


def _to_negotiate(sheet: Sheet) -> NextStep:
    agreement, progress = sheet.agreement, sheet.progress
    if progress.is_settled:
        text = _("Both sides have accepted every clause. Now lay down the final version.")
        return NextStep(text, _("Lay down the final version"), _url(agreement, "freeze"))
    if progress.waiting_us:
        text = ngettext(
            "%(number)s clause waits for your answer.",
            "%(number)s clauses wait for your answer.",
            progress.waiting_us,
        ) % {"number": progress.waiting_us}
        first = next(each for each in sheet.clauses if each.state == "waiting_us")
        return NextStep(text, _("Answer the first one"), _clause_url(agreement, first))
    text = ngettext(
        "%(number)s clause waits for %(name)s. There is nothing for you to do just now.",
        "%(number)s clauses wait for %(name)s. There is nothing for you to do just now.",
        progress.waiting_them,
    ) % {"number": progress.waiting_them, "name": agreement.counterpart}
    return NextStep(text, _("See who takes part"), _url(agreement, "people"))


def _to_sign(agreement: Agreement, versions: Sequence[AgreementVersion]) -> NextStep | None:
    latest = versions[0] if versions else None
    if latest is None or hasattr(latest, "signing"):
        return None
    text = _("Version %(number)s is agreed. Have it signed and note the day here.")
    url = _url(agreement, "version", latest.number)
    return NextStep(text % {"number": latest.number}, _("To the paper"), url)


def _clause_url(agreement: Agreement, shown: ShownClause) -> str:
    return _url(agreement, "clause", shown.clause.pk)


def _url(agreement: Agreement, name: str, *args: int) -> str:
    return reverse(f"agreements:{name}", args=[agreement.cluster.slug, agreement.pk, *args])
