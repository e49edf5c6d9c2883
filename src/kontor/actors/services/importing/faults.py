"""Faults as JSON holds them, and as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kontor.imports.cells import shown
from kontor.imports.fields import Fault
from kontor.ui.errors import explain


class _Coded(Exception):  # noqa: N818 - carries a code to its sentence, never raised
    def __init__(self, code: str, params: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.params = dict(params)


def sentence(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence of a code in the reader's language."""
    return explain(_Coded(code, params))


def packed_fault(fault: Fault) -> dict[str, Any]:
    """Return a fault as JSON holds it."""
    return {
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "letter": fault.column_letter,
        "code": fault.code,
        "params": {
            name: value if isinstance(value, int) else str(value) for name, value in fault.params.items()
        },
        "value": shown(fault.value),
        "taken": fault.taken,
    }


def unpacked_fault(packed: Mapping[str, Any]) -> Fault:
    """Return the fault that was packed."""
    return Fault(
        row=packed["row"],
        column=packed["column"],
        column_letter=packed["letter"],
        code=packed["code"],
        params=packed["params"],
        value=packed["value"],
        taken=packed["taken"],
        file=packed["file"],
    )
