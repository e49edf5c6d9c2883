"""The demo's way to a partner: candidates, figures, criteria, study, decision, protocol, life since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kontor.accounts.models import Cluster, RoleKind, User
from kontor.demo.actors import Known
from kontor.demo.clusters import add_clusters, look_at_ourselves, publish_criteria
from kontor.demo.cooperation import agree_on_protocol, hear_candidates, live_together, take_decision
from kontor.demo.studies import hold_study, look_at_countries, quote_figures

# When the study took what profiles and open figures tell.
STUDY_DAY = date(2026, 10, 1)


def choose_partner(
    cluster: Cluster, known: Known, users: Mapping[RoleKind, User], on_each: Callable[[], None]
) -> None:
    """Go the whole way, each step by whoever does it."""
    manager, team = users[RoleKind.MANAGER], users[RoleKind.TEAM]
    quote_figures(cluster, team)
    look_at_countries(cluster, STUDY_DAY)
    publish_criteria(cluster, manager)
    look_at_ourselves(cluster, team)
    clusters = add_clusters(cluster, known, team, on_each)
    study = hold_study(cluster, clusters, manager, STUDY_DAY)
    hear_candidates(study, clusters)
    take_decision(study, clusters, manager)
    agree_on_protocol(cluster, clusters, manager)
    live_together(cluster, clusters, known, team)
