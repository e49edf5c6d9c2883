"""What differs between two states of a catalogue, told criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.criteria.frozen import FrozenCriterion
from kontor.criteria.sources import source_name
from kontor.criteria.texts import LANGUAGES, texts_of
from kontor.criteria.wording import direction_text, ends_text, knock_out_text
from kontor.ui.forms import Difference


class What(StrEnum):
    """What became of a criterion."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One criterion that differs. details: what it was and what it is, for changed ones."""

    what: What
    criterion: FrozenCriterion
    details: tuple[Difference, ...] = ()


def changes(old: Sequence[FrozenCriterion], new: Sequence[FrozenCriterion]) -> tuple[Change, ...]:
    """Return what differs: in the new order what has come, changed or moved, then what has gone.

    Criteria are the same where their short names are. Moved are the few that left their order, not all that
    stand elsewhere because of them.
    """
    earlier = {criterion.code: criterion for criterion in old}
    later = {criterion.code: criterion for criterion in new}
    moved = _moved([*earlier], [*later])
    found = []
    for code, criterion in later.items():
        before = earlier.get(code)
        if before is None:
            found.append(Change(What.ADDED, criterion))
        elif details := differences(before, criterion):
            found.append(Change(What.CHANGED, criterion, details))
        elif code in moved:
            found.append(Change(What.MOVED, criterion))
    gone = (criterion for code, criterion in earlier.items() if code not in later)
    return (*found, *(Change(What.REMOVED, criterion) for criterion in gone))


def differences(old: FrozenCriterion, new: FrozenCriterion) -> tuple[Difference, ...]:
    """Return the parts in which two states of a criterion differ, each told as people read it."""
    before, after = dict(_told(old)), dict(_told(new))
    labels = [*after, *(label for label in before if label not in after)]
    return tuple(
        Difference(label, before.get(label, "–"), after.get(label, "–"))
        for label in labels
        if before.get(label) != after.get(label)
    )


def _told(criterion: FrozenCriterion) -> Iterator[tuple[str, str]]:
    """Yield label and words of everything that a criterion says; what is empty is left out."""
    texts = {_("Name"): criterion.name, _("Question"): criterion.meaning}
    texts |= {_("What would show it"): criterion.evidence, _("Unit"): criterion.unit}
    anchors = {_points(point): said for point, said in criterion.anchors.items()}
    yield _("Family"), str(criterion.family_name)
    for label, said in (texts | anchors).items():
        spoken = texts_of(said)
        yield from ((_spoken(label, code), spoken[code]) for code in LANGUAGES if code in spoken)
    facts = {
        _("Scale"): str(criterion.scale_label),
        _("Scale runs from"): ends_text(criterion),
        _("Direction"): direction_text(criterion),
        _("Filled from"): source_name(criterion.source) if criterion.source else "",
        _("Candidate is out"): knock_out_text(criterion),
    }
    yield from ((label, said) for label, said in facts.items() if said)


def _points(point: str) -> str:
    return ngettext("%(point)s point", "%(point)s points", int(point)) % {"point": point}


def _spoken(label: str, code: str) -> str:
    language = {"de": _("German"), "en": _("English")}[code]
    return _("%(label)s (%(language)s)") % {"label": label, "language": language}


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the codes that left their order among those that both have."""
    common = set(before) & set(after)
    old, new = ([code for code in codes if code in common] for codes in (before, after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {code for block in blocks for code in new[block.b : block.b + block.size]}
    return common - kept
