"""On which page a section ends: a dry run of the page breaks that Word and LibreOffice make."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A4 with 25 mm at the sides and at the top, 22 mm at the bottom, in points.
PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9
SIDE, TOP, BOTTOM = 70.9, 70.9, 62.4
ROOM_WIDTH = PAGE_WIDTH - 2 * SIDE
ROOM_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
_DOUBT = (-16.0, -8.0, 8.0, 16.0)  # how far, in points a page, an office program may differ from our dry run


@dataclass(frozen=True)
class Atom:
    """What never breaks: a line, a table's row, a picture.

    after: space below, which may vanish at the foot of a page; keep: stays on the page of the next atom;
    repeat: height of the table's head, which comes again on top of a page that begins with this row.
    """

    height: float
    after: float = 0.0
    keep: bool = False
    repeat: float = 0.0


@dataclass(frozen=True)
class Fit:
    """Pages that a section fills, and how many of a few slightly different papers would say otherwise."""

    pages: int
    doubts: int


def lines(
    count: int, pitch: float, *, before: float = 0.0, after: float = 0.0, keep: bool = False
) -> list[Atom]:
    """Return a paragraph of so many lines; no line of it stands alone on a page."""
    atoms = []
    for number in range(count):
        last = number == count - 1
        glued = keep if last else number == 0 or number == count - 2
        atoms.append(Atom(pitch + (before if number == 0 else 0.0), after if last else 0.0, glued))
    return atoms


def fit(atoms: Sequence[Atom], alternatives: Iterable[Sequence[Atom]] = ()) -> Fit:
    """Return how a section that starts on a fresh page falls onto pages; alternatives count as doubts."""
    count = page_count(atoms, ROOM_HEIGHT)
    trials = [page_count(atoms, ROOM_HEIGHT + doubt) for doubt in _DOUBT]
    for other in alternatives:
        trials += [page_count(other, ROOM_HEIGHT + doubt) for doubt in (0.0, *_DOUBT)]
    return Fit(count, sum(trial != count for trial in trials))


def page_count(atoms: Iterable[Atom], room: float) -> int:
    """Return the pages that atoms fill, each page `room` points high."""
    page, y = 1, 0.0
    for chunk in _chunks(atoms):
        height = sum(atom.height + atom.after for atom in chunk) - chunk[-1].after
        if y and y + height > room:
            page, y = page + 1, chunk[0].repeat
        for atom in chunk:
            if y and y + atom.height > room:
                page, y = page + 1, atom.repeat
            y += atom.height + atom.after
    return page


def _chunks(atoms: Iterable[Atom]) -> Iterator[list[Atom]]:
    chunk: list[Atom] = []
    for atom in atoms:
        chunk.append(atom)
        if not atom.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
