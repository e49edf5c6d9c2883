"""The topics of needs that an answer can stand for; the room that keeps them names them here.

Needs are kept above this room, so it cannot ask for them. As with permissions, the room above offers what it
has once, when it is loaded: builders then choose topics by name, and without needs there are still
questionnaires.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from kontor.accounts.models import Cluster

# Cluster, language → code → name, in reading order.
TopicSource: TypeAlias = Callable[[Cluster, str], Mapping[str, str]]

_sources: list[TopicSource] = []


def offer_topics(source: TopicSource) -> None:
    """Let builders choose from the topics of `source`; the latest one counts."""
    _sources[:] = [source]


def topics_of(cluster: Cluster, language: str) -> dict[str, str]:
    """Return the topics to choose from by name, none where no room offers any."""
    return dict(_sources[0](cluster, language)) if _sources else {}
