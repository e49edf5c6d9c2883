"""Compile the message catalogues where they are newer than what was compiled before."""

from __future__ import annotations

from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent


def compile_messages() -> int:
    """Write a .mo beside every .po that is newer; return how many were written."""
    written = 0
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            temporary = compiled.with_suffix(".mo.new")
            polib.pofile(str(source)).save_as_mofile(str(temporary))
            temporary.replace(compiled)
            written += 1
    return written
