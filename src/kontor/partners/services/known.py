"""What else is known of a partner cluster: competences, needs, people, strengths and weaknesses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.models import Competence
from kontor.needs.models import NeedTopic
from kontor.needs.services import Remains, remove
from kontor.partners.models import Partner, PartnerCompetence, PartnerContact, PartnerNeed, SwotEntry
from kontor.partners.problems import PartnerError
from kontor.partners.services.profile import own_profile
from kontor.partners.services.writing import day_or_today, filled, texts

Entry = TypeVar("Entry", PartnerNeed, PartnerContact, SwotEntry)

_EDITABLE: dict[type, frozenset[str]] = {
    PartnerNeed: frozenset(("topic", "statement", "source", "source_url", "as_of")),
    PartnerContact: frozenset(("name", "role", "email", "phone", "language", "note")),
    SwotEntry: frozenset(("kind", "text", "source", "source_url", "as_of")),
}


@transaction.atomic
def set_competence(
    *,
    partner: Partner,
    competence: Competence,
    level: int,
    source: str = "",
    source_url: str = "",
    as_of: date | None = None,
) -> PartnerCompetence:
    """Return the partner cluster's competence at this level (1 to 5), added or changed.

    Raises PartnerError "profile.competence_of_another_cluster" or "fact.in_the_future", and Django's
    ValidationError for a level that does not exist.
    """
    if competence.cluster_id != partner.cluster_id:
        raise PartnerError("profile.competence_of_another_cluster")
    held = (
        PartnerCompetence.objects.select_for_update().filter(partner=partner, competence=competence).first()
    )
    row = held or PartnerCompetence(cluster_id=partner.cluster_id, partner=partner, competence=competence)
    if held is not None:
        row = claim_edit(held, held.version)
    row.level, row.source, row.source_url = level, source.strip(), source_url.strip()
    row.as_of = day_or_today(as_of)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def add_need(
    *,
    partner: Partner,
    statement: str,
    topic: NeedTopic | None = None,
    source: str = "",
    source_url: str = "",
    as_of: date | None = None,
) -> PartnerNeed:
    """Return a new need of the partner cluster; raises PartnerError "profile.topic_of_another_cluster"."""
    row = PartnerNeed(cluster_id=partner.cluster_id, partner=partner)
    return _written(
        row,
        {
            "statement": statement,
            "topic": topic,
            "source": source,
            "source_url": source_url,
            "as_of": as_of,
        },
    )


@transaction.atomic
def add_contact(
    *,
    partner: Partner,
    name: str,
    role: str = "",
    email: str = "",
    phone: str = "",
    language: str = "",
    note: str = "",
) -> PartnerContact:
    """Return a new contact at the partner cluster; Django's ValidationError where a field is refused."""
    row = PartnerContact(cluster_id=partner.cluster_id, partner=partner)
    values = {"name": name, "role": role, "email": email, "phone": phone, "language": language, "note": note}
    return _written(row, values)


@transaction.atomic
def add_swot(
    *,
    kind: str,
    text: Mapping[str, str] | str,
    partner: Partner | None = None,
    cluster: Cluster | None = None,
    source: str = "",
    source_url: str = "",
    as_of: date | None = None,
) -> SwotEntry:
    """Return a new entry of a SWOT: of `partner`, or of our own cluster where only `cluster` is given.

    kind: s, w, o or t. Raises PartnerError "profile.no_text", and Django's ValidationError.
    """
    whose = partner
    if whose is None:
        if cluster is None:
            raise TypeError("add_swot needs a partner or a cluster")
        whose = own_profile(cluster=cluster)
    row = SwotEntry(cluster_id=whose.cluster_id, partner=whose)
    values = {"kind": kind, "text": text, "source": source, "source_url": source_url, "as_of": as_of}
    return _written(row, values)


@transaction.atomic
def update_entry(*, entry: Entry, expected_version: int, **fields: Any) -> Entry:
    """Return the need, contact or entry of a SWOT with `fields` changed, or raise EditConflict."""
    return _written(claim_edit(entry, expected_version), fields)


@transaction.atomic
def delete_entry(*, entry: PartnerNeed | PartnerContact | SwotEntry | PartnerCompetence) -> Remains:
    """Delete it; `needs.services.restore` brings it back."""
    return remove(entry)


def _written(row: Entry, values: Mapping[str, Any]) -> Entry:
    """Check and store a row with these values."""
    clean: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    if "as_of" in clean:
        clean["as_of"] = day_or_today(clean["as_of"])
    if "text" in clean:
        clean["text"] = texts(clean["text"])
        if not str(clean["text"]).strip():
            raise PartnerError("profile.no_text")
    topic = clean.get("topic")
    if topic is not None and topic.cluster_id != row.cluster_id:
        raise PartnerError("profile.topic_of_another_cluster")
    filled(row, clean, _EDITABLE[type(row)])
    row.full_clean()
    row.save()
    return row
