"""The list of studies: state, progress and next step of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from kontor.accounts.models import Cluster
from kontor.studies.models import Study
from kontor.studies.queries.progress import Progress, progress_of


@dataclass(frozen=True)
class StudyRow:
    """One study of a list."""

    study: Study
    progress: Progress


def studies_of(cluster: Cluster) -> QuerySet[Study]:
    """Return the cluster's studies, the latest first. One query."""
    found = Study.objects.filter(cluster=cluster).select_related("cluster", "catalogue_version")
    return found.order_by("-pk")


def study_rows(cluster: Cluster) -> list[StudyRow]:
    """Return the studies with how far they are. Five queries, for any number."""
    studies = list(studies_of(cluster).defer("catalogue_version__content"))
    found = progress_of(studies)
    return [StudyRow(study, found[study.pk]) for study in studies]
