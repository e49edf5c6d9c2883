"""What a vote tells documents: a table that stands for itself."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.reports.model import Cell, Column, Table
from kontor.votes.models import Vote
from kontor.votes.queries import result
from kontor.votes.results import VoteResult
from kontor.votes.wording import dissent_sentence, label_of, quorum_sentence, result_sentence


def result_table(vote: Vote, on: date) -> Table | None:
    """Return the options from first to last with their figures; None while the vote is not closed.

    Where nothing is shown because too few have voted, the figures are dashes and the note says why. No query.
    """
    found = result(vote)
    if found is None:
        return None
    is_ranked = found.method == Vote.Method.RANKED
    figures = (
        (_("Ranked first by"), _("Direct comparisons won")) if is_ranked else (_("Approved by"), _("Share"))
    )
    columns = (
        *(Column(_("Option")), Column(pgettext("ranking", "Place"), "count"), Column(figures[0], "count")),
        Column(figures[1], "count" if is_ranked else "percent"),
    )
    notes = (result_sentence(found), quorum_sentence(found), dissent_sentence(found))
    return Table(
        key=f"vote-{vote.pk}",
        caption=label_of(found.question),
        columns=columns,
        rows=tuple(_row(found, index) for index in range(len(found.options))),
        source=_("Secret vote of the members"),
        as_of=on,
        explanation=_("One organisation, one vote; the ballots were destroyed when they had been counted."),
        note=" ".join(filter(None, notes)),
    )


def _row(found: VoteResult, index: int) -> tuple[Cell, ...]:
    option = found.options[index]
    name = label_of(option.label)
    if found.is_hidden or not found.counted:
        return (name, None, None, None)
    last: Cell = option.wins if found.method == Vote.Method.RANKED else found.share(option)
    return (name, option.place, option.votes, last)
