"""The topics by name, for those who build questionnaires."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation

from kontor.accounts.models import Cluster
from kontor.needs.models import NeedTopic
from kontor.needs.services.topics import start_topics


def topic_names(cluster: Cluster, language: str) -> Mapping[str, str]:
    """Return code → name of the cluster's topics and of those of the start list that it lacks. One query.

    An answer may stand for a topic of the start list that is not there yet: it is added with the first need.
    """
    with translation.override(language):
        own = {topic.code: str(topic.name) for topic in NeedTopic.objects.filter(cluster=cluster)}
    start = {topic["code"]: topic["name"].get(language) or topic["name"]["en"] for topic in start_topics()}
    names = start | own
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
