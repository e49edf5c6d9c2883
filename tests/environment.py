"""Loaded before Django reads its settings: tests never touch the database or files of an installation."""

import os
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="kontor-test-"))
(HOME / "static").mkdir()
os.environ["KONTOR_HOME"] = str(HOME)
os.environ["KONTOR_PUBLIC_URL"] = "http://localhost:8000"
os.environ.setdefault("KONTOR_SECRET_KEY", "only for tests")
