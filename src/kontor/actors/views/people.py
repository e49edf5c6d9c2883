"""People: the list with their consent, and each one's life."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import FORMATS, people_file
from kontor.actors.forms.person import ConsentForm, PersonForm
from kontor.actors.models import Person
from kontor.actors.queries.people import Consent, consent_of, matching, people
from kontor.actors.services import person as services
from kontor.actors.views.access import day_asked, owned, require_edit, tabs
from kontor.actors.views.asked import toggled
from kontor.actors.views.editing import FormPage, answer, answer_deletion, expected_version, posted
from kontor.actors.views.facts import page_for
from kontor.actors.views.organisation import profile_url
from kontor.ui.notices import notify

PAGE_SIZE = 50


def _asked(request: ClusterRequest) -> tuple[list[Person], Counter[Consent]]:
    """Return the people that the address asks for, and how many there are of each consent."""
    found = list(people(request.cluster, day_asked(request)))
    found = matching(found, request.GET.get("q", "")[:100])
    counts = Counter(consent_of(person) for person in found)
    wanted = set(request.GET.getlist("consent"))
    if wanted:
        found = [person for person in found if consent_of(person) in wanted]
    if request.GET.get("sort") in ("organisation", "-organisation"):
        is_reverse = request.GET["sort"].startswith("-")
        found.sort(key=lambda person: person.organisation.name.casefold(), reverse=is_reverse)
    return found, counts


@cluster_view(may="actors.view_people")
def listing(request: ClusterRequest) -> HttpResponse:
    """Show all contacts, with who may be written to."""
    found, counts = _asked(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    chips = [
        {
            "label": state.label,
            "count": counts[state],
            "url": toggled(request.GET, "consent", state),
            "is_on": state in request.GET.getlist("consent"),
        }
        for state in Consent
    ]
    context = {
        "page": page,
        "people": [(person, consent_of(person)) for person in page],
        "groups": [{"label": _("Consent"), "choices": chips}],
        "total": sum(counts.values()),
        "agreed": counts[Consent.GIVEN],
        "query": request.GET.get("q", ""),
        **tabs(request),
    }
    return render(request, "actors/people.html", context)


@cluster_view(may="actors.view_people")
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Give the people as a file."""
    if file_format not in FORMATS:
        raise Http404
    return people_file(_asked(request)[0], file_format, cluster=request.cluster)


@cluster_view(may="actors.change_own_organisation")
def create(request: ClusterRequest, pk: int) -> HttpResponse:
    """Add a contact to an organisation."""
    organisation = owned(request, pk)
    form = PersonForm(posted(request))
    lead = _("Write to the person only after they have agreed; record the agreement on the next page.")
    page = page_for(request, organisation, _("New contact of %(name)s") % {"name": organisation.name}, lead)

    def save() -> None:
        services.create_person(organisation=organisation, **form.values())

    return answer(request, form, page, save)


@cluster_view(may="actors.change_own_organisation")
def edit(request: ClusterRequest, pk: int) -> HttpResponse:
    """Change a contact."""
    person = _person(request, pk)
    form = PersonForm(posted(request), row=person)
    page = page_for(request, person.organisation, _("Edit %(name)s") % {"name": person}, "")

    def save() -> None:
        services.update_person(person=person, expected_version=expected_version(request), **form.values())

    return answer(request, form, page, save, row=person)


@cluster_view(may="actors.change_own_organisation")
def consent(request: ClusterRequest, pk: int) -> HttpResponse:
    """Record that the person agreed."""
    person = _person(request, pk)
    form = ConsentForm(posted(request), initial={"consent_on": timezone.localdate()})
    lead = _("Only people who agreed are written to. Keep what they agreed to where you can find it.")
    page = page_for(request, person.organisation, _("Consent of %(name)s") % {"name": person}, lead)

    def save() -> None:
        services.record_consent(person=person, **form.cleaned_data)

    return answer(request, form, page, save)


@require_POST
@cluster_view(may="actors.change_own_organisation")
def withdraw(request: ClusterRequest, pk: int) -> HttpResponse:
    """Record that the person does not want to be written to any more."""
    person = _person(request, pk)
    services.withdraw_consent(person=person, withdrawn_on=timezone.localdate())
    notify(request, _("%(name)s is not written to any more.") % {"name": person})
    return redirect("actors:organisation", request.cluster.slug, person.organisation_id)


@cluster_view(may="actors.change_own_organisation")
def delete(request: ClusterRequest, pk: int) -> HttpResponse:
    """Delete a contact; asks by name."""
    person = _person(request, pk)
    back = profile_url(person.organisation, request)
    page = FormPage(
        title=_("Delete %(name)s") % {"name": person},
        lead=_("Name, addresses and consent are deleted. Needs that the person told stay, without the name."),
        back=back,
        crumbs=[
            *_way_to_people(request),
            (person.organisation.name, back),
        ],
        submit=_("Delete for good"),
        done=_("%(name)s has been deleted.") % {"name": person},
    )
    sentence = _("This cannot be undone.")
    return answer_deletion(
        request, page, lambda: services.delete_person(person=person), name=str(person), sentence=sentence
    )


def _person(request: ClusterRequest, pk: int) -> Person:
    rows = Person.objects.select_related("organisation")
    person = get_object_or_404(rows, pk=pk, cluster=request.cluster)
    require_edit(request, person.organisation_id)
    return person


def _way_to_people(request: ClusterRequest) -> list[tuple[str, str]]:
    """Return the crumb of the list for those who may see it; members see their own people only."""
    if not request.access.may("actors.view_people"):
        return []
    return [(_("People"), reverse("actors:people", args=[request.cluster.slug]))]
