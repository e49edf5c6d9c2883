"""What came from outside is what the manifest says, and no address of a registry came with it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import kontor

PACKAGE = Path(kontor.__file__).parent
VENDOR = PACKAGE / "ui" / "static" / "ui" / "vendor"
MANIFEST = json.loads((VENDOR / "MANIFEST.json").read_text(encoding="utf-8"))


def test_every_vendored_file_has_the_sum_of_the_manifest():
    sums = {name: hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest() for name in MANIFEST["files"]}

    assert sums == MANIFEST["files"]


def test_no_file_is_missing_from_the_manifest():
    folders = (VENDOR, PACKAGE / "ui" / "vocabularies", PACKAGE / "reports" / "fonts")
    paths = {
        path.relative_to(PACKAGE).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }

    assert paths - {"ui/static/ui/vendor/MANIFEST.json"} == set(MANIFEST["files"])


def test_every_package_names_its_licence():
    assert [package for package in MANIFEST["packages"] if not package["licence"]] == []


def test_the_world_is_small_and_knows_countries_by_two_letters():
    path = VENDOR / "world" / "countries.geojson"
    codes = {feature["properties"]["code"] for feature in json.loads(path.read_text())["features"]}

    assert {"DE", "AT", "NO", "FR", "MT", "XK", "JP", "SG"} - codes == set()
    assert path.stat().st_size < 250_000
