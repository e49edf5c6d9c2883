"""Reads of this room. Organisations are counted, not needs: who says it twice is one voice."""

from kontor.needs.queries.counted import (
    counted,
    goals_of,
    goals_without_need,
    group_of,
    lead,
    leads_of,
    needs_of,
    with_repeats,
    without_goal,
)
from kontor.needs.queries.figures import Voices, voices_by_country, voices_by_kind, voices_by_topic
from kontor.needs.queries.heard import Heard, KindHeard, heard, silent_members, was_heard
from kontor.needs.queries.involved import Involved, involved
from kontor.needs.queries.listing import NeedFilter, facets, listed_needs
from kontor.needs.queries.own import own_needs, own_organisations
from kontor.needs.queries.speakers import speakers
from kontor.needs.queries.topics import topic_names

__all__ = [
    "Heard",
    "Involved",
    "KindHeard",
    "NeedFilter",
    "Voices",
    "counted",
    "facets",
    "goals_of",
    "goals_without_need",
    "group_of",
    "heard",
    "involved",
    "lead",
    "leads_of",
    "listed_needs",
    "needs_of",
    "own_needs",
    "own_organisations",
    "silent_members",
    "speakers",
    "topic_names",
    "voices_by_country",
    "voices_by_kind",
    "voices_by_topic",
    "was_heard",
    "with_repeats",
    "without_goal",
]
