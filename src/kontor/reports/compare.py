"""What changed from one report to the next: words, figures, tables; pure, in the newer report's language.

Figures and cells count as changed where their print differs: what nobody can see has not changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import override

from kontor.reports import format as fmt
from kontor.reports.model import Block, Chart, Figure, FigureRow, Missing, Prose, Report, Section, Table
from kontor.reports.prose import plain
from kontor.reports.words import ParagraphChange, changed_paragraphs


@dataclass(frozen=True)
class Change:
    """A figure that changed; old or new is None where it was not or is no longer there."""

    key: str
    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class CellChange:
    """A cell that changed, found by its row's name and its column's title."""

    row: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class TableChange:
    """A table, or a chart's table, that changed. status: "added", "removed" or "changed".

    is_reshaped: other columns, or drawn in another way; cells then tell of the columns that both have.
    """

    key: str
    caption: str
    status: str
    cells: tuple[CellChange, ...] = ()
    rows_added: tuple[str, ...] = ()
    rows_removed: tuple[str, ...] = ()
    is_reshaped: bool = False


@dataclass(frozen=True)
class SectionChange:
    """A section that changed. status: "added", "removed" or "changed".

    text: all its paragraphs where a word changed, else empty; old_title: "" where the title stayed;
    is_reformatted: the words stayed, their layout did not.
    """

    code: str
    title: str
    status: str
    old_title: str
    text: tuple[ParagraphChange, ...]
    figures: tuple[Change, ...]
    tables: tuple[TableChange, ...]
    charts: tuple[TableChange, ...]
    is_reformatted: bool


@dataclass(frozen=True)
class Comparison:
    """The sections that changed, in the newer report's order, those that went away at the end."""

    sections: tuple[SectionChange, ...]
    is_reordered: bool

    @property
    def is_empty(self) -> bool:
        """True where the reports say the same in the same order."""
        return not self.sections and not self.is_reordered


_Cells: TypeAlias = Mapping[str, Mapping[str, str]]


def compare(old: Report, new: Report) -> Comparison:
    """Tell what changed from the old report to the new one, section by section."""
    with override(new.language):
        before = {section.code: section for section in old.sections}
        after = {section.code: section for section in new.sections}
        changes = [_section(before.get(code), section, new.language) for code, section in after.items()]
        changes += [
            _section(section, None, new.language) for code, section in before.items() if code not in after
        ]
    kept_before = [code for code in before if code in after]
    kept_after = [code for code in after if code in before]
    return Comparison(tuple(change for change in changes if change), kept_before != kept_after)


def changed_figures(frozen: Report, live: Report) -> tuple[Change, ...]:
    """Return the frozen report's figures that today's data print differently, or no longer give."""
    with override(frozen.language):
        now = _figures(block for section in live.sections for block in section.blocks)
        then = _figures(block for section in frozen.sections for block in section.blocks)
        return tuple(change for change in _changed(then, now, frozen.language) if change.old is not None)


def changed_tables(frozen: Report, live: Report) -> tuple[TableChange, ...]:
    """Return the frozen report's tables and charts that today's data fill differently."""
    with override(frozen.language):
        found = []
        for kind in (Table, Chart):
            then = _keyed((block for section in frozen.sections for block in section.blocks), kind)
            now = _keyed((block for section in live.sections for block in section.blocks), kind)
            found += _tables(then, now, frozen.language)
        return tuple(change for change in found if change.status != "added")


