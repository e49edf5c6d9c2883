"""Yes or no, and one of a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kontor.imports.cells import Cell
from kontor.imports.folding import folded
from kontor.imports.parsers.texts import text
from kontor.imports.refused import FieldFault

_YES = frozenset(("ja", "j", "x", "yes", "y", "1", "true", "wahr", "✓", "✔", "☑", "☒", "√"))
_NO = frozenset(("nein", "n", "no", "0", "false", "falsch", "-", "–", "—", "☐"))


def yes_no(cell: Cell) -> bool | None:
    """Return the answer; an empty cell is None, not "no".

    >>> yes_no("Ja"), yes_no("x"), yes_no(0), yes_no("–"), yes_no("")
    (True, True, False, False, None)
    """
    if isinstance(cell, bool):
        return cell
    found = text(cell).casefold()
    if not found:
        return None
    if found in _YES:
        return True
    if found in _NO:
        return False
    raise FieldFault("field.yes_no")


def choice(options: Mapping[str, Iterable[str]]) -> Callable[[Cell], str | None]:
    """Return a parser that answers with the key whose synonym the cell holds; keys are synonyms too.

    Case, umlaut spelling and punctuation do not matter.

    >>> kind = choice({"sme": ("KMU", "kleines Unternehmen"), "university": ("Universität",)})
    >>> kind("kmu"), kind("UNIVERSITAET"), kind("")
    ('sme', 'university', None)
    """
    known: dict[str, str] = {}
    for key, synonyms in options.items():
        for synonym in (key, *synonyms):
            known.setdefault(folded(str(synonym)), key)
    shown = ", ".join(str(next(iter(synonyms), key)) for key, synonyms in options.items())

    def parse(cell: Cell) -> str | None:
        found = text(cell)
        if not found:
            return None
        if folded(found) not in known:
            raise FieldFault("field.choice", choices=shown)
        return known[folded(found)]

    return parse
