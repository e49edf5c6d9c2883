"""What a study can fill in by itself: one value for one partner cluster, with its source and date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.needs.models import Need
from kontor.partners.catalogue import fields
from kontor.partners.models import Partner
from kontor.partners.queries.answers import answered, open_needs
from kontor.partners.queries.facts import KnownFact, known_of
from kontor.partners.queries.fit import fit_between, gaining
from kontor.partners.queries.levels import LevelProfile, OwnLevels, own_levels, partner_levels
from kontor.partners.queries.partners import standing
from kontor.partners.queries.presence import members_tied, sites_in
from kontor.partners.values import counted

FACT = "partners.fact."


@dataclass(frozen=True)
class SourcedValue:
    """A value that the program knows. source: where it comes from, in the reader's language.

    is_stale: a fact that is out of date on the day asked for.
    """

    value: float
    source: str
    as_of: date
    source_url: str = ""
    is_stale: bool = False


@dataclass
class Sources:
    """Values of many partner clusters from what is read once; use it where a study fills a whole table."""

    cluster: Cluster
    on: date
    partners: list[Partner]
    _known: dict[int, dict[str, KnownFact]] = field(init=False)
    _held: dict[int, dict[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        counting = [standing(partner) for partner in self.partners]
        self._known = known_of(counting, self.on)
        self._held = partner_levels([partner.pk for partner in counting], self.on)

    def value(self, partner: Partner, source_key: str) -> SourcedValue | None:
        """Return what is known of a partner for a key, None where nothing is or the key is not ours.

        partners.fact.<field>: the current fact; a choice by its place, several by how many; texts never.
        partners.complementarity, partners.overlap: 0 to 100. partners.members_gaining, actors.ties: members.
        actors.sites: branches. needs.answered: needs; None where fewer than three members voice them.
        """
        counting = standing(partner)
        if source_key.startswith(FACT):
            return self._fact(counting, source_key.removeprefix(FACT))
        if source_key in ("partners.complementarity", "partners.overlap", "partners.members_gaining"):
            return self._fit(counting, source_key.removeprefix("partners."))
        if source_key == "actors.ties":
            number = len(members_tied(self.cluster, counting.country, self.on))
            return SourcedValue(number, _("Ties and joint projects of our members"), self.on)
        if source_key == "actors.sites":
            number = sites_in(self.cluster, counting.country, self.on)
            return SourcedValue(number, _("Branches of our members"), self.on)
        return self._answers(counting) if source_key == "needs.answered" else None

    @cached_property
    def own(self) -> OwnLevels:
        """Return the levels of our members, read once."""
        return own_levels(self.cluster, self.on)

    @cached_property
    def needs(self) -> list[Need]:
        """Return the open needs of our members, read once."""
        return open_needs(self.cluster, self.on)

    def _fact(self, partner: Partner, code: str) -> SourcedValue | None:
        known = self._known.get(partner.pk, {}).get(code)
        if known is None:
            return None
        value = counted(fields()[code], known.value)
        source = known.source or _("Profile of the partner cluster")
        if value is None:
            return None
        return SourcedValue(value, source, known.as_of, known.source_url, known.is_stale)

    def _fit(self, partner: Partner, what: str) -> SourcedValue | None:
        theirs = self._levels(partner)
        found = fit_between(self.own, theirs)
        if found is None:
            return None
        source = _("Competences of both sides, compared")
        if what == "members_gaining":
            return SourcedValue(len(gaining(self.own, theirs)), source, self.on)
        share = found.complementarity if what == "complementarity" else found.overlap
        return SourcedValue(round(100 * share, 1), source, self.on)

    def _answers(self, partner: Partner) -> SourcedValue | None:
        known = self._known.get(partner.pk, {})
        number = answered(partner, self._levels(partner), known, self.needs).shown_number
        source = _("Needs of our members, compared with competences and offers")
        return None if number is None else SourcedValue(number, source, self.on)

    def _levels(self, partner: Partner) -> LevelProfile:
        return LevelProfile(self.own.tree, self._held.get(partner.pk, {}))


def source_value(partner: Partner, source_key: str, on: date) -> SourcedValue | None:
    """Return what the program knows of one partner cluster for a key of a criterion; see `Sources.value`."""
    return Sources(partner.cluster, on, [partner]).value(partner, source_key)
