"""All that a profile page tells about one partner cluster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kontor.partners.catalogue import FieldGroup, ProfileField, fields, groups, key_fields
from kontor.partners.models import (
    Partner,
    PartnerCompetence,
    PartnerContact,
    PartnerNeed,
    StageChange,
    SwotEntry,
)
from kontor.partners.queries.facts import Known, KnownFact, known_facts
from kontor.partners.queries.own import own_facts

# A field with what is known of it, None where nothing is.
Line = tuple[ProfileField, KnownFact | None]


@dataclass(frozen=True)
class Completeness:
    """How well a profile is known. missing: key fields that nobody has looked up yet."""

    known: int
    total: int
    stale: tuple[KnownFact, ...]
    missing: tuple[ProfileField, ...]

    @property
    def share(self) -> float:
        """Return the share of the fields that are known."""
        return self.known / self.total


@dataclass(frozen=True)
class Profile:
    """One partner cluster on a day. contacts: empty for those who may not see them."""

    partner: Partner
    on: date
    known: Known
    competences: tuple[PartnerCompetence, ...]
    needs: tuple[PartnerNeed, ...]
    swot: tuple[SwotEntry, ...]
    contacts: tuple[PartnerContact, ...]
    stage_changes: tuple[StageChange, ...]

    @property
    def completeness(self) -> Completeness:
        """Return how much is known, and what is out of date."""
        return completeness(self.known)

    @property
    def key_facts(self) -> tuple[Line, ...]:
        """Return the fields that say most, known or not."""
        return tuple((field, self.known.get(field.code)) for field in key_fields())

    @property
    def groups(self) -> tuple[tuple[FieldGroup, tuple[Line, ...]], ...]:
        """Return all groups of fields, each field with what is known of it."""
        return tuple(
            (group, tuple((field, self.known.get(field.code)) for field in group.fields))
            for group in groups()
        )


def completeness(known: Known) -> Completeness:
    """Return how well a profile is known."""
    return Completeness(
        known=len(known),
        total=len(fields()),
        stale=tuple(each for each in known.values() if each.is_stale),
        missing=tuple(field for field in key_fields() if field.code not in known),
    )


def facts_of(partner: Partner, on: date) -> Known:
    """Return what is known of a partner cluster, or of our own, with what its directory tells."""
    return own_facts(partner.cluster, on, partner) if partner.is_own else known_facts(partner, on)


def profile(partner: Partner, on: date, *, with_contacts: bool) -> Profile:
    """Return all that is known of a partner cluster on `on`."""
    contacts = partner.contacts.all() if with_contacts else ()
    return Profile(
        partner=partner,
        on=on,
        known=facts_of(partner, on),
        competences=tuple(partner.competences.select_related("competence")),
        needs=tuple(partner.needs.select_related("topic")),
        swot=tuple(partner.swot.all()),
        contacts=tuple(contacts),
        stage_changes=tuple(partner.stage_changes.select_related("by")),
    )
