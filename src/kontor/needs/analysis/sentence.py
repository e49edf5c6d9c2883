"""The one sentence that an analysis leads with: the most wanted, where, and what has changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kontor.needs.analysis.ranking import Ranked
from kontor.ui.templatetags.ui import number, percent


def leading_sentence(topics: Sequence[Ranked], countries: Sequence[Ranked]) -> str:
    """Return what a busy reader should know; rows hold only what the reader may see."""
    if not topics:
        return _("Too few members have said what they need for a picture.")
    first = topics[0]
    values = {
        "topic": first.label,
        "number": number(first.organisations),
        "base": number(first.base),
    }
    told = [_("Most wanted is “%(topic)s”: named by %(number)s of %(base)s members heard.") % values]
    if countries:
        country = countries[0]
        values = {"country": country.label, "number": number(country.organisations)}
        told.append(_("Most look to %(country)s (%(number)s).") % values)
    told.append(_what_changed(topics))
    return " ".join(told)


def _what_changed(topics: Sequence[Ranked]) -> str:
    changes = [(row, row.change) for row in topics if row.change is not None]
    if not changes:
        return _("Too few were heard a year ago to say what has changed.")
    clear = [(row, change) for row, change in changes if change.is_clear]
    if not clear:
        return _("Since last year nothing has clearly changed.")
    row, change = max(clear, key=lambda pair: abs(pair[1].difference))
    values = {
        "topic": row.label,
        "before": percent(change.before / change.base_before),
        "now": percent(row.share),
    }
    if change.difference > 0:
        return _("“%(topic)s” has grown most, from %(before)s a year ago to %(now)s.") % values
    return _("“%(topic)s” has shrunk most, from %(before)s a year ago to %(now)s.") % values
