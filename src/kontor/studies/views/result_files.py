"""The result as files: Excel, CSV, Word, PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.countries.exports import paper_file
from kontor.studies.exports_result import result_file
from kontor.studies.papers import result_report
from kontor.studies.reading import reading_of
from kontor.studies.views.found import study_or_404
from kontor.studies.views.result import RESULT


@require_safe
@cluster_view(may=RESULT)
def table(request: ClusterRequest, study_id: int, file_format: str) -> HttpResponse:
    """Download the result as Excel or CSV."""
    return result_file(reading_of(study_or_404(request, study_id)), file_format)


@require_safe
@cluster_view(may=RESULT)
def paper(request: ClusterRequest, study_id: int, language: str, kind: str) -> HttpResponse:
    """Download the result as Word or PDF in one language."""
    reading = reading_of(study_or_404(request, study_id))
    report = result_report(reading, language=language)
    with override(language):
        return paper_file(report, kind, cluster=request.cluster)
