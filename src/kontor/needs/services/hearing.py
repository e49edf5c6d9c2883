"""Note that a member was heard, and keep the needs and expectations in what it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.needs.models import Expectation, Hearing, Need, NeedTopic
from kontor.needs.problems import NeedError
from kontor.needs.said import SaidExpectation, SaidNeed, expectations_said, needs_said
from kontor.needs.services.topics import start_topics
from kontor.questionnaires.definition import Definition


@dataclass(frozen=True)
class Occasion:
    """When and how a member spoke. reference: what it was, such as "survey:7:o12"; source: of Need.Source."""

    organisation: Organisation
    source: str
    on: date
    reference: str
    person: Person | None = None
    language: str = "de"


@dataclass(frozen=True)
class Taken:
    """What came of it. undecided: needs without a topic, which a person must read."""

    needs: tuple[Need, ...]
    undecided: tuple[SaidNeed, ...]
    expectations: int


@transaction.atomic
def note_hearing(*, cluster: Cluster, occasion: Occasion) -> Hearing:
    """Return the hearing of this occasion; noting it again changes its day only.

    Raises NeedError "need.of_another_cluster".
    """
    if occasion.organisation.cluster_id != cluster.pk:
        raise NeedError("need.of_another_cluster")
    hearing, _is_new = Hearing.objects.update_or_create(
        cluster=cluster,
        reference=occasion.reference,
        defaults={
            "organisation": occasion.organisation,
            "source": occasion.source,
            "on": occasion.on,
        },
    )
    return hearing


@transaction.atomic
def take_answers(
    *, cluster: Cluster, occasion: Occasion, definition: Definition, answers: Mapping[str, Any]
) -> Taken:
    """Note the hearing and bring needs and expectations to what the answers say now.

    Taking the same answers twice changes nothing; after changed answers, needs that are no longer said go,
    unless somebody has worked on them since (edited, merged or linked to a goal).
    """
    note_hearing(cluster=cluster, occasion=occasion)
    said = needs_said(definition, answers, occasion.language)
    topics = _topics(cluster, {need.topic for need in said if need.topic})
    decided = [need for need in said if need.topic in topics]
    needs = tuple(_keep(cluster, occasion, need, topics[need.topic]) for need in decided)
    _drop_unsaid(cluster, occasion.reference, {need.reference for need in needs})
    expected = expectations_said(definition, answers)
    _expect(cluster, occasion, expected)
    undecided = tuple(need for need in said if need.topic not in topics)
    return Taken(needs, undecided, len(expected))


def _topics(cluster: Cluster, codes: Iterable[str]) -> dict[str, NeedTopic]:
    """Return code → topic; those of the start list that the cluster lacks are added."""
    wanted = set(codes)
    found = {topic.code: topic for topic in NeedTopic.objects.filter(cluster=cluster, code__in=wanted)}
    for entry in start_topics():
        if entry["code"] in wanted - set(found):
            # Two answers that come at the same moment may both bring the topic.
            found[entry["code"]], _is_new = NeedTopic.objects.get_or_create(
                cluster=cluster,
                code=entry["code"],
                defaults={"kind": entry["kind"], "name": LazyI18nString(dict(entry["name"]))},
            )
    return found


def _keep(cluster: Cluster, occasion: Occasion, said: SaidNeed, topic: NeedTopic) -> Need:
    reference = said.reference(occasion.reference)
    need = Need.objects.filter(cluster=cluster, reference=reference).first()
    if need is None:
        return Need.objects.create(
            cluster=cluster,
            organisation=occasion.organisation,
            person=occasion.person,
            topic=topic,
            kind=topic.kind,
            statement=said.statement,
            country=said.country,
            urgency=said.urgency,
            source=occasion.source,
            recorded_on=occasion.on,
            reference=reference,
        )
    if need.version == 1 and (need.statement, need.urgency) != (said.statement, said.urgency):
        need.statement, need.urgency = said.statement, said.urgency
        need.save(update_fields=["statement", "urgency", "updated_at"])
    return need


def _drop_unsaid(cluster: Cluster, base: str, kept: set[str]) -> None:
    """Delete the needs of earlier answers of this occasion that nobody has touched."""
    stale = Need.objects.filter(
        cluster=cluster, reference__startswith=f"{base}:", version=1, merged_into=None, merged=None
    ).exclude(reference__in=kept)
    for need in stale.filter(links=None):
        need.delete()


def _expect(cluster: Cluster, occasion: Occasion, said: Iterable[SaidExpectation]) -> None:
    earlier = Expectation.objects.filter(cluster=cluster, reference__startswith=f"{occasion.reference}:")
    new = {each.reference(occasion.reference): each for each in said}
    earlier.exclude(reference__in=new).delete()
    known = set(earlier.values_list("reference", flat=True))
    Expectation.objects.bulk_create(
        Expectation(
            cluster=cluster,
            organisation=occasion.organisation,
            of=each.of,
            code=each.code,
            label=LazyI18nString(dict(each.label)),
            source=occasion.source,
            on=occasion.on,
            reference=reference,
        )
        for reference, each in new.items()
        if reference not in known
    )
