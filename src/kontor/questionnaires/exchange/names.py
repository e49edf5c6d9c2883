"""Names of a file → short names that Kontor takes, each once."""

from __future__ import annotations

import re

from kontor.questionnaires.definition import OTHER
from kontor.questionnaires.soundness import OPTION_CODE, QUESTION_CODE


class Names:
    """Gives every question a code that nobody else has."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return `wanted`, as close as codes allow, and keep it from others."""
        code = wanted
        if not QUESTION_CODE.fullmatch(code):
            code = re.sub(r"[^A-Za-z0-9_.-]", "_", code)[:90]
            code = code if re.match(r"[A-Za-z_]", code) else f"_{code}"
        found = code
        while found in self._taken:
            self._next[code] = number = self._next.get(code, 1) + 1
            found = f"{code[:90]}_{number}"
        self._taken.add(found)
        return found


def option_code(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, as close as codes of options allow, and add it to `taken`."""
    code = wanted
    if not OPTION_CODE.fullmatch(code) or code == OTHER:
        code = re.sub(r"[\s:~#]+", "_", code)[:110].strip("_") or "option"
    found, number = code, 2
    while found in taken:
        found, number = f"{code[:110]}_{number}", number + 1
    taken.add(found)
    return found
