"""Writes of this room."""

from kontor.agreements.services.answering import accept, accept_ticked, comment
from kontor.agreements.services.drafting import delete_draft, draft_agreement, update_agreement
from kontor.agreements.services.freezing import freeze, is_intact, note_signing
from kontor.agreements.services.negotiators import (
    add_colleague,
    invite_negotiator,
    renew_negotiator,
    revoke_negotiator,
    update_negotiator,
)
from kontor.agreements.services.proposing import (
    add_clause,
    add_from_catalogue,
    move_clause,
    propose,
    propose_removal,
    put_back,
)
from kontor.agreements.services.stages import (
    begin_amendment,
    cancel_agreement,
    open_negotiation,
    resume_agreement,
    withdraw_amendment,
)

__all__ = [
    "accept",
    "accept_ticked",
    "add_clause",
    "add_colleague",
    "add_from_catalogue",
    "begin_amendment",
    "cancel_agreement",
    "comment",
    "delete_draft",
    "draft_agreement",
    "freeze",
    "invite_negotiator",
    "is_intact",
    "move_clause",
    "note_signing",
    "open_negotiation",
    "propose",
    "propose_removal",
    "put_back",
    "renew_negotiator",
    "resume_agreement",
    "revoke_negotiator",
    "update_agreement",
    "update_negotiator",
    "withdraw_amendment",
]
