"""`python3 run.py bench`: how fast the pages, the import and the documents are, on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Build a large cluster in a temporary folder and measure; the installation is not touched."""
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
    # In processes of their own: they have other installations, and one a server beside it.
    for part in ("bench.results", "bench.board"):
        subprocess.run([sys.executable, "-m", part], check=True)


main()
