"""Who weighs and scores: add, change, remove, send links and reminders."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.services.mail import public_address
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.jobs.models import Job
from kontor.jobs.queries import standing as job_standing
from kontor.studies import exports
from kontor.studies.forms.people import AssessorForm, stored
from kontor.studies.models import Assessor, Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.people import people_rows, people_to_ask, team_to_ask
from kontor.studies.services import inviting, inviting_sending
from kontor.studies.views.found import CHANGE, JUDGEMENTS, assessor_or_404, refused, study_or_404, ticked
from kontor.ui.errors import explain
from kontor.ui.notices import notify

PAGE = 50


@require_safe
@cluster_view(may=JUDGEMENTS)
def people(request: ClusterRequest, study_id: int) -> HttpResponse:
    """List the assessors with what each has handed in, never what it says."""
    study = study_or_404(request, study_id)
    return _page(request, study, AssessorForm())


@require_safe
@cluster_view(may=JUDGEMENTS)
def export(request: ClusterRequest, study_id: int, file_format: str) -> HttpResponse:
    """Download the list of assessors."""
    study = study_or_404(request, study_id)
    return exports.people_file(study, people_rows(study), file_format)


@require_POST
@cluster_view(may=CHANGE)
def add(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Add somebody by name and address."""
    study = study_or_404(request, study_id)
    form = AssessorForm(request.POST)
    if form.is_valid():
        try:
            made = inviting.add_assessor(study=study, **form.values())
        except StudyError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("“%(name)s” takes part now.") % {"name": made.name})
            return redirect("studies:people", request.cluster.slug, study.pk)
    return _page(request, study, form, status=422)


@cluster_view(may=CHANGE)
def members(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Add people of the members; only those who have agreed to be written to are offered."""
    study = study_or_404(request, study_id)
    if request.method == "POST":
        try:
            number = inviting.add_people(study=study, person_ids=ticked(request, "people"))
        except StudyError as problem:
            return refused(request, study, problem)
        return _added(request, study, number)
    words = request.GET.get("q", "").strip()[:100]
    found = people_to_ask(study, timezone.localdate(), words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"study": study, "page": page, "words": words}
    return render(request, "studies/people_members.html", context)


@require_POST
@cluster_view(may=CHANGE)
def team(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Add people of the cluster office."""
    study = study_or_404(request, study_id)
    try:
        number = inviting.add_team(study=study, user_ids=ticked(request, "users"))
    except StudyError as problem:
        return refused(request, study, problem)
    return _added(request, study, number)


@cluster_view(may=CHANGE)
def edit(request: ClusterRequest, study_id: int, assessor_id: int) -> HttpResponse:
    """Change an assessor."""
    study = study_or_404(request, study_id)
    assessor = assessor_or_404(study, assessor_id)
    form = AssessorForm(request.POST or None, initial=stored(assessor))
    if request.method == "POST" and form.is_valid():
        try:
            inviting.update_assessor(assessor=assessor, **form.values())
        except StudyError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("Saved."))
            return redirect("studies:people", request.cluster.slug, study.pk)
    context = {"study": study, "assessor": assessor, "form": form}
    return render(request, "studies/person_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@cluster_view(may=CHANGE)
def remove(request: ClusterRequest, study_id: int, assessor_id: int) -> HttpResponse:
    """Take somebody out with what this person weighed and scored; the browser has asked before."""
    study = study_or_404(request, study_id)
    assessor = assessor_or_404(study, assessor_id)
    try:
        inviting.remove_assessor(assessor=assessor)
    except StudyError as problem:
        return refused(request, study, problem)
    notify(request, _("“%(name)s” no longer takes part.") % {"name": assessor.name})
    return redirect("studies:people", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def link(request: ClusterRequest, study_id: int, assessor_id: int) -> HttpResponse:
    """Make a new link and show it once; the earlier one opens nothing any more."""
    study = study_or_404(request, study_id)
    assessor = assessor_or_404(study, assessor_id)
    try:
        token = inviting.new_link(assessor=assessor)
    except StudyError as problem:
        return refused(request, study, problem)
    link_address = public_address(reverse("studies:assess", args=[request.cluster.slug, token]))
    context = {"study": study, "assessor": assessor, "address": link_address}
    return render(request, "studies/person_link.html", context)


@require_POST
@cluster_view(may=CHANGE)
def send(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Queue the links, or reminders to those who have not handed in."""
    study = study_or_404(request, study_id)
    act = inviting_sending.remind if request.POST.get("what") == "reminders" else inviting_sending.invite
    try:
        act(study=study, now=timezone.now(), requested_by=f"user:{request.user.pk}")
    except StudyError as problem:
        return refused(request, study, problem)
    return redirect("studies:people", request.cluster.slug, study.pk)


@require_safe
@cluster_view(may=CHANGE)
def progress(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Return how far the mails are; htmx asks each second."""
    study = study_or_404(request, study_id)
    job = inviting_sending.latest_job(study)
    if job is None or not request.htmx:
        return redirect("studies:people", request.cluster.slug, study.pk)
    return render(request, "jobs/progress.html", _progress(study, job))


def _added(request: ClusterRequest, study: Study, number: int) -> HttpResponse:
    text = ngettext("%(number)s person takes part now.", "%(number)s people take part now.", number)
    notify(request, text % {"number": number})
    return redirect("studies:people", request.cluster.slug, study.pk)


def _page(request: ClusterRequest, study: Study, form: AssessorForm, status: int = 200) -> HttpResponse:
    may_change = request.access.may(CHANGE) and study.state != Study.State.DECIDED
    job = inviting_sending.latest_job(study)
    rows = people_rows(study)
    now = timezone.now()
    context: dict[str, Any] = {
        "study": study,
        "rows": rows,
        "form": form,
        "may_change": may_change,
        "team": list(team_to_ask(study)) if may_change else [],
        "is_running": study.state in inviting_sending.RUNNING,
        "to_invite": sum(row.mail_state == "waiting" for row in rows),
        "to_remind": inviting_sending.to_remind(study, now).count(),
        "progress": _progress(study, job) if job else None,
        "done": sum(row.is_done for row in rows),
        "groups": Assessor.Group.choices,
    }
    return render(request, "studies/people.html", context, status=status)


def _progress(study: Study, job: Job) -> dict[str, Any]:
    return {
        "title": _("The mails are on their way"),
        "standing": job_standing(job),
        "poll_url": reverse("studies:people-progress", args=[study.cluster.slug, study.pk]),
        "done_url": reverse("studies:people", args=[study.cluster.slug, study.pk]),
        "done_label": _("See how it stands"),
    }
