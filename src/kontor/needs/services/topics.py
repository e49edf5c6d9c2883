"""The topics under which needs are gathered."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.needs.models import NeedKind, NeedTopic
from kontor.needs.problems import NeedError

CATALOGUE = Path(__file__).parents[1] / "catalogue" / "topics.toml"


@transaction.atomic
def load_start_topics(cluster: Cluster) -> int:
    """Give the cluster the start list of topics and return how many were new; own topics stay as they are."""
    known = set(NeedTopic.objects.filter(cluster=cluster).values_list("code", flat=True))
    new = [topic for topic in start_topics() if topic["code"] not in known]
    NeedTopic.objects.bulk_create(
        NeedTopic(
            cluster=cluster, code=topic["code"], kind=topic["kind"], name=LazyI18nString(dict(topic["name"]))
        )
        for topic in new
    )
    return len(new)


@transaction.atomic
def add_topic(*, cluster: Cluster, kind: str, name: dict[str, str]) -> NeedTopic:
    """Return a new topic of the cluster's own.

    name: language → text; at least one language. Raises NeedError "need_topic.no_name",
    "need_topic.already_there" or "need_topic.kind_unknown".
    """
    given = {language: text.strip() for language, text in name.items() if text.strip()}
    if not given:
        raise NeedError("need_topic.no_name")
    if kind not in NeedKind.values:
        raise NeedError("need_topic.kind_unknown", kind=kind)
    existing = {
        text.casefold()
        for topic in NeedTopic.objects.filter(cluster=cluster)
        for text in names_of(topic).values()
    }
    for text in given.values():
        if text.casefold() in existing:
            raise NeedError("need_topic.already_there", name=text)
    code = _free_code(cluster, given.get("en") or next(iter(given.values())))
    return NeedTopic.objects.create(cluster=cluster, code=code, kind=kind, name=LazyI18nString(given))


def names_of(topic: NeedTopic) -> dict[str, str]:
    """Return the topic's name by language, without empty ones."""
    data = topic.name.data if isinstance(topic.name, LazyI18nString) else topic.name
    texts = data if isinstance(data, dict) else {"": str(data or "")}
    return {language: text for language, text in texts.items() if text}


@lru_cache(maxsize=1)
def start_topics() -> tuple[dict[str, Any], ...]:
    """Return the start list as it stands in the catalogue."""
    return tuple(tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["topic"])


def _free_code(cluster: Cluster, name: str) -> str:
    """Return a code for `name` that no topic of the cluster has yet."""
    stem = slugify(name)[:50] or "topic"
    taken = set(NeedTopic.objects.filter(cluster=cluster).values_list("code", flat=True))
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code
