"""Two texts side by side: paragraphs aligned, and within a changed one the words that came and went."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

RunKind: TypeAlias = Literal["kept", "added", "removed"]
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.4
_LONGEST = 4_000  # words; beyond that a paragraph is told as a whole, since the cost is quadratic


@dataclass(frozen=True)
class WordRun:
    """Words in a row with the same fate."""

    kind: RunKind
    text: str


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph of both texts. kind: "kept", "changed", "added" or "removed"."""

    kind: str
    runs: tuple[WordRun, ...]

    @property
    def old(self) -> str:
        """The paragraph as it was, "" where it is new."""
        return "".join(run.text for run in self.runs if run.kind != "added")

    @property
    def new(self) -> str:
        """The paragraph as it is, "" where it is gone."""
        return "".join(run.text for run in self.runs if run.kind != "removed")


def changed_paragraphs(old: Sequence[str], new: Sequence[str]) -> tuple[ParagraphChange, ...]:
    """Return all paragraphs of both texts in reading order; nothing where the texts are the same."""
    if list(old) == list(new):
        return ()
    found: list[ParagraphChange] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [ParagraphChange("kept", (WordRun("kept", text),)) for text in old[a:b]]
        else:
            found += _replaced(old[a:b], new[c:d])
    return tuple(found)


def changed_words(old: str, new: str) -> tuple[WordRun, ...]:
    """Return the words of both texts as runs: kept and removed give the old, kept and added the new."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) > _LONGEST or len(after) > _LONGEST:
        return (WordRun("removed", old), WordRun("added", new))
    runs: list[WordRun] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(WordRun("kept", "".join(before[a:b])))
            continue
        if b > a:
            runs.append(WordRun("removed", "".join(before[a:b])))
        if d > c:
            runs.append(WordRun("added", "".join(after[c:d])))
    return tuple(runs)


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[ParagraphChange]:
    """Pair each new paragraph with the next old one that is like it; the others came or went."""
    found: list[ParagraphChange] = []
    start = 0
    for text in new:
        partner = next((index for index in range(start, len(old)) if _alike(old[index], text)), None)
        if partner is None:
            found.append(ParagraphChange("added", (WordRun("added", text),)))
            continue
        found += [_removed(gone) for gone in old[start:partner]]
        found.append(ParagraphChange("changed", changed_words(old[partner], text)))
        start = partner + 1
    return found + [_removed(gone) for gone in old[start:]]


def _removed(text: str) -> ParagraphChange:
    return ParagraphChange("removed", (WordRun("removed", text),))


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, _TOKENS.findall(old)[:400], _TOKENS.findall(new)[:400], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
