"""Writes of the keys: clusters, roles, invitations, links."""

from kontor.accounts.services.editing import EditConflict, claim_edit
from kontor.accounts.services.founding import found_cluster
from kontor.accounts.services.links import finish_link, issue_link, open_link, renew_link
from kontor.accounts.services.people import open_account
from kontor.accounts.services.refused import InvitationRefused, LinkRefused, Refused

__all__ = [
    "EditConflict",
    "InvitationRefused",
    "LinkRefused",
    "Refused",
    "claim_edit",
    "finish_link",
    "found_cluster",
    "issue_link",
    "open_account",
    "open_link",
    "renew_link",
]
