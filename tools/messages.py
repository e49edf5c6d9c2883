"""Extract the messages of every room, report what is missing or stale, and compile.

    python tools/messages.py extract [ROOM ...]   needs GNU gettext (xgettext)
    python tools/messages.py check                exits 1 on a missing, fuzzy or stale message

Sources are English; German stands in src/kontor/<room>/locale/de/LC_MESSAGES/django.po.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "kontor"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
os.environ.setdefault("KONTOR_HOME", tempfile.mkdtemp(prefix="kontor-messages-"))
sys.path.insert(0, str(SOURCE.parent))


def rooms() -> list[str]:
    """Return every package that holds a German catalogue or translatable text."""
    return sorted(p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists() and p.name != "methods")


def catalogue(room: str) -> Path:
    """Return the path of a room's German catalogue."""
    return SOURCE / room / "locale" / "de" / "LC_MESSAGES" / "django.po"


def extract(room: str) -> None:
    """Bring a room's catalogue up to date with its source; texts no longer used are dropped."""
    from django.core.management import call_command

    (SOURCE / room / "locale").mkdir(exist_ok=True)
    before = Path.cwd()
    os.chdir(SOURCE / room)
    try:
        call_command(
            "makemessages",
            locale=["de"],
            no_obsolete=True,
            no_wrap=True,
            no_location=True,
            ignore_patterns=["static/*"],
            extensions=["html", "txt", "py"],
            verbosity=0,
        )
    finally:
        os.chdir(before)
    if catalogue(room).exists():
        _settle(catalogue(room))


def _settle(path: Path) -> None:
    """Drop what changes with each run, and guesses: a fuzzy text is a missing text."""
    po = polib.pofile(str(path), wrapwidth=0)
    for entry in po:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    po.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "de",
        "MIME-Version": "1.0",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    po.header = ""
    if len(po):
        po.save(str(path))
    else:
        path.unlink()


def untranslated(room: str) -> list[str]:
    """Return the messages of a room that have no German text."""
    if not catalogue(room).exists():
        return []
    po = polib.pofile(str(catalogue(room)))
    return [entry.msgid for entry in po if not entry.translated()]


def check() -> int:
    """Compare every catalogue with a fresh extraction; return the exit code."""
    faults = 0
    for room in rooms():
        path = catalogue(room)
        before = path.read_text() if path.exists() else ""
        extract(room)
        after = path.read_text() if path.exists() else ""
        if before:
            path.parent.mkdir(parents=True, exist_ok=True)
        if before != after:
            faults += 1
            sys.stderr.write(f"{room}: the catalogue is stale; run tools/messages.py extract {room}\n")
            for msgid in untranslated(room):
                sys.stderr.write(f"{room}: new text: {msgid!r}\n")
            path.write_text(before) if before else path.unlink(missing_ok=True)
        for msgid in untranslated(room):
            faults += 1
            sys.stderr.write(f"{room}: no German text for {msgid!r}\n")
    return 1 if faults else 0


def main(arguments: list[str]) -> int:
    """Run `extract` or `check`."""
    import django

    django.setup()
    if arguments[:1] == ["check"]:
        return check()
    for room in arguments[1:] or rooms():
        extract(room)
        sys.stdout.write(f"{room}: {len(untranslated(room))} without German text\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ["extract"]))
