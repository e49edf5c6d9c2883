"""What is due by the clock: each room's tasks.py may have an `every_minute`, which the worker calls."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

logger = logging.getLogger(__name__)


def tend_rooms() -> None:
    """Call every room's `every_minute`; one that fails is logged and stops no other.

    Several workers call it side by side: what a room does there claims each act before it is done.
    """
    for room in apps.get_app_configs():
        if not (room.name.startswith("kontor.") and find_spec(f"{room.name}.tasks")):
            continue
        work = getattr(import_module(f"{room.name}.tasks"), "every_minute", None)
        if work is None:
            continue
        try:
            work()
        except Exception:
            logger.exception("What %s does every minute has failed.", room.name)
