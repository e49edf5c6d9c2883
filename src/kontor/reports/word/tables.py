"""Tables in Word: heads that repeat, rows that do not split, rules instead of boxes."""

from dataclasses import dataclass

from kontor.reports.word import pages, xml
from kontor.reports.word.ruler import line_count
from kontor.reports.word.styles import STYLES

_MARGIN = 5.0  # left and right of a cell's text
_PADDING = 2.5  # above and below it
_RULE = 0.5
FIGURE_PADDING = 3.0


@dataclass(frozen=True)
class Shape:
    """Shares of the width by column, which columns are numbers, and a name for those who cannot see it."""

    shares: list[float]
    numeric: tuple[bool, ...]
    name: str

    def widths(self) -> list[float]:
        """Return the columns' widths in points."""
        return [share * pages.ROOM_WIDTH for share in self.shares]


def table(heads: list[str], rows: list[list[str]], shape: Shape) -> str:
    """Return a table; heads and cells are runs of XML."""
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in shape.widths())
    head = _row(heads, shape, is_head=True, keep=True)
    # Rows may part with the next: Word could keep a table whole, LibreOffice would not follow.
    body = "".join(_row(row, shape, is_head=False, keep=False) for row in rows)
    name = f"<w:tblCaption w:val={xml.attribute(shape.name)}/>" if shape.name else ""
    properties = (
        f'<w:tblW w:w="{_twips(pages.ROOM_WIDTH)}" w:type="dxa"/>{_borders()}<w:tblLayout w:type="fixed"/>'
        f'{_margins(_PADDING)}<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/>{name}'
    )
    return _table(properties, grid, head + body)


def figure_table(cells: list[str], width: float) -> str:
    """Return figures side by side, each under a rule; cells are paragraphs of XML."""
    grid = f'<w:gridCol w:w="{_twips(width)}"/>' * len(cells)
    rule = '<w:tcBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="0F3D5C"/></w:tcBorders>'
    shape = f'<w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{rule}</w:tcPr>'
    row = "".join(f"<w:tc>{shape}{cell}</w:tc>" for cell in cells)
    properties = f'<w:tblW w:w="{_twips(width * len(cells))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    properties += _margins(FIGURE_PADDING)
    return _table(properties, grid, f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>")


def atoms(
    heads: list[list[tuple[str, bool]]], rows: list[list[list[tuple[str, bool]]]], shape: Shape
) -> list[pages.Atom]:
    """Return the layout of a table: its head stays with the first row and comes again on each page."""
    head = _height(heads, shape, "Table Head")
    found = [pages.Atom(head, keep=True)]
    found += [pages.Atom(_height(row, shape, "Table Text"), repeat=head) for row in rows]
    return found


def _height(cells: list[list[tuple[str, bool]]], shape: Shape, style: str) -> float:
    _font, size, line, *_rest = STYLES[style]
    counts = [
        line_count(cell, size, max(width - 2 * _MARGIN, 8.0))
        for cell, width in zip(cells, shape.widths(), strict=True)
    ]
    return max(counts) * line + 2 * _PADDING + _RULE


def _row(cells: list[str], shape: Shape, *, is_head: bool, keep: bool) -> str:
    style = "Table Head" if is_head else "Table Text"
    found = []
    for cell, width, numeric in zip(cells, shape.widths(), shape.numeric, strict=True):
        side = '<w:jc w:val="right"/>' if numeric else ""
        place = _rule(8, "0F3D5C") + '<w:vAlign w:val="bottom"/>' if is_head else ""
        properties = f'<w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{place}</w:tcPr>'
        paragraph = xml.paragraph(style, cell, ("<w:keepNext/>" if keep else "") + side)
        found.append(f"<w:tc>{properties}{paragraph}</w:tc>")
    kind = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{kind}</w:trPr>{''.join(found)}</w:tr>"


def _rule(size: int, colour: str) -> str:
    return (
        f'<w:tcBorders><w:bottom w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/></w:tcBorders>'
    )


def _borders() -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="E3DED4"'
    return f"<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"


def _margins(padding: float) -> str:
    sides = (("top", padding), ("left", _MARGIN), ("bottom", padding), ("right", _MARGIN))
    cells = "".join(f'<w:{side} w:w="{_twips(size)}" w:type="dxa"/>' for side, size in sides)
    return f"<w:tblCellMar>{cells}</w:tblCellMar>"


def _table(properties: str, grid: str, rows: str) -> str:
    return (
        f"<w:tbl {xml.NAMESPACES}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _twips(points: float) -> int:
    return round(points * 20)
