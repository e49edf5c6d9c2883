"""What the needs tell the strategy. The document travels, so small groups are never shown here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.needs.confidentiality import FEWEST_SHOWN, guarded, guarded_parts
from kontor.needs.evidence_analysis import EVIDENCE as ANALYSIS
from kontor.needs.queries import Voices, heard, voices_by_country, voices_by_kind, voices_by_topic
from kontor.reports.model import Block, Chart, Column, Missing, Table
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name

MOST_ROWS = 12


def by_kind(cluster: Cluster, on: date) -> Block:
    """Tell how many of the members heard name each kind of need."""
    found = voices_by_kind(cluster, on)
    if not found:
        return _nothing()
    return _BY_KIND.table(cluster, on, found)


def by_topic(cluster: Cluster, on: date) -> Block:
    """Tell how many of the members heard name each topic, as a chart of the most named."""
    found = voices_by_topic(cluster, on)
    if not found:
        return _nothing()
    return _BY_TOPIC.chart(cluster, on, found)


def by_country(cluster: Cluster, on: date) -> Block:
    """Tell how many of the members heard name each target country, as a chart of the most named."""
    found = voices_by_country(cluster, on)
    if not found:
        return _nothing()
    named = [Voices(each.key, _country(each.key), each.organisations, each.needs) for each in found]
    return _BY_COUNTRY.chart(cluster, on, named)


def heard_by_kind(cluster: Cluster, on: date) -> Block:
    """Tell how many members of each kind of organisation were heard."""
    state = heard(cluster, on)
    if not state.heard:
        return _nothing()
    counts = guarded_parts([kind.heard for kind in state.kinds])
    rows = tuple(
        (kind.kind.label, kind.members, count, None if count is None else count / kind.members)
        for kind, count in zip(state.kinds, counts, strict=True)
    )
    return Table(
        key="needs.heard",
        caption=_("Who was heard, by kind of organisation"),
        columns=(
            Column(_("Kind of organisation")),
            Column(_("Members"), "count"),
            Column(_("Heard"), "count"),
            Column(_("Share heard"), "percent"),
        ),
        rows=rows,
        source=_SOURCE,
        as_of=on,
        explanation=_("A member counts as heard once at least one need is on record."),
        note=_("Groups of fewer than three are not shown.") if None in counts else "",
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "needs.by_kind": by_kind,
    "needs.by_topic": by_topic,
    "needs.by_country": by_country,
    "needs.heard": heard_by_kind,
    **ANALYSIS,
}

_SOURCE = _("Needs recorded by the cluster management")


@dataclass(frozen=True)
class _Said:
    """What a table of voices says: its key, its caption, the title of its first column."""

    key: str
    caption: Text
    first: Text

    def table(self, cluster: Cluster, on: date, found: Sequence[Voices]) -> Table:
        """Return the voices that may be shown, with their share of all members heard."""
        total = heard(cluster, on).heard
        shown = [each for each in found if guarded(each.organisations) is not None][:MOST_ROWS]
        left_out = len(found) - len(shown)
        return Table(
            key=self.key,
            caption=self.caption,
            columns=(
                Column(self.first),
                Column(_("Organisations"), "count"),
                Column(_("Share of members heard"), "percent"),
            ),
            rows=tuple((each.label, each.organisations, each.organisations / total) for each in shown),
            source=_SOURCE,
            as_of=on,
            explanation=_explained(total),
            note=_left_out(left_out) if left_out else "",
        )

    def chart(self, cluster: Cluster, on: date, found: Sequence[Voices]) -> Chart | Table:
        """Return the table as bars; as a table where nothing may be shown."""
        table = self.table(cluster, on, found)
        return Chart(self.key, "bar", table, x=0, y=(1,)) if table.rows else table


_BY_KIND = _Said("needs.by_kind", _("What members need, by kind"), _("Kind of need"))
_BY_TOPIC = _Said("needs.by_topic", _("What members need, by topic"), _("Topic"))
_BY_COUNTRY = _Said("needs.by_country", _("Where members want to go"), _("Target country"))


def _nothing() -> Missing:
    return Missing(
        _("No needs of members have been recorded yet."),
        _("Ask your members and record what they say, one by one or from a list in Excel."),
    )


def _left_out_now(number: int) -> str:
    return ngettext(
        "%(number)s rarer entry is not shown. Groups of fewer than %(fewest)s never are.",
        "%(number)s rarer entries are not shown. Groups of fewer than %(fewest)s never are.",
        number,
    ) % {"number": number, "fewest": FEWEST_SHOWN}


def _explained_now(total: int) -> str:
    return ngettext(
        "Each organisation counts once per row, however many needs it has. %(total)s member was heard.",
        "Each organisation counts once per row, however many needs it has. %(total)s members were heard.",
        total,
    ) % {"total": total}


def _country_now(code: str) -> str:
    return country_name(code, get_language() or "en")


_left_out = lazy(_left_out_now, str)
_explained = lazy(_explained_now, str)
_country = lazy(_country_now, str)
