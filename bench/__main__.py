"""`python3 run.py bench`: how fast pages, import, documents and decisions are, on this machine.

python3 run.py bench              all parts
python3 run.py bench decision     one of: pages, results, board, decision
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# In processes of their own: they have other installations, one a server beside it, one other programs.
PARTS = ("results", "board", "decision")


def main(wanted: list[str]) -> None:
    """Measure the parts wanted, or all; the installation is not touched."""
    strange = [part for part in wanted if part not in ("pages", *PARTS)]
    if strange:
        sys.exit(f"There is no part “{strange[0]}”. There are: pages, {', '.join(PARTS)}.")
    if not wanted or "pages" in wanted:
        _pages()
    for part in PARTS:
        if not wanted or part in wanted:
            subprocess.run([sys.executable, "-m", f"bench.{part}"], check=True)


def _pages() -> None:
    """Build a large cluster in a temporary folder and measure."""
    home = Path(tempfile.mkdtemp(prefix="kontor-bench-"))
    os.environ["KONTOR_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kontor.config.settings"
    try:
        import django

        from kontor.config.messages import compile_messages

        compile_messages()
        django.setup()
        from bench import large, measures
        from kontor.config.commands.preparing import prepare

        prepare()
        sys.stdout.write("Building a cluster of 1,000 members and 50,000 ties …\n")
        measures.run(large.build())
    finally:
        shutil.rmtree(home, ignore_errors=True)


main(sys.argv[1:])
