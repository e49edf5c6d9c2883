"""Reads of this room."""

from kontor.partners.queries.duplicates import Pair, look_alikes, same_pairs
from kontor.partners.queries.facts import (
    Known,
    KnownFact,
    fact_history,
    known_fact,
    known_facts,
    known_of,
    known_of_keys,
)
from kontor.partners.queries.listing import Listing, PartnerFilter, PartnerRow, listing, rows, states_of
from kontor.partners.queries.own import own_facts, own_figures
from kontor.partners.queries.partners import (
    IN_QUESTION,
    candidates_of,
    own_partner,
    partners_of,
    search_partners,
    standing,
)
from kontor.partners.queries.profile import Completeness, Profile, completeness, facts_of, profile

__all__ = [
    "IN_QUESTION",
    "Completeness",
    "Known",
    "KnownFact",
    "Listing",
    "Pair",
    "PartnerFilter",
    "PartnerRow",
    "Profile",
    "candidates_of",
    "completeness",
    "fact_history",
    "facts_of",
    "known_fact",
    "known_facts",
    "known_of",
    "known_of_keys",
    "listing",
    "look_alikes",
    "own_facts",
    "own_figures",
    "own_partner",
    "partners_of",
    "profile",
    "rows",
    "same_pairs",
    "search_partners",
    "standing",
    "states_of",
]
