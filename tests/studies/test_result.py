"""The pages of the result: what they say, what they cost, who may see them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.studies.models import Outcome, Study
from tests.studies.factories import ScenarioFactory, ScoreFactory, made_study

pytestmark = pytest.mark.django_db

PAGES = ("result", "result-robust", "result-facts", "result-groups", "scenarios", "slider")
CELLS = [[4, 2, None], [3, 5, 2], [1, (1, 2, 4), 3]]


def url(name, study, *args):
    return reverse(f"studies:{name}", args=[study.cluster.slug, study.pk, *args])


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def study(cluster):
    made = made_study(
        CELLS, cluster=cluster, weights=[3, 1, 2], people={"Ada": [3, 1, 1], "Bo": [1, 1, 3]}, state="open"
    )
    from django.utils import timezone

    Study.objects.filter(pk=made.pk).update(weights_opened_at=timezone.now())
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_pages_open(manager_client, study, page, language):
    ScenarioFactory(study=study, changes={"weights": {"c2": 1.0}})
    manager_client.cookies["kontor_language"] = language

    assert manager_client.get(url(page, study)).status_code == 200


def test_candidate_page_opens(manager_client, study):
    for candidate in study.candidates.all():
        assert manager_client.get(url("candidate-result", study, candidate.pk)).status_code == 200
