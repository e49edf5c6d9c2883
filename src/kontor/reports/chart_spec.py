"""Chart → Vega-Lite specification, the same for browser and document; pure, no drawing.

Categories run down the page as horizontal bars; years run to the right as columns or lines. Values are
printed at their marks, so that bars need no axis. Names longer than a line are wrapped, then shortened.
"""

from kontor.reports.chart_bars import bars
from kontor.reports.chart_lines import lines
from kontor.reports.chart_parts import FONT, INK, MUTED, WIDTH, Spec
from kontor.reports.model import Chart


def specification(chart: Chart, language: str) -> Spec:
    """Return the Vega-Lite specification of a chart; a chart without rows is an empty frame."""
    if chart.kind == "line":
        body = lines(chart, language)
    elif chart.kind == "stacked":
        body = bars(chart, language, stacked=True)
    else:
        body = bars(chart, language, stacked=False)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "background": None,
        "config": _config(),
        **body,
    }


def _config() -> Spec:
    label = {"labelFont": FONT, "labelFontSize": 12.5, "labelColor": MUTED}
    return {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "axis": label,
        "legend": {**label, "labelColor": INK, "symbolStrokeWidth": 0, "rowPadding": 2, "offset": 8},
        "text": {"font": FONT, "fontSize": 12, "color": INK},
        "scale": {"bandPaddingInner": 0.28, "bandPaddingOuter": 0.14},
        "axisY": {"labelColor": INK},
    }
