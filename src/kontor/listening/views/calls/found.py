"""Find campaigns and members on call lists: those of this cluster only."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kontor.accounts.views.wall import ClusterRequest
from kontor.listening.models import CallCampaign, CallTarget


def campaign_or_404(request: ClusterRequest, campaign_id: int) -> CallCampaign:
    """Return a campaign of this cluster."""
    found = CallCampaign.objects.select_related("version_asked__questionnaire", "cluster")
    return get_object_or_404(found, pk=campaign_id, cluster=request.cluster)


def target_or_404(request: ClusterRequest, target_id: int) -> CallTarget:
    """Return a member on a call list of this cluster."""
    rows = CallTarget.objects.select_related(
        "campaign__version_asked__questionnaire", "campaign__cluster", "organisation", "person", "reserved_by"
    )
    return get_object_or_404(rows, pk=target_id, cluster=request.cluster)
