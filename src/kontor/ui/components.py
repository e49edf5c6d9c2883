"""What a chapter tells the pages: the state of a point, and the next step."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Text = str | Promise


class PointState(StrEnum):
    """How far a point of the checklist is."""

    DONE = "done"
    ALMOST = "almost"
    RUNNING = "running"
    GAP = "gap"
    OPEN = "open"

    @property
    def label(self) -> Text:
        """Say the state in a word of the reader's language."""
        return STATE_LABELS[self.value]


STATE_LABELS: dict[str, Text] = {
    "done": pgettext_lazy("state", "done"),
    "almost": pgettext_lazy("state", "almost"),
    "running": pgettext_lazy("state", "under way"),
    "gap": pgettext_lazy("state", "gap"),
    "open": pgettext_lazy("state", "open"),
    "by_hand": pgettext_lazy("state", "by hand"),
}


@dataclass(frozen=True)
class NextStep:
    """One sentence that says what helps most now, and the button that leads there."""

    sentence: Text
    label: Text
    url: str


@dataclass(frozen=True)
class Check:
    """The answer to one of the 19 points.

    point: 1 to 19. reason: why the state is what it is, one sentence. next_step: what to do, a few words,
    or "" where nothing is left. url: where to do it. is_by_hand: a person answered, not the data.
    """

    point: int
    state: PointState
    reason: Text
    next_step: Text
    url: str
    is_by_hand: bool = False
