"""What is measured, each beside the figure that the house asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.reports.sample import report as forty_pages

from bench import studies, surveys
from bench.large import Large
from bench.members import member_list
from bench.timing import median_ms, tell
from kontor.accounts.services import found_cluster
from kontor.actors.models import Membership, Organisation
from kontor.actors.services.importing.members import import_members_file
from kontor.reports.docx import render_docx
from kontor.reports.pdf import render_pdf

ASKED_MS = {"page": 50, "thousand": 100, "today": 100, "profile": 50, "import": 5_000, "document": 5_000}


def run(large: Large) -> None:
    """Measure pages, import and documents, and print them."""
    _pages(large)
    _import()
    _documents()
    surveys.run(large.manager)
    studies.run(large.cluster, large.manager)


def _pages(large: Large) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(large.manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    slug = large.cluster.slug
    member = Organisation.objects.filter(memberships__cluster=large.cluster).order_by("pk")[500]
    directory = reverse("actors:directory", args=[slug])
    tell("Directory, page of 50", median_ms(_get(client, directory)), ASKED_MS["page"])
    tell("Directory, 1,000 rows", median_ms(_get(client, f"{directory}?rows=1000")), ASKED_MS["thousand"])
    tell("Today", median_ms(_get(client, reverse("journey:today", args=[slug]))), ASKED_MS["today"])
    analysis = reverse("needs:analysis", args=[slug])
    tell("Needs analysis", median_ms(_get(client, analysis)), ASKED_MS["thousand"])
    profile = reverse("actors:organisation", args=[slug, member.pk])
    tell("Member profile", median_ms(_get(client, profile)), ASKED_MS["profile"])


def _get(client: Client, url: str) -> Callable[[], HttpResponse]:
    def ask() -> HttpResponse:
        response = client.get(url)
        if response.status_code != 200:
            sys.exit(f"{url} answered {response.status_code}")
        return response

    return ask


def _import() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "members.xlsx"
        path.write_bytes(member_list(1_000))
        numbers = iter(range(100))

        def bring_in() -> None:
            cluster = found_cluster(
                slug=f"import-{next(numbers)}", name="Import", requires_second_factor=False
            )
            import_members_file(cluster, path)
            if Membership.objects.filter(cluster=cluster).count() != 1_000:
                sys.exit("The import did not bring in 1,000 members.")

        tell(
            "Import of 1,000 members from Excel", median_ms(bring_in, rounds=3, warm_up=0), ASKED_MS["import"]
        )


def _documents() -> None:
    report = forty_pages("de")
    word = median_ms(lambda: BytesIO(render_docx(report)), rounds=3, warm_up=0)
    tell("Document of 40 pages, 15 charts: Word", word, ASKED_MS["document"])
    pdf = median_ms(lambda: BytesIO(render_pdf(report)), rounds=3, warm_up=0)
    tell("Document of 40 pages, 15 charts: PDF", pdf, ASKED_MS["document"])
