"""Every pair of text and ground that the style sheet uses, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kontor.ui

CSS = (Path(kontor.ui.__file__).parent / "static" / "ui" / "css" / "tokens.css").read_text(encoding="utf-8")

TEXT_PAIRS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "sea", "sea-2", "brick")
        for ground in ("paper", "card", "sea-wash")
    ],
    *[
        (ink, wash)
        for ink in ("ink", "ink-2")
        for wash in ("ok-wash", "warn-wash", "brick-wash", "none-wash")
    ],
    *[(ink, f"{ink}-wash") for ink in ("ok", "warn", "brick")],
    ("sea-2", "sea-wash-2"),
    ("sea-2", "warn-wash"),
    ("sea-2", "brick-wash"),
    ("ink", "field"),
    ("ink-2", "field"),
    ("button-ink", "button"),
    ("button-ink", "button-hover"),
    ("danger-ink", "danger"),
    ("danger-ink", "danger-hover"),
    *[(ink, ground) for ink in ("rail-ink", "rail-ink-2") for ground in ("rail", "rail-2")],
    ("mark-ink", "mark"),
]
SHAPE_PAIRS = [
    ("field-line", "field"),
    ("field-line", "card"),
    ("focus", "card"),
    ("focus", "paper"),
    ("mark", "rail-2"),
]


def tokens(block: str) -> dict[str, tuple[float, float, float]]:
    """Return the colours of a block of the style sheet as shares of red, green and blue."""
    found = re.findall(r"--([\w-]+): #([0-9a-f]{6});", block)
    return {name: tuple(int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)) for name, code in found}


def blocks() -> dict[str, str]:
    """Return the three places where the themes are written."""
    light, dark, automatic = re.split(
        r":root\[data-theme=\"dark\"\]|@media \(prefers-color-scheme: dark\)", CSS
    )
    return {"light": light, "dark": dark, "automatic dark": automatic}


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: tuple[float, float, float]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(theme, ink, ground):
    colours = tokens(blocks()[theme])

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_fields_and_focus_rings_can_be_seen(theme, shape, ground):
    colours = tokens(blocks()[theme])

    assert contrast(colours[shape], colours[ground]) >= 3


def test_dark_by_choice_and_dark_by_system_are_the_same():
    assert tokens(blocks()["dark"]) == tokens(blocks()["automatic dark"])
