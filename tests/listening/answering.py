"""What the tests of surveys share: a survey under way, and a link into it."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from kontor.listening.models import Invitee, Survey
from kontor.listening.services.surveys.links import links_for
from tests.factories import MembershipFactory, PersonFactory, SurveyFactory

TICKED = {"q-topics": "market_access"}


def agreed(organisation, **fields):
    """Return a contact of the organisation who may be written to."""
    return PersonFactory(organisation=organisation, consent_on=date(2026, 1, 5), **fields)


def member(cluster, **fields):
    """Return a member of the cluster with a contact who may be written to."""
    membership = MembershipFactory(organisation__cluster=cluster, **fields)
    agreed(membership.organisation)
    return membership.organisation


def running(cluster, **fields) -> Survey:
    """Return a survey that runs in the cluster since an hour ago."""
    opened = timezone.now() - timedelta(hours=1)
    return SurveyFactory(cluster=cluster, opened_at=opened, **fields)


def link_of(invitee: Invitee) -> str:
    """Return the address at which somebody answers."""
    token = links_for(invitee.survey, [invitee])[invitee.pk]
    return reverse("answering:answer", args=[invitee.cluster.slug, token])
