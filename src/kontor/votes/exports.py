"""Votes, their rolls and results as Excel and CSV. Nothing here tells what an organisation chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.reports.lists import ListRow
from kontor.reports.model import Column
from kontor.votes.models import Elector, Vote
from kontor.votes.queries import Turnout
from kontor.votes.queries.roll import LABELS, standing_of
from kontor.votes.results import VoteResult
from kontor.votes.wording import label_of


def votes_file(
    votes: Iterable[Vote], turnouts: Mapping[int, Turnout], file_format: str, *, cluster: Cluster
) -> HttpResponse:
    """Return the votes with their turnout."""
    texts = (_("Question"), _("Way to vote"), _("State"), _("Opened"), _("Closes"))
    heads = [Column(title) for title in texts]
    heads += [Column(_("May vote"), "count"), Column(_("Voted"), "count"), Column(_("Needed"), "count")]
    rows = [
        (
            *(str(vote.question), vote.get_method_display(), vote.get_state_display()),
            *(_day(vote.opened_at), _day(vote.closes_at)),
            *(turnouts[vote.pk].electors, turnouts[vote.pk].voted, turnouts[vote.pk].needed),
        )
        for vote in votes
    ]
    return list_file(_("Votes"), heads, rows, file_format, cluster=cluster)


def roll_file(vote: Vote, electors: Iterable[Elector], file_format: str) -> HttpResponse:
    """Return who may vote, what became of the mail, and who has voted."""
    titles = (
        *(_("Organisation"), _("Contact"), _("E-mail address"), _("Language")),
        *(_("State"), _("Invited"), _("Reminded"), _("Why the mail was not accepted")),
    )
    rows = [
        (
            *(each.organisation_name, each.name, each.email, each.get_language_display()),
            *(str(LABELS[standing_of(each)]), _day(each.invited_at), _day(each.reminded_at)),
            each.mail_problem,
        )
        for each in electors
    ]
    heads = [Column(title) for title in titles]
    return list_file(_("Roll of the vote"), heads, rows, file_format, cluster=vote.cluster)


def result_file(result: VoteResult, file_format: str, *, cluster: Cluster) -> HttpResponse:
    """Return the options from first to last; of a ranked vote with how many prefer each to each other one."""
    is_ranked = result.method == Vote.Method.RANKED
    heads = [Column(pgettext("ranking", "Place"), "count"), Column(_("Option"))]
    heads.append(Column(_("Ranked first by") if is_ranked else _("Approved by"), "count"))
    heads.append(Column(_("Share"), "percent"))
    if is_ranked:
        heads.append(Column(_("Direct comparisons won"), "count"))
        names = [label_of(each.label) for each in result.options[: len(result.pairwise)]]
        heads += [Column(_("preferred to: %(name)s") % {"name": name}, "count") for name in names]
    rows = [_result_row(result, index) for index in range(len(result.options))]
    return list_file(_("Result of the vote"), heads, rows, file_format, cluster=cluster)


def _result_row(result: VoteResult, index: int) -> ListRow:
    option = result.options[index]
    has_order = not result.is_hidden and result.counted > 0
    row: list[object] = [option.place if has_order else None, label_of(option.label)]
    row += [option.votes, result.share(option)] if has_order else [None, None]
    if result.method == Vote.Method.RANKED:
        row.append(option.wins if has_order else None)
        if result.pairwise:
            duels = enumerate(result.pairwise[index])
            row += [None if column == index else number for column, number in duels]
    return row  # type: ignore[return-value]


def _day(moment: datetime | None) -> date | str:
    return timezone.localdate(moment) if moment else ""
