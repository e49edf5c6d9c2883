"""The concept as a report: what people wrote, and what the chapters tell from their data today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.evidence import EVIDENCE as ACTORS_EVIDENCE
from kontor.cooperation.evidence import EVIDENCE as COOPERATION_EVIDENCE
from kontor.countries.evidence import EVIDENCE as COUNTRIES_EVIDENCE
from kontor.goals.evidence import EVIDENCE as GOALS_EVIDENCE
from kontor.listening.evidence import EVIDENCE as LISTENING_EVIDENCE
from kontor.needs.evidence import EVIDENCE as NEEDS_EVIDENCE
from kontor.partners.evidence import EVIDENCE as PARTNERS_EVIDENCE
from kontor.reports.model import Block, Chart, FigureRow, Missing, Prose, Report, Section, Table
from kontor.strategy.catalogue import SectionGuide, section_guides
from kontor.strategy.queries import concept_of, texts_in
from kontor.studies.evidence import EVIDENCE as STUDIES_EVIDENCE

EVIDENCE: Mapping[str, Callable[[Cluster, date], Block]] = {
    **ACTORS_EVIDENCE,
    **NEEDS_EVIDENCE,
    **LISTENING_EVIDENCE,
    **GOALS_EVIDENCE,
    **PARTNERS_EVIDENCE,
    **STUDIES_EVIDENCE,
    **COOPERATION_EVIDENCE,
    **COUNTRIES_EVIDENCE,
}


def concept_report(cluster: Cluster, *, language: str, on: date) -> Report:
    """Return the concept of `cluster` in `language` with every figure as of `on`."""
    concept = concept_of(cluster)
    with translation.override(language):
        texts = texts_in(concept, language) if concept else {}
        guides = section_guides(language)
        return Report(
            title=str(concept.title) if concept else _("Internationalisation concept"),
            subtitle=cluster.name,
            author=cluster.name,
            language=language,
            as_of=on,
            sections=tuple(_section(cluster, guide, texts.get(guide.code, ""), on) for guide in guides),
        )


def _section(cluster: Cluster, guide: SectionGuide, text: str, on: date) -> Section:
    blocks: list[Block] = [Prose(text)] if text.strip() else []
    blocks.extend(evidence_of(cluster, guide, on))
    if not text.strip():
        blocks.append(Missing(guide.missing, guide.asks))
    return Section(guide.code, guide.title, tuple(blocks))


def evidence_of(cluster: Cluster, guide: SectionGuide, on: date) -> list[Block]:
    """Return what the data says for this section; what would be empty is left out."""
    blocks = [EVIDENCE[code](cluster, on) for code in guide.evidence]
    return [block for block in blocks if not is_empty(block)]


def is_empty(block: Block) -> bool:
    """True for a table or chart without rows and for figures that are not known."""
    if isinstance(block, Chart):
        return not block.table.rows
    if isinstance(block, Table):
        return not block.rows
    if isinstance(block, FigureRow):
        return all(figure.value is None for figure in block.figures)
    return False
