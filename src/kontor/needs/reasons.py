"""Say in one sentence why needs seem to be the same."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.needs.models import Need
from kontor.needs.queries.duplicates import Proposal
from kontor.ui.vocabulary import country_name


def reason_for(proposal: Proposal, language: str) -> str:
    """Return why: the topic, the country and the words in common, then where and when each was said."""
    signs = proposal.signs
    parts = []
    if signs.same_topic:
        parts.append(_("same topic"))
    elif signs.same_kind:
        parts.append(_("same kind of need"))
    if signs.country:
        parts.append(_("same country (%(country)s)") % {"country": country_name(signs.country, language)})
    if signs.words:
        quoted = ", ".join(_("“%(word)s”") % {"word": word} for word in signs.words)
        both = _("both mention %(words)s") if len(proposal.needs) == 2 else _("all mention %(words)s")
        parts.append(both % {"words": quoted})
    sources = ", ".join(said_in(need) for need in sorted(proposal.needs, key=lambda each: each.recorded_on))
    told = ", ".join(parts) or _("ticked by hand")
    return f"{told[:1].upper()}{told[1:]}; {sources}."


def said_in(need: Need) -> str:
    """Return where and when it was said, such as "Telephone call, 3 May 2026"."""
    day = formats.date_format(need.recorded_on, "j. F Y" if get_language() == "de" else "j F Y")
    return f"{need.get_source_display()} {day}"
