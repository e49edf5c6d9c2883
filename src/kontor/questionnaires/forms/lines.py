"""The answers to choose from and the rows of a matrix: one line each, typed or pasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from kontor.questionnaires.definition import Option, Row, Texts
from kontor.questionnaires.editing import free_code, moved
from kontor.questionnaires.forms.fields import Act, TextField, text_fields, text_in, texts_in
from kontor.ui.forms import number_in

MOST_LINES = 400
BLANKS, MORE_BLANKS = 2, 5


@dataclass(frozen=True)
class Line:
    """One answer or row as typed. was: its short name as stored, "" for a new one."""

    code: str = ""
    was: str = ""
    label: Texts = field(default_factory=dict)
    is_exclusive: bool = False
    meaning: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """True where nothing was typed."""
        return not self.code and not any(self.label.values())


@dataclass(frozen=True)
class ShownLine:
    """A line as the page shows it. name: what its fields begin with."""

    number: int
    index: int
    name: str
    code: str
    was: str
    texts: tuple[TextField, ...]
    is_exclusive: bool
    topic: str
    urgency: str


def lines_of(parts: Sequence[Option | Row]) -> list[Line]:
    """Return stored options or rows as lines."""
    return [
        Line(part.code, part.code, part.label, getattr(part, "is_exclusive", False), part.meaning)
        for part in parts
    ]


def lines_in(
    posted: QueryDict, stem: str, languages: Sequence[str], before: Sequence[Option | Row]
) -> list[Line]:
    """Return the lines of the fields `STEM-INDEX-…`, blank ones too, so that an act finds its line."""
    known = {part.code: part for part in before}
    count = min(number_in(posted.get(f"{stem}-count", "")), MOST_LINES)
    return [_line(posted, f"{stem}-{index}", languages, known) for index in range(count)]


def worked_on(lines: list[Line], stem: str, act: Act) -> list[Line]:
    """Return the lines after "up", "down" or "remove" of one of them; the others are left alone."""
    if act.name == f"{stem}-remove":
        return [line for index, line in enumerate(lines) if index != act.index]
    if act.name in (f"{stem}-up", f"{stem}-down"):
        return moved(lines, act.index, -1 if act.name.endswith("up") else 1)
    return lines


def pasted(text: str, languages: Sequence[str]) -> list[Line]:
    """Return a line for each line of text; columns parted by tabs are the languages in their order.

    >>> pasted("Ja\\tYes\\n\\nNein", ["de", "en"])[1].label
    {'de': 'Nein'}
    """
    found = []
    for each in text.splitlines()[:MOST_LINES]:
        cells = [cell.strip() for cell in each.split("\t")]
        label = {language: cell for language, cell in zip(languages, cells, strict=False) if cell}
        if label:
            found.append(Line(label=label))
    return found


def coded(lines: Sequence[Line], stem: str) -> list[Line]:
    """Return the lines that hold something, each with a short name; one that was typed stays as it is."""
    kept = [line for line in lines if not line.is_blank]
    taken = {line.code for line in kept if line.code}
    done = []
    for line in kept:
        if not line.code:
            text = next(filter(None, line.label.values()), "")
            line = replace(line, code=free_code(text, taken, stem))
            taken.add(line.code)
        done.append(line)
    return done


def renamed(lines: Sequence[Line]) -> dict[str, str]:
    """Return old → new short name of the lines that were there before."""
    return {line.was: line.code for line in lines if line.was and line.was != line.code}


def as_options(lines: Sequence[Line]) -> tuple[Option, ...]:
    """Return the lines as answers to choose from."""
    return tuple(Option(line.code, line.label, line.is_exclusive, line.meaning) for line in lines)


def as_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the lines as rows of a matrix."""
    return tuple(Row(line.code, line.label, line.meaning) for line in lines)


def shown_lines(
    lines: Sequence[Line], stem: str, languages: Sequence[str], blanks: int
) -> tuple[ShownLine, ...]:
    """Return the lines for the page, with `blanks` empty ones to go on."""
    filled = [line for line in lines if not line.is_blank]
    return tuple(
        ShownLine(
            number=index + 1,
            index=index,
            name=f"{stem}-{index}",
            code=line.code,
            was=line.was,
            texts=text_fields(f"{stem}-{index}-label", languages, line.label),
            is_exclusive=line.is_exclusive,
            topic=line.meaning.get("topic", ""),
            urgency=line.meaning.get("urgency", ""),
        )
        for index, line in enumerate([*filled, *[Line()] * blanks])
    )


def _line(posted: QueryDict, name: str, languages: Sequence[str], known: Mapping[str, Option | Row]) -> Line:
    was = text_in(posted, f"{name}-was")
    before = known.get(was)
    meaning = dict(before.meaning) if before else {}
    for key in ("topic", "urgency"):
        if f"{name}-{key}" in posted:
            meaning[key] = text_in(posted, f"{name}-{key}")[:80]
    return Line(
        code=text_in(posted, f"{name}-code")[:120],
        was=was,
        label=texts_in(posted, f"{name}-label", languages, before.label if before else {}),
        is_exclusive=_is_exclusive(posted, name, before),
        meaning={key: value for key, value in meaning.items() if value},
    )


def _is_exclusive(posted: QueryDict, name: str, before: Option | Row | None) -> bool:
    """Return whether the box is ticked; a form that does not show it leaves it as it was."""
    if "exclusive-shown" in posted:
        return f"{name}-exclusive" in posted
    return isinstance(before, Option) and before.is_exclusive
