"""The sentences behind the error codes: one module for each room, listed here once.

A module holds SENTENCES, from code to sentence with %(name)s parameters. A new room adds its name to ROOMS.
"""

from importlib import import_module
from importlib.util import find_spec

from kontor.ui.components import Text

ROOMS = (
    "methods",
    "imports",
    "reports",
    "jobs",
    "accounts",
    "actors",
    "actors_import",
    "questionnaires",
    "exchange",
    "needs",
    "surveys",
    "calls",
    "interviews",
    "boards",
    "criteria",
    "agreements",
    "votes",
    "countries",
    "goals",
    "partners",
    "studies",
    "cooperation",
    "strategy",
    "journey",
    "demo",
    "config",
)


def _merged() -> dict[str, Text]:
    sentences: dict[str, Text] = {}
    for room in ROOMS:
        name = f"{__name__}.{room}"
        if find_spec(name) is not None:
            sentences |= import_module(name).SENTENCES
    return sentences


SENTENCES = _merged()
