"""What the tests of this room share."""

from __future__ import annotations

from tests.listening.conftest import at_once

__all__ = ["at_once"]
