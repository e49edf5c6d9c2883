"""Reads of this room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from kontor.accounts.models import Cluster
from kontor.questionnaires.models import Questionnaire, QuestionnaireVersion
from kontor.questionnaires.stored import fingerprint
from kontor.ui.components import Text


@dataclass(frozen=True)
class Listed:
    """A questionnaire in the list. last: number of its last version, 0 before the first one."""

    questionnaire: Questionnaire
    questions: int
    languages: tuple[str, ...]
    last: int
    is_changed: bool
    uses: int


@dataclass(frozen=True)
class Use:
    """What builds on a questionnaire: "2 member surveys" as number and word."""

    label: Text
    number: int


def listed_questionnaires(cluster: Cluster, *, archived: bool) -> QuerySet[Questionnaire]:
    """Return the cluster's questionnaires with number and digest of their last version. One query."""
    latest = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk")).order_by("-number")
    return (
        Questionnaire.objects.filter(cluster=cluster, is_archived=archived)
        .annotate(
            last_number=Subquery(latest.values("number")[:1]),
            last_digest=Subquery(latest.values("digest")[:1]),
        )
        .order_by("name", "pk")
    )


def listed(questionnaires: Sequence[Questionnaire]) -> list[Listed]:
    """Return the state of each. One query for each room above that uses questionnaires."""
    uses: Counter[int] = Counter()
    for found in _uses({each.pk for each in questionnaires}).values():
        uses.update(found)
    return [_listed(each, uses[each.pk]) for each in questionnaires]


def uses_of(questionnaire: Questionnaire) -> list[Use]:
    """Return what builds on the questionnaire or one of its versions, nothing that is zero."""
    found = _uses({questionnaire.pk})
    return [
        Use(label, counts[questionnaire.pk]) for label, counts in found.items() if counts[questionnaire.pk]
    ]


def versions_of(questionnaire: Questionnaire) -> QuerySet[QuestionnaireVersion]:
    """Return the versions, the latest first, with who released them. One query."""
    return questionnaire.versions.select_related("released_by").order_by("-number")


def _listed(questionnaire: Questionnaire, uses: int) -> Listed:
    definition = questionnaire.definition
    last = getattr(questionnaire, "last_number", None) or 0
    digest = getattr(questionnaire, "last_digest", None)
    return Listed(
        questionnaire=questionnaire,
        questions=sum(question.takes_answer for question in definition.questions()),
        languages=definition.languages,
        last=last,
        is_changed=bool(last) and fingerprint(definition) != digest,
        uses=uses,
    )


def _uses(keys: set[int]) -> dict[Text, Counter[int]]:
    """Return what refers to the questionnaires: name of the kind → questionnaire → number.

    Rooms above refer to questionnaires and versions; this room does not know them, so it asks the models who
    points here. What points to both counts once, by the questionnaire.
    """
    found: dict[Text, Counter[int]] = {}
    direct = {relation.related_model for relation in Questionnaire._meta.related_objects}
    for model, path in ((Questionnaire, ""), (QuestionnaireVersion, "questionnaire")):
        for relation in model._meta.related_objects:
            using = relation.related_model
            if using is QuestionnaireVersion or (path and using in direct) or isinstance(using, str):
                continue
            name = relation.field.name + (f"__{path}" if path else "")
            rows = using._base_manager.filter(**{f"{name}__in": keys}).values_list(name).annotate(Count("pk"))
            counts = found.setdefault(using._meta.verbose_name_plural or "", Counter())
            counts.update(dict(rows.order_by()))
    return found
