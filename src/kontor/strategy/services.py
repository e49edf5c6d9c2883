"""Writes of the concept."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import EditConflict, claim_edit
from kontor.reports.stored import to_json
from kontor.strategy.document import concept_report
from kontor.strategy.models import Concept, ConceptVersion, SectionText
from kontor.strategy.queries import section_text

TITLE = LazyI18nString({"de": "Internationalisierungskonzept", "en": "Internationalisation concept"})


def begin_concept(*, cluster: Cluster) -> Concept:
    """Return the cluster's concept, begun now if there was none."""
    return Concept.objects.get_or_create(cluster=cluster, defaults={"title": TITLE})[0]


@transaction.atomic
def rename_concept(*, concept: Concept, title: LazyI18nString, expected_version: int) -> Concept:
    """Give the concept another title; raises EditConflict where somebody was faster."""
    current = claim_edit(concept, expected_version)
    current.title = title
    current.save(update_fields=["title", "updated_at"])
    return current


@transaction.atomic
def write_section(
    *, concept: Concept, section: str, language: str, body: str, user: User | None, expected_version: int
) -> SectionText:
    """Store a section's text; `expected_version` 0 says that there was none when the writer began.

    Raises EditConflict where somebody else has written meanwhile; nothing is changed then.
    """
    text = section_text(concept, section, language)
    if text is None:
        return _first_text(concept, section, language, body, user)
    current = claim_edit(text, expected_version)
    current.body = body
    current.written_by = user
    current.save(update_fields=["body", "written_by", "updated_at"])
    return current


def _first_text(concept: Concept, section: str, language: str, body: str, user: User | None) -> SectionText:
    try:
        with transaction.atomic():
            return SectionText.objects.create(
                cluster=concept.cluster,
                concept=concept,
                section=section,
                language=language,
                body=body,
                written_by=user,
            )
    except IntegrityError as error:
        faster = section_text(concept, section, language)
        if faster is None:
            raise
        raise EditConflict(faster) from error


@transaction.atomic
def freeze_version(*, concept: Concept, label: str, note: str, user: User | None) -> ConceptVersion:
    """Keep the concept as it is today in every language of the cluster, figures included."""
    # The lock lets two people freeze at once without the same number.
    locked = Concept.objects.select_for_update().select_related("cluster").get(pk=concept.pk)
    cluster = locked.cluster
    today = timezone.localdate()
    reports = {
        language: to_json(concept_report(cluster, language=language, on=today))
        for language in cluster.languages
    }
    last = locked.versions.values_list("number", flat=True).first() or 0
    return ConceptVersion.objects.create(
        cluster=cluster,
        concept=locked,
        number=last + 1,
        label=label,
        note=note,
        reports=reports,
        frozen_by=user,
    )


def set_published(*, version: ConceptVersion, is_published: bool) -> None:
    """Open a version to partners, members and the funder, or close it again."""
    version.is_published = is_published
    version.save(update_fields=["is_published"])
