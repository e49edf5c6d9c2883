#!/usr/bin/env python3
"""Start Kontor: python3 run.py            with its demo cluster, at http://localhost:8000
             python3 run.py test       run the tests
             python3 run.py bench      print speeds, also of programs to compare with
             python3 run.py COMMAND …  any `kontor` command, such as: python3 run.py --help

Needs Python 3.11 or newer, nothing else: what Kontor builds on is fetched into .venv, checked against
the hashes in requirements/*.txt, and fetched again only when these files change.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SETS = ("base", "test", "bench")  # each holds all of the one before


def stop(sentence: str) -> None:
    sys.exit(f"Kontor: {sentence}")


def works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def uv() -> list[str]:
    """Return how to call uv: from the PATH, or from .venv, where pip puts it."""
    found = shutil.which("uv")
    if found and works([found, "--version"]):
        if not works([str(PYTHON), "--version"]):
            command = [found, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
            subprocess.run(command, check=True)
        return [found]
    if not works([str(PYTHON), "-m", "pip", "--version"]):
        print("Kontor: making .venv …", flush=True)
        if not works([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            stop("Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv")
    if not works([str(PYTHON), "-m", "uv", "--version"]):
        subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "uv"], check=True)
    return [str(PYTHON), "-m", "uv"]


def sync(wanted: str) -> None:
    """Bring .venv to the lock file of `wanted`; nothing happens when it is there already."""
    locks = {name: (ROOT / f"requirements/{name}.txt").read_bytes() for name in SETS}
    prints = {name: hashlib.sha256(lock).hexdigest() for name, lock in locks.items()}
    stamp = VENV / "kontor-lock"
    have = stamp.read_text().split() if stamp.exists() and PYTHON.exists() else []
    enough = SETS[SETS.index(wanted) :]
    if len(have) == 2 and have[0] in enough and prints[have[0]] == have[1]:
        return
    print(f"Kontor: fetching what it builds on ({wanted}) …", flush=True)
    lock = f"requirements/{wanted}.txt"
    command = [*uv(), "pip", "sync", "--python", str(PYTHON), "--require-hashes", str(ROOT / lock)]
    environment = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    if "PIP_INDEX_URL" in os.environ:
        environment.setdefault("UV_DEFAULT_INDEX", os.environ["PIP_INDEX_URL"])
    if subprocess.run(command, env=environment, check=False).returncode:
        stop("could not fetch everything. Is the network there? Run the same command again to go on.")
    stamp.write_text(f"{wanted} {prints[wanted]}")


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        stop(f"needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    word = arguments[0] if arguments else "serve"
    sync(word if word in SETS else "base")
    os.environ.setdefault("KONTOR_HOME", str(ROOT / ".kontor"))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    tests = ["pytest", "-n", "auto", "--dist", "loadgroup"]
    module = {"test": tests, "bench": ["bench"]}.get(word, ["kontor.config"])
    rest = arguments[1:] if word in ("test", "bench") else arguments or ["serve", "--demo", "--open"]
    command = [str(PYTHON), "-m", *module, *rest]
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
