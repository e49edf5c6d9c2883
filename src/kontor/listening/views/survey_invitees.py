"""Who was invited: the list, more people, another contact, mails that came back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import Person
from kontor.actors.queries.people import may_be_written_to
from kontor.listening import exports_surveys
from kontor.listening.forms.survey import BounceFileForm
from kontor.listening.models import Invitee, Survey
from kontor.listening.problems import ListeningError
from kontor.listening.queries.surveys import lists
from kontor.listening.services import surveys as services
from kontor.listening.services.surveys.bounces import note_bounces, split_mails
from kontor.listening.services.surveys.sending import INVITATIONS
from kontor.listening.views.survey_access import MAY, refused, survey_or_404
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

PAGE = 50


@require_safe
@cluster_view(may=MAY)
def directory(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """List the invitees; the address holds filter, words and page."""
    survey = survey_or_404(request, survey_id)
    chosen = lists.InviteeFilter.read(request.GET.dict(), is_anonymous=survey.is_anonymous)
    page = Paginator(lists.invitees(survey, chosen), PAGE).get_page(request.GET.get("page"))
    rows = [(each, *_shown(each, survey)) for each in page.object_list]
    context = {"survey": survey, "page": page, "rows": rows, "chosen": chosen}
    context["groups"] = [{"label": _("State"), "choices": _chips(survey, chosen)}]
    return render(request, "listening/surveys/invitees.html", context)


@require_safe
@cluster_view(may=MAY)
def export(request: ClusterRequest, survey_id: int, file_format: str) -> HttpResponse:
    """Download the invitees that the list shows, all pages."""
    survey = survey_or_404(request, survey_id)
    chosen = lists.InviteeFilter.read(request.GET.dict(), is_anonymous=survey.is_anonymous)
    return exports_surveys.invitees_file(survey, lists.invitees(survey, chosen), file_format)


@cluster_view(may=MAY)
def add(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Invite more people while the survey runs."""
    survey = survey_or_404(request, survey_id)
    if survey.state != Survey.State.RUNNING:
        return refused(request, survey, ListeningError("survey.not_running"))
    if request.method == "POST":
        ids = {number_in(each) for each in request.POST.getlist("people")} - {0}
        new = services.add_people(survey=survey, person_ids=ids, now=timezone.now())
        if new:
            services.start_sending(survey=survey, what=INVITATIONS, requested_by=f"user:{request.user.pk}")
        text = ngettext("One more person is invited.", "%(count)s more people are invited.", new)
        notify(request, text % {"count": new})
        return redirect("listening:survey", request.cluster.slug, survey.pk)
    words = request.GET.get("q", "").strip()[:100]
    page = Paginator(lists.candidates(survey, words), PAGE).get_page(request.GET.get("page"))
    context = {"survey": survey, "page": page, "words": words}
    return render(request, "listening/surveys/add.html", context)


@cluster_view(may=MAY)
def invitee(request: ClusterRequest, survey_id: int, invitee_id: int) -> HttpResponse:
    """Choose another contact, or note by hand what became of a mail."""
    survey = survey_or_404(request, survey_id)
    rows = Invitee.objects.select_related("organisation", "person")
    row = get_object_or_404(rows, pk=invitee_id, survey=survey)
    if request.method == "POST":
        try:
            _change(request, survey, row)
        except ListeningError as problem:
            return refused(request, survey, problem)
        return redirect("listening:survey-invitees", request.cluster.slug, survey.pk)
    contacts = Person.objects.filter(may_be_written_to(), organisation=row.organisation_id)
    key, label, colour = _shown(row, survey)
    context: dict[str, Any] = {"survey": survey, "invitee": row, "label": label, "colour": colour}
    context["is_answered"] = key == "answered"
    context["contacts"] = contacts.exclude(pk=row.person_id or 0).order_by("pk")
    return render(request, "listening/surveys/invitee.html", context)


def _change(request: ClusterRequest, survey: Survey, row: Invitee) -> None:
    if "person" in request.POST:
        of_it = Person.objects.filter(cluster=request.cluster, pk=number_in(request.POST["person"]))
        person = of_it.first()
        if person is None:
            raise ListeningError("survey.contact_unsuitable")
        services.change_contact(invitee=row, person=person)
        if survey.state == Survey.State.RUNNING:
            services.start_sending(survey=survey, what=INVITATIONS, requested_by=f"user:{request.user.pk}")
        notify(request, _("The invitation goes to the other contact."))
    else:
        state = request.POST.get("state", "")
        services.mark_invitee(invitee=row, state=state, reason=_("noted by hand"))
        notify(request, _("Noted."))


@cluster_view(may=MAY)
def bounces(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Read mails that came back from a file."""
    survey = survey_or_404(request, survey_id)
    form = BounceFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        raw = form.cleaned_data["file"].read()
        noted = note_bounces(mails=split_mails(raw), cluster=request.cluster)
        counts = {"read": noted.read, "noted": noted.noted, "strange": noted.strange}
        notify(request, _("%(read)s mails read: %(noted)s addresses noted, %(strange)s left alone.") % counts)
        return redirect("listening:survey-invitees", request.cluster.slug, survey.pk)
    status = 422 if form.is_bound else 200
    return render(request, "listening/surveys/bounces.html", {"survey": survey, "form": form}, status=status)


def _shown(row: Invitee, survey: Survey) -> tuple[str, Any, str]:
    key = lists.standing_of(row, is_anonymous=survey.is_anonymous)
    return key, lists.LABELS[key], lists.TAGS[key]


def _chips(survey: Survey, chosen: lists.InviteeFilter) -> list[dict[str, Any]]:
    found = []
    for key, count in lists.counts(survey).items():
        is_on = chosen.standing == key
        url = "?" if is_on else f"?standing={key}"
        found.append({"label": lists.LABELS[key], "count": count, "url": url, "is_on": is_on})
    return found
