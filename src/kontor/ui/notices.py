"""Messages to the person, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest

from kontor.ui.components import Text

_UNDO = "undo:"


def notify(request: HttpRequest, text: Text, *, undo_url: str = "") -> None:
    """Show a success message on the next page; with `undo_url` it carries a button that posts there."""
    messages.success(request, str(text), extra_tags=_UNDO + undo_url if undo_url else "")


def undo_url(extra_tags: str) -> str:
    """Return the address that takes the act back, or ""."""
    return extra_tags.removeprefix(_UNDO) if extra_tags.startswith(_UNDO) else ""
