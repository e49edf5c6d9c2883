"""Writes of this room."""

from kontor.partners.services.facts import delete_fact, record_fact, record_facts
from kontor.partners.services.known import (
    add_contact,
    add_need,
    add_swot,
    delete_entry,
    set_competence,
    update_entry,
)
from kontor.partners.services.merging import forget_apart, keep_apart, merge_partners, part_again
from kontor.partners.services.profile import (
    add_partner,
    delete_partner,
    own_profile,
    update_partner,
    uses_elsewhere,
)
from kontor.partners.services.stages import set_stage, set_stages, set_stages_back

__all__ = [
    "add_contact",
    "add_need",
    "add_partner",
    "add_swot",
    "delete_entry",
    "delete_fact",
    "delete_partner",
    "forget_apart",
    "keep_apart",
    "merge_partners",
    "own_profile",
    "part_again",
    "record_fact",
    "record_facts",
    "set_competence",
    "set_stage",
    "set_stages",
    "set_stages_back",
    "update_entry",
    "update_partner",
    "uses_elsewhere",
]
