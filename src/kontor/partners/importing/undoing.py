"""Take an import back: whatever nobody has built on since."""

from __future__ import annotations

from typing import Any

from kontor.accounts.services import claim_edit
from kontor.partners.models import (
    Fact,
    Partner,
    PartnerCompetence,
    PartnerContact,
    PartnerImport,
    StageChange,
)
from kontor.partners.services.profile import uses_elsewhere
from kontor.partners.services.writing import empty_value, set_key


def taken_back(batch: PartnerImport) -> dict[str, int]:
    """Delete what the import wrote and return how much went and how many profiles stayed."""
    facts = Fact.objects.filter(imported_in=batch)
    removed_facts = facts.count()
    facts.delete()
    changes = batch.changes
    PartnerCompetence.objects.filter(pk__in=changes.get("competences", []), version=1).delete()
    PartnerContact.objects.filter(pk__in=changes.get("contacts", []), version=1).delete()
    _empty(batch, changes.get("filled", {}))
    removed = kept = 0
    for partner in Partner.objects.filter(imported_in=batch):
        if _is_untouched(partner):
            partner.delete()
            removed += 1
        else:
            kept += 1
    return {"removed": removed, "removed_facts": removed_facts, "kept": kept}


def _is_untouched(partner: Partner) -> bool:
    """True where nobody has changed the profile, added to it or built on it."""
    if partner.version != 1 or partner.merged_into_id or uses_elsewhere(partner):
        return False
    rows: tuple[Any, ...] = (
        partner.facts,
        partner.competences,
        partner.needs,
        partner.contacts,
        partner.swot,
    )
    if partner.merged.exists() or any(found.exists() for found in rows):
        return False
    return StageChange.objects.filter(partner=partner).count() <= 1


def _empty(batch: PartnerImport, filled: dict[str, Any]) -> None:
    """Empty what profiles took from the list, where nobody has changed them since."""
    for key, note in filled.items():
        partner = Partner.objects.filter(cluster=batch.cluster, pk=int(key), version=note["version"]).first()
        if partner is None:
            continue
        current = claim_edit(partner, partner.version)
        for name in note["names"]:
            setattr(current, name, empty_value(name))
        set_key(current)
        current.save()
