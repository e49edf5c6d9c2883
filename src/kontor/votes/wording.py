"""What came of a vote, in sentences that a member understands."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.strings import LazyI18nString

from kontor.ui.templatetags.ui import number, percent
from kontor.votes.models import Vote
from kontor.votes.results import OptionResult, VoteResult


def label_of(texts: Mapping[str, str]) -> str:
    """Return a stored text in the language that is active, or in one that it has."""
    return str(LazyI18nString(dict(texts)))


def result_sentence(result: VoteResult) -> str:
    """Say what came of the vote, without the quorum."""
    if not result.voted:
        return _("Nobody has voted, so there is no result.")
    if result.is_hidden:
        return ngettext(
            "Only %(count)s organisation has voted. From so few ballots it could be told who chose what, so "
            "they were destroyed uncounted.",
            "Only %(count)s organisations have voted. From so few ballots it could be told who chose what, "
            "so they were destroyed uncounted.",
            result.voted,
        ) % {"count": number(result.voted)}
    if not result.counted:
        return _("All organisations that voted abstained, so no option is preferred.")
    names = _enumerated([_quoted(each) for each in result.first])
    if result.method == Vote.Method.APPROVAL:
        return _approval_sentence(result, names)
    return _ranked_sentence(result, names)


def quorum_sentence(result: VoteResult) -> str:
    """Say how many took part, and what that means."""
    figures = {
        "voted": number(result.voted),
        "electors": number(result.electors),
        "needed": number(result.needed),
    }
    if not result.quorum_percent:
        return _("%(voted)s of %(electors)s organisations voted. No quorum was asked for.") % figures
    if result.has_quorum:
        text = _("%(voted)s of %(electors)s organisations voted; %(needed)s were needed. The vote is valid.")
        return text % figures
    return (
        _(
            "%(voted)s of %(electors)s organisations voted; %(needed)s were needed. The quorum was missed: "
            "this is an opinion, not a decision."
        )
        % figures
    )


def dissent_sentence(result: VoteResult) -> str:
    """Say how many wanted something else, "" where there is nothing to say."""
    if result.is_hidden or not result.first or _nothing_approved(result):
        return ""
    figures = {
        "against": number(result.against),
        "counted": number(result.counted),
        "share": percent(result.dissent),
    }
    if not result.against:
        return _("Nobody who chose preferred something else.")
    if result.method == Vote.Method.APPROVAL:
        text = _("%(against)s of %(counted)s ballots (%(share)s) do not approve of the first place.")
    else:
        text = _("%(against)s of %(counted)s ballots (%(share)s) prefer another option to the first place.")
    return text % figures


def _approval_sentence(result: VoteResult, names: str) -> str:
    if _nothing_approved(result):
        return _("None of the options found approval.")
    best = result.first[0]
    figures = {
        "name": names,
        "votes": number(best.votes),
        "counted": number(result.counted),
        "share": percent(result.share(best)),
    }
    if result.is_tied:
        return (
            _("%(name)s share the first place: %(votes)s of %(counted)s ballots (%(share)s) approve of each.")
            % figures
        )
    return _("%(name)s is first: %(votes)s of %(counted)s ballots (%(share)s) approve of it.") % figures


def _ranked_sentence(result: VoteResult, names: str) -> str:
    if result.is_tied:
        return _("%(name)s share the first place: the ballots do not tell them apart.") % {"name": names}
    if result.first[0].wins == len(result.options) - 1:
        return _("%(name)s is first: one to one it wins against every other option.") % {"name": names}
    return _("No option wins against all others one to one; taken together, %(name)s is first.") % {
        "name": names
    }


def _nothing_approved(result: VoteResult) -> bool:
    return result.method == Vote.Method.APPROVAL and not any(each.votes for each in result.options)


def _quoted(option: OptionResult) -> str:
    return _("“%(text)s”") % {"text": label_of(option.label)}


def _enumerated(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
