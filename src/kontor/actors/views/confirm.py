"""Confirm a profile without an account, through a signed link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kontor.accounts.models import TaskLink
from kontor.accounts.services import EditConflict, LinkRefused, Refused, open_link, renew_link
from kontor.accounts.services.links import find_link
from kontor.accounts.views.limits import too_fast
from kontor.accounts.views.wall import ClusterRequest, cluster_view, unlisted
from kontor.actors.errors import ActorError
from kontor.actors.forms.confirm import ConfirmForm
from kontor.actors.models import Person
from kontor.actors.queries.taxonomy import taxonomy
from kontor.actors.services import confirmation as services
from kontor.actors.views.editing import refuse
from kontor.ui.errors import explain
from kontor.ui.forms import differences, number_in
from kontor.ui.notices import notify


@require_POST
@cluster_view(may="actors.change_organisation")
def ask(request: ClusterRequest) -> HttpResponse:
    """Send the selected members a link to their profile."""
    ids = set(map(number_in, request.POST.getlist("ids"))) - {0}
    try:
        asked = services.ask_for_confirmation(cluster=request.cluster, organisation_ids=ids)
    except ActorError as error:
        messages.error(request, explain(error))
        return redirect("actors:directory", request.cluster.slug)
    sentence = ngettext("%(count)s member has been asked.", "%(count)s members have been asked.", asked.sent)
    notify(request, sentence % {"count": asked.sent})
    if asked.without_contact or asked.not_sent:
        missed = _(
            "Not asked: %(no_contact)s without a contact who agreed, %(failed)s whose mail was refused."
        )
        counts = {"no_contact": asked.without_contact, "failed": asked.not_sent}
        messages.warning(request, missed % counts)
    return redirect("actors:directory", request.cluster.slug)


@never_cache
@unlisted
def confirm(request: HttpRequest, cluster: str, token: str) -> HttpResponseBase:
    """Open the one task of a signed link: confirm or correct the profile."""
    link = find_link(cluster_slug=cluster, token=token, purpose=services.PURPOSE)
    if link is None:
        raise Http404
    with translation.override(_language(request, link)):
        try:
            open_link(cluster_slug=cluster, token=token, purpose=services.PURPOSE)
        except LinkRefused as error:
            return _refused(request, link, error)
        return _task(request, link)


def _language(request: HttpRequest, link: TaskLink) -> str:
    """Return the language that the person has chosen here, else that of the mail."""
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return (translation.get_language() or link.language) if has_chosen else link.language


def _task(request: HttpRequest, link: TaskLink) -> HttpResponse:
    people = Person.objects.select_related("organisation", "cluster")
    # Whoever used to have the mailbox that the person no longer has reads and changes nothing any more.
    person = get_object_or_404(people, pk=link.target, cluster=link.cluster, email__iexact=link.email)
    today = timezone.localdate()
    organisation = person.organisation
    held = [row for row in organisation.competences.select_related("competence") if row.is_valid_on(today)]
    size = next((row.size for row in organisation.sizes.all() if row.is_valid_on(today)), "")
    form = ConfirmForm(
        request.POST if request.method == "POST" else None,
        tree=taxonomy(link.cluster),
        held=held,
        row=organisation,
        initial={"size": size},
    )
    if request.method == "POST" and form.is_valid():
        return _store(request, link, person, form)
    version = request.POST.get("version") or organisation.version
    return _show(request, link, person, {"form": form, "version": version}, 422 if form.errors else 200)


def _store(request: HttpRequest, link: TaskLink, person: Person, form: ConfirmForm) -> HttpResponse:
    text = request.POST.get("version", "")
    try:
        services.confirm_profile(
            link=link,
            organisation=person.organisation,
            expected_version=number_in(text),
            answer=form.answer(),
            today=timezone.localdate(),
        )
    except LinkRefused as error:
        return _refused(request, link, error)
    except EditConflict as conflict:
        stored = form.current(conflict.current)
        more = {"is_conflict": True, "differences": differences(form, stored)}
        version = getattr(conflict.current, "version", 0)
        return _show(request, link, person, {"form": form, "version": version, **more}, 409)
    except (ActorError, ValidationError) as error:
        refuse(form, error)
        return _show(request, link, person, {"form": form, "version": text}, 422)
    context = {"cluster": link.cluster, "organisation": person.organisation}
    return render(request, "actors/confirmed.html", context)


def _show(
    request: HttpRequest, link: TaskLink, person: Person, more: dict[str, object], status: int
) -> HttpResponse:
    context = {
        "cluster": link.cluster,
        "person": person,
        "organisation": person.organisation,
        "link": link,
        "is_wide": True,
        "reload_url": request.path,
        **more,
    }
    return render(request, "actors/confirm.html", context, status=status)


def _refused(request: HttpRequest, link: TaskLink, error: LinkRefused) -> HttpResponse:
    """Say why the link opens nothing, and send a new one on request."""
    is_renewed = False
    problem = explain(error)
    if request.method == "POST" and "renew" in request.POST and error.code == "link.expired":
        if limited := too_fast(request, "new_link", f"{link.purpose}:{link.email}"):
            return limited
        try:
            is_renewed = _renew(link)
        except Refused as refusal:
            problem = explain(refusal)
    context = {
        "cluster": link.cluster,
        "problem": problem,
        "may_renew": error.code == "link.expired" and not is_renewed,
        "is_renewed": is_renewed,
    }
    return render(request, "actors/link_refused.html", context, status=200 if is_renewed else 410)


def _renew(link: TaskLink) -> bool:
    rows = Person.objects.filter(pk=link.target, cluster=link.cluster, email__iexact=link.email)
    person = rows.first()
    token = renew_link(link=link) if person else ""
    if person and token:
        services.send_confirmation_mail(link=link, person=person, token=token)
    return bool(token)
