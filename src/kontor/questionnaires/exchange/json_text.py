"""JSON that strangers wrote, as far as a database can keep it."""

from __future__ import annotations

import json
from typing import Any


def json_in(text: str) -> Any:
    """Return what the text says.

    Raises ValueError where it is no JSON, or says what no database keeps: U+0000, half a character, numbers
    without end; RecursionError where it nests too deeply.
    """
    said = json.loads(text)
    again = json.dumps(said, ensure_ascii=False, allow_nan=False)
    again.encode()
    if "\\u0000" in again:
        raise ValueError("U+0000")
    return said
