"""Static TrueType cuts for charts and documents, from the variable web fonts (needs fonttools).

The licence reserves the name "Source" for the unchanged fonts; cuts that have been changed bear another name.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# file name, family, style name, weight, pattern of the web font
CUTS = (
    ("KontorSans-Regular", "Kontor Sans", "Regular", 400, "source-sans-3-{part}-wght-normal"),
    ("KontorSans-Semibold", "Kontor Sans", "Semibold", 600, "source-sans-3-{part}-wght-normal"),
    ("KontorSans-Italic", "Kontor Sans", "Italic", 400, "source-sans-3-{part}-wght-italic"),
    ("KontorSerif-Regular", "Kontor Serif", "Regular", 400, "source-serif-4-{part}-wght-normal"),
    ("KontorSerif-Semibold", "Kontor Serif", "Semibold", 600, "source-serif-4-{part}-wght-normal"),
)
COPYRIGHT, LICENCE, LICENCE_ADDRESS = 0, 13, 14
# The two parts of a web font share a few marks, and merging keeps no layout rules of variable origin.
DROPPED = ("STAT", "fvar", "avar", "HVAR", "MVAR", "gvar", "DSIG", "GDEF", "GPOS", "GSUB")
LATIN = "latin"


def main(sans: Path, serif: Path, target: Path) -> None:
    """Write each cut, Latin and extended Latin in one file, and the licence of both families."""
    target.mkdir(parents=True, exist_ok=True)
    for name, family, style, weight, pattern in CUTS:
        folder = (sans if "Sans" in family else serif) / "files"
        font = merged(
            [folder / (pattern.format(part=part) + ".woff2") for part in (LATIN, "latin-ext")], weight
        )
        named(font, family, style, weight)
        font.save(target / f"{name}.ttf")
    for package in (sans, serif):
        family = "source-sans-3" if package == sans else "source-serif-4"
        text = (package / "LICENSE").read_text(encoding="utf-8")
        (target / f"LICENCE-{family}.txt").write_text(text, encoding="utf-8")


def merged(paths: list[Path], weight: int) -> TTFont:
    """Fix the weight of each part and join the parts to one font."""
    with tempfile.TemporaryDirectory() as work:
        parts = []
        for number, path in enumerate(paths):
            font = instantiateVariableFont(TTFont(path), {"wght": weight}, inplace=True)
            for table in DROPPED if number else ("STAT", "DSIG"):
                if table in font:
                    del font[table]
            font.flavor = None
            part = Path(work) / f"{number}.ttf"
            font.save(part)
            parts.append(str(part))
        return Merger().merge(parts)


def named(font: TTFont, family: str, style: str, weight: int) -> None:
    """Write the names by which programs find the cut, among them the four-cut family of old programs."""
    is_old_style = style in {"Regular", "Italic"}
    names = {
        1: family if is_old_style else f"{family} {style}",
        2: style if is_old_style else "Regular",
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
        16: family,
        17: style,
    }
    kept = [entry for entry in font["name"].names if entry.nameID in {COPYRIGHT, LICENCE, LICENCE_ADDRESS}]
    font["name"].names = kept
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x01 if style == "Italic" else 0x40
    font["head"].macStyle = 0x02 if style == "Italic" else 0


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