def _section(old: Section | None, new: Section | None, language: str) -> SectionChange | None:
    present = new or old
    assert present is not None  # nosec B101
    before, after = (old.blocks if old else ()), (new.blocks if new else ())
    change = SectionChange(
        code=present.code,
        title=fmt.clean(present.title),
        status="changed" if old and new else "added" if new else "removed",
        old_title=fmt.clean(old.title) if old and new and str(old.title) != str(new.title) else "",
        text=changed_paragraphs(_paragraphs(before), _paragraphs(after)),
        figures=tuple(_changed(_figures(before), _figures(after), language)),
        tables=tuple(_tables(_keyed(before, Table), _keyed(after, Table), language)),
        charts=tuple(_tables(_keyed(before, Chart), _keyed(after, Chart), language)),
        is_reformatted=_paragraphs(before) == _paragraphs(after) and _sources(before) != _sources(after),
    )
    told = (
        change.old_title,
        change.text,
        change.figures,
        change.tables,
        change.charts,
        change.is_reformatted,
    )
    return change if any(told) or change.status != "changed" else None


def _paragraphs(blocks: Iterable[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Prose):
            found += plain(block.markdown)
        elif isinstance(block, Missing):
            found += [fmt.clean(block.reason), fmt.clean(block.next_step)]
    return found


def _sources(blocks: Iterable[Block]) -> list[str]:
    return [block.markdown.strip() for block in blocks if isinstance(block, Prose)]


def _figures(blocks: Iterable[Block]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for block in blocks:
        figures = block.figures if isinstance(block, FigureRow) else (block,)
        found |= {figure.key: figure for figure in figures if isinstance(figure, Figure)}
    return found


def _changed(old: dict[str, Figure], new: dict[str, Figure], language: str) -> list[Change]:
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = _print(old.get(key), language), _print(new.get(key), language)
        if before != after:
            label = fmt.clean((new.get(key) or old[key]).label)
            found.append(Change(key, label, before, after))
    return found


def _print(figure: Figure | None, language: str) -> str | None:
    if figure is None:
        return None
    return fmt.figure_value(figure.value, figure.kind, language, figure.currency)


def _keyed(blocks: Iterable[Block], kind: type[Table] | type[Chart]) -> dict[str, Table | Chart]:
    return {block.key: block for block in blocks if isinstance(block, kind)}


def _tables(old: dict[str, Table | Chart], new: dict[str, Table | Chart], language: str) -> list[TableChange]:
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        if before and after:
            change = _table(before, after, language)
            found += [change] if change else []
        else:
            caption = fmt.clean(_inner(after or old[key]).caption)
            found.append(TableChange(key, caption, "added" if after else "removed"))
    return found


def _table(old: Table | Chart, new: Table | Chart, language: str) -> TableChange | None:
    before, after = _cells(_inner(old), language), _cells(_inner(new), language)
    cells = [
        CellChange(row.split("\x1f")[0], column, before[row][column], after[row][column])
        for row in after
        if row in before
        for column in after[row]
        if column in before[row] and before[row][column] != after[row][column]
    ]
    change = TableChange(
        new.key,
        fmt.clean(_inner(new).caption),
        "changed",
        tuple(cells),
        tuple(row.split("\x1f")[0] for row in after if row not in before),
        tuple(row.split("\x1f")[0] for row in before if row not in after),
        _shape(old) != _shape(new),
    )
    told = change.cells or change.rows_added or change.rows_removed or change.is_reshaped
    return change if told else None


def _inner(block: Table | Chart) -> Table:
    return block.table if isinstance(block, Chart) else block


def _shape(block: Table | Chart) -> tuple[object, ...]:
    titles = tuple(str(column.title) for column in _inner(block).columns)
    return (titles, block.kind, block.x, block.y) if isinstance(block, Chart) else (titles,)


def _cells(table: Table, language: str) -> _Cells:
    """Return the printed cells by row and column; rows of the same name are told apart by their order."""
    rows: dict[str, dict[str, str]] = {}
    seen: dict[str, int] = {}
    for row in table.rows:
        printed = [
            fmt.cell(cell, column.kind, language) for cell, column in zip(row, table.columns, strict=True)
        ]
        seen[printed[0]] = seen.get(printed[0], 0) + 1
        name = f"{printed[0]}\x1f{seen[printed[0]]}"
        titles = (fmt.clean(column.title) for column in table.columns[1:])
        rows[name] = dict(zip(titles, printed[1:], strict=True))
    return rows
