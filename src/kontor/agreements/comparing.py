"""Two states of an agreement side by side: clause by clause, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kontor.agreements.showing import changes_between

Content = Mapping[str, Any]


@dataclass(frozen=True)
class ClauseChange:
    """A clause of both states. kind: "added", "removed", "changed" or "kept"; numbers: its place or 0."""

    kind: Literal["added", "removed", "changed", "kept"]
    old_number: int
    new_number: int
    old: Content | None
    new: Content | None

    @property
    def heading(self) -> Mapping[str, str]:
        """Return the heading by language, the newer one where there are two."""
        found: Mapping[str, str] = (self.new or self.old or {})["heading"]
        return found

    @property
    def has_moved(self) -> bool:
        """True where the clause stands in another place."""
        return bool(self.old_number and self.new_number and self.old_number != self.new_number)


def compare(old: Content, new: Content, language: str) -> tuple[ClauseChange, ...]:
    """Return the clauses of both states, in the order of the newer one, those that are gone at the end."""
    before = {each["id"]: (number, each) for number, each in enumerate(old["clauses"], start=1)}
    found = []
    for number, clause in enumerate(new["clauses"], start=1):
        old_number, earlier = before.pop(clause["id"], (0, None))
        kind: Literal["added", "changed", "kept"] = "added"
        if earlier is not None:
            kind = "changed" if _differs(earlier, clause, language) else "kept"
        found.append(ClauseChange(kind, old_number, number, earlier, clause))
    found += [ClauseChange("removed", number, 0, clause, None) for number, clause in before.values()]
    return tuple(found)


def _differs(old: Content, new: Content, language: str) -> bool:
    return any(changes_between(old[name], new[name], language) for name in ("heading", "text"))
