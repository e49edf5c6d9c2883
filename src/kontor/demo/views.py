"""One click to the demo cluster, for those who operate the installation."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.models import User
from kontor.demo.build import SLUG
from kontor.jobs.models import Job
from kontor.jobs.queries import standing
from kontor.jobs.services import start_job

SCOPE, KIND = "installation", "demo.load"


@require_POST
@login_required
def load(request: HttpRequest) -> HttpResponse:
    """Begin to build the demo cluster; a second click joins the first."""
    user = _operator(request)
    start_job(kind=KIND, argument={"user": user.pk}, scope=SCOPE, requested_by=f"user:{user.pk}", key=SLUG)
    return redirect("demo:progress")


@require_safe
@login_required
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far it is; htmx asks for the fragment each second."""
    _operator(request)
    job = Job.objects.filter(scope=SCOPE, kind=KIND).order_by("-pk").first()
    if job is None:
        return redirect("accounts:clusters")
    is_fragment = bool(getattr(request, "htmx", False))
    return render(request, "jobs/progress.html" if is_fragment else "demo/progress.html", _context(job))


def _operator(request: HttpRequest) -> User:
    user = cast("User", request.user)
    if not user.is_operator:
        raise PermissionDenied
    return user


def _context(job: Job) -> dict[str, Any]:
    return {
        "title": _("The demo cluster is being built"),
        "standing": standing(job),
        "poll_url": reverse("demo:progress"),
        "done_url": reverse("journey:today", args=[SLUG]),
        "done_label": _("Look around"),
    }
