"""Texts that have broken a writer somewhere: markup, control characters, scripts, sheer length."""

from datetime import date
from decimal import Decimal

from kontor.reports.model import Chart, Column, Figure, FigureRow, Missing, Prose, Report, Section, Table

TEXTS = {
    "typst": '#panic("x") $x^2$ *b* _i_ `c` @ref <label> \\ #import "a.typ" [c] // c /* c */ = H',
    "xml": "<w:p/>&amp;]]><!-- -- --> </style></title></svg><script>alert(1)</script> & < > \" '",
    "control": "a\x00b\x01c\x08d\x0be\x0cf\x1fg\x7fh\x85i\ufffej\uffff",
    "surrogate": "half \ud83d of a pair",
    "long": "Donaudampfschifffahrtsgesellschaft" * 12,
    "emoji": "👩‍🔬 🏳️‍🌈 Ä ö ü ß ẞ é — … 漢字 ไทย",
    "rtl": "\u202eשלום عليكم\u202c مرحبا",
    "formula": '=HYPERLINK("http://x","y")',
    "template": "{{ x }} {% y %} %(z)s {0} ${t} \\n",
    "expression": "datum.value'); alert(1) //\n\"]}",
    "lines": "one\ntwo\r\nthree\rfour\u2028five",
    "blank": " ",
    "empty": "",
}
MARKDOWN = """# One
#### Four
## {text}

{text} **{text}** *{text}* `{text}` ~~x~~ [{text}](https://x.example/?a=<b>&c="d") [bad](javascript:alert(1))

<script>alert(1)</script> <b onclick="x">b</b> ![picture](https://x.example/p.png)

- {text}
  1. deep
     > quoted
     - deeper
       - deepest

99999999. far

| a | b |
|---|---|
| {text} | x |
| only |

```
{text}
```

---
####### seven
"""


def report(text: str, language: str = "de") -> Report:
    """Return a report that holds the text at every place where a text can stand."""
    on = date(2026, 1, 2)
    columns = (Column(text), Column(text, "count"), Column("b", "percent"))
    rows = ((text, 1, 0.5), (text, None, None), (text, -3, float("nan")))
    table = Table("t", text, columns, rows, text, on, text, text)
    empty = Table("e", text, columns, (), text, on)
    figures = (
        Figure("f1", text, text, "text", text, text, on),
        Figure("f2", text, Decimal("-1234567890.12"), "money", text, text, on, "EUR"),
        Figure("f3", text, float("inf"), "decimal", text, text, on),
    )
    blocks = (
        Prose(MARKDOWN.replace("{text}", text)),
        Prose(text),
        figures[0],
        FigureRow(figures[1:]),
        table,
        empty,
        Chart("c1", "bar", table, 0, (1,)),
        Chart("c2", "stacked", table, 0, (1, 2)),
        Chart("c3", "line", table, 0, (1, 2)),
        Chart("c4", "line", empty, 0, (1,)),
        Missing(text, text),
    )
    return Report(text, text, text, language, on, (Section("a", text, blocks), Section("b", text, ())))
