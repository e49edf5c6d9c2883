"""What an analysis is asked for by its address, and the addresses of what is behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kontor.accounts.views.wall import ClusterRequest
from kontor.actors.queries.segments import Dimension
from kontor.needs.analysis import Facet
from kontor.needs.models import Need
from kontor.needs.queries.listing import SEGMENTS, UNKNOWN, day, one_of
from kontor.needs.queries.material import Scope, Who


@dataclass(frozen=True)
class Asked:
    """The heading of the rows, the groups of the columns, and what is looked at."""

    what: Facet
    by: Dimension
    scope: Scope

    @classmethod
    def read(cls, query: Mapping[str, str], on: date, *, sees_all: bool) -> Asked:
        """Return what is asked for; what makes no sense is left out.

        Who sees counts only cannot narrow: the difference of two pictures would tell of one member.
        """
        what = Facet(one_of(query.get("what", ""), list(Facet)) or Facet.TOPIC)
        by = Dimension(one_of(query.get("by", ""), list(Dimension)) or Dimension.KIND)
        if not sees_all:
            return cls(what, by, Scope(on))
        scope = Scope(
            on=on,
            who=_who(query.get("who", "")),
            source=one_of(query.get("source", ""), Need.Source.values),
            first=day(query.get("first", "")),
            last=day(query.get("last", "")),
        )
        return cls(what, by, scope)

    @property
    def who(self) -> str:
        """Return the group of members as the address names it."""
        return f"{self.scope.who[0]}:{self.scope.who[1] or UNKNOWN}" if self.scope.who else ""

    @property
    def is_narrowed(self) -> bool:
        """True where less than everything is looked at."""
        scope = self.scope
        return bool(scope.who or scope.source or scope.first or scope.last)

    def query(self, **changes: str) -> str:
        """Return the address of the same picture, changed."""
        scope = self.scope
        values = {
            "what": str(self.what),
            "by": str(self.by),
            "who": self.who,
            "source": scope.source,
            "first": scope.first.isoformat() if scope.first else "",
            "last": scope.last.isoformat() if scope.last else "",
        }
        return urlencode({name: value for name, value in (values | changes).items() if value})


@dataclass(frozen=True)
class Behind:
    """The addresses of the needs behind the figures of an analysis; all "" for those who see counts only."""

    list_url: str
    goal_url: str
    scope: Scope

    @classmethod
    def of(cls, request: ClusterRequest, asked: Asked) -> Behind:
        """Return the addresses that the reader may open."""
        slug, may = request.cluster.slug, request.access.may
        return cls(
            reverse("needs:directory", args=[slug]) if may("needs.view_need") else "",
            reverse("goals:answer", args=[slug]) if may("needs.change_need") else "",
            asked.scope,
        )

    def needs(self, headings: Mapping[str, str], group: Who | None = None) -> str:
        """Return where the needs counted under these headings, and in this group, are listed."""
        return f"{self.list_url}?{self._query(headings, group)}" if self.list_url else ""

    def goal(self, headings: Mapping[str, str], group: Who | None = None) -> str:
        """Return where a goal is made of those of them that no goal answers."""
        return f"{self.goal_url}?{self._query(headings, group)}" if self.goal_url else ""

    def _query(self, headings: Mapping[str, str], group: Who | None) -> str:
        asked: dict[str, Any] = {"members": "1", "source": self.scope.source}
        for dimension, key in filter(None, (self.scope.who, group)):
            asked[SEGMENTS[dimension]] = key or UNKNOWN
        asked |= {"first": self.scope.first or "", "last": self.scope.last or ""}
        given = dict(headings)
        # A year lies within the period that is looked at.
        given["first"] = max(str(asked["first"]), given.get("first", ""))
        given["last"] = min(filter(None, (str(asked["last"]), given.get("last", ""))), default="")
        return urlencode({name: value for name, value in (asked | given).items() if value})


def _who(value: str) -> Who | None:
    name, _colon, group = value.partition(":")
    if name not in set(Dimension):
        return None
    dimension, group = Dimension(name), "" if group == UNKNOWN else group
    return (dimension, group) if group in dimension.groups else None
