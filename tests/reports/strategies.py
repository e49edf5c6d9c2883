"""Reports by chance, for properties."""

from hypothesis import strategies as st

from kontor.reports.model import Chart, Column, Figure, FigureRow, Missing, Prose, Report, Section, Table

texts = st.text(st.characters(codec="utf-8"), max_size=12)
dates = st.dates()
numbers = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
)


@st.composite
def figures(draw, key):
    kind = draw(st.sampled_from(["count", "percent", "decimal", "money", "text"]))
    value = draw(texts if kind == "text" else numbers)
    return Figure(key, draw(texts), value, kind, draw(texts), draw(texts), draw(dates), "EUR")


@st.composite
def tables(draw, key):
    kinds = [
        "text",
        *draw(st.lists(st.sampled_from(["count", "percent", "decimal"]), min_size=1, max_size=3)),
    ]
    cells = st.tuples(texts, *[numbers] * (len(kinds) - 1))
    rows = tuple(draw(st.lists(cells, max_size=4)))
    columns = tuple(Column(f"{draw(texts)}{index}", kind) for index, kind in enumerate(kinds))
    return Table(key, draw(texts), columns, rows, draw(texts), draw(dates), draw(texts), draw(texts))


@st.composite
def blocks(draw, key):
    match draw(st.integers(0, 5)):
        case 0:
            return Prose(draw(texts))
        case 1:
            return draw(figures(key))
        case 2:
            return FigureRow((draw(figures(f"{key}.a")), draw(figures(f"{key}.b"))))
        case 3:
            return draw(tables(key))
        case 4:
            table = draw(tables(key))
            return Chart(key, draw(st.sampled_from(["bar", "line", "stacked"])), table, 0, (1,))
        case _:
            return Missing(draw(texts), draw(texts))


@st.composite
def reports(draw):
    sections = tuple(
        Section(
            f"s{number}",
            draw(texts),
            tuple(draw(blocks(f"{number}.{index}")) for index in range(draw(st.integers(0, 3)))),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    language = draw(st.sampled_from(["de", "en"]))
    return Report(draw(texts), draw(texts), draw(texts), language, draw(dates), sections)
