"""People of the cluster, with how far their consent goes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import Person
from kontor.actors.queries.members import member_ids
from kontor.ui.components import Text


class Consent(StrEnum):
    """Whether somebody may be written to."""

    GIVEN = "given"
    ASKED = "missing"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """Say it in the reader's language."""
        return _LABELS[self.value]

    @property
    def tag(self) -> str:
        """Return the colour of the state."""
        return {"given": "ok", "missing": "warn", "withdrawn": "bad"}[self.value]


_LABELS: dict[str, Text] = {
    "given": _("agreed"),
    "missing": _("not asked yet"),
    "withdrawn": _("withdrawn"),
}


def consent_of(person: Person) -> Consent:
    """Return the person's consent as it stands."""
    if person.consent_withdrawn_on is not None:
        return Consent.WITHDRAWN
    return Consent.GIVEN if person.consent_on is not None else Consent.ASKED


def people(cluster: Cluster, on: date, *, only_members: bool = False) -> QuerySet[Person]:
    """Return the cluster's people with their organisations, by name; one query when read."""
    found = Person.objects.filter(cluster=cluster).select_related("organisation")
    return found.filter(organisation__in=member_ids(cluster, on)) if only_members else found


def matching(found: list[Person], query: str) -> list[Person]:
    """Return those whose name, function, address or organisation holds all words of `query`."""
    words = folded(query).split()
    return [person for person in found if all(word in _key(person) for word in words)]


def _key(person: Person) -> str:
    parts = (str(person), person.function, person.email, person.organisation.name)
    return folded(" ".join(parts))


def may_be_written_to() -> Q:
    """Return the condition "has an address and a consent that stands"."""
    return Q(consent_on__isnull=False, consent_withdrawn_on__isnull=True) & ~Q(email="")
