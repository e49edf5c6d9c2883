"""Reads of the concept."""

from __future__ import annotations

from dataclasses import dataclass

from kontor.accounts.models import Cluster
from kontor.strategy.catalogue import SectionGuide, section_guides
from kontor.strategy.models import Concept, ConceptVersion, SectionText


def concept_of(cluster: Cluster) -> Concept | None:
    """Return the concept of `cluster`, or None before anybody has begun it."""
    return Concept.objects.filter(cluster=cluster).first()


def texts_in(concept: Concept, language: str) -> dict[str, str]:
    """Return what is written, by section code. One query."""
    rows = SectionText.objects.filter(concept=concept, language=language)
    return dict(rows.values_list("section", "body"))


@dataclass(frozen=True)
class SectionState:
    """How far one section is: in which of the cluster's languages it is written.

    written: languages with text.   lacking: languages of the cluster without.
    """

    guide: SectionGuide
    written: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def is_written(self) -> bool:
        """True where it is written in every language of the cluster."""
        return not self.lacking


def section_states(cluster: Cluster, language: str) -> list[SectionState]:
    """Return the state of the ten sections; titles in `language`. Two queries."""
    concept = concept_of(cluster)
    rows = (
        SectionText.objects.filter(concept=concept).exclude(body="")
        if concept
        else SectionText.objects.none()
    )
    written = set(rows.values_list("section", "language"))
    return [
        SectionState(
            guide=guide,
            written=tuple(code for code in cluster.languages if (guide.code, code) in written),
            lacking=tuple(code for code in cluster.languages if (guide.code, code) not in written),
        )
        for guide in section_guides(language)
    ]


def section_text(concept: Concept, section: str, language: str) -> SectionText | None:
    """Return one section's text with its author, or None."""
    rows = SectionText.objects.select_related("written_by")
    return rows.filter(concept=concept, section=section, language=language).first()


def versions_of(cluster: Cluster, *, only_published: bool = False) -> list[ConceptVersion]:
    """Return the frozen versions, newest first, without their contents. One query."""
    rows = ConceptVersion.objects.filter(cluster=cluster).select_related("frozen_by").defer("reports")
    return list(rows.filter(is_published=True) if only_published else rows)
