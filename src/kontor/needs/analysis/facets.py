"""Under which headings what was said can be counted, and how the list of needs is asked for the same."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.needs.analysis.material import Material, Voice
from kontor.needs.models import Need, NeedKind
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name


class Facet(StrEnum):
    """A heading; "" as a key means that nothing was named."""

    TOPIC = "topic"
    COUNTRY = "country"
    KIND = "kind"
    URGENCY = "urgency"
    SOURCE = "source"
    YEAR = "year"

    @property
    def label(self) -> Text:
        """Say it in the reader's language."""
        return _LABELS[self.value]

    @property
    def is_ordered(self) -> bool:
        """True where rows stand in an order of their own, not by how many name them."""
        return self in (Facet.URGENCY, Facet.YEAR)

    def key(self, voice: Voice) -> str:
        """Return under which key a voice counts."""
        return _KEYS[self.value](voice)

    def named(self, key: str, material: Material) -> Text:
        """Return what a key is called."""
        if self is Facet.TOPIC:
            return material.topics.get(int(key), key)
        if self is Facet.COUNTRY:
            return country_name(key, get_language() or "en")
        return key if self is Facet.YEAR else _NAMES[self.value][key]

    def asked(self, key: str) -> dict[str, str]:
        """Return what the address of the list of needs says to show what is counted under the key."""
        if self is Facet.YEAR:
            return {"first": f"{key}-01-01", "last": f"{key}-12-31"}
        return {self.value: key}


_LABELS: dict[str, Text] = {
    "topic": _("Topic"),
    "country": _("Target country"),
    "kind": _("Kind of need"),
    "urgency": _("Urgency"),
    "source": _("Source"),
    "year": _("Year"),
}
_KEYS: dict[str, Callable[[Voice], str]] = {
    "topic": lambda voice: str(voice.topic),
    "country": lambda voice: voice.country,
    "kind": lambda voice: voice.kind,
    "urgency": lambda voice: str(voice.urgency),
    "source": lambda voice: voice.source,
    "year": lambda voice: str(voice.on.year),
}
_NAMES: dict[str, dict[str, Text]] = {
    "kind": dict(NeedKind.choices),
    "urgency": {str(value): label for value, label in Need.Urgency.choices},
    "source": dict(Need.Source.choices),
}
