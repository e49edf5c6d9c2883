"""First scouting: where members want to go, whom they know there already, and where nobody has been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.actors.models import Organisation, OrganisationKind
from kontor.actors.views.access import tabs
from kontor.needs.analysis import Facet, Material, Ranked, ranked
from kontor.needs.analysis.guarding import without_small
from kontor.needs.confidentiality import guarded
from kontor.needs.models import NeedTopic
from kontor.needs.queries.listing import number
from kontor.needs.queries.material import Scope, gather
from kontor.needs.queries.scouting import Contact, Place, places
from kontor.reports.lists import ListRow
from kontor.reports.model import Column
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name

MOST_CARDS, MOST_CONTACTS, MOST_NAMES = 6, 8, 4


@dataclass(frozen=True)
class ShownContact:
    """An organisation abroad and what is to say of it; members by name for the management only."""

    contact: Contact
    kind: Text
    facts: tuple[str, ...]


@dataclass(frozen=True)
class ShownPlace:
    """A country. wanted: members who ask for it; knowing: members who know somebody; None where hidden."""

    place: Place
    name: str
    wanted: int | None
    share: float | None
    knowing: int | None
    url: str
    goal_url: str

    @property
    def more(self) -> int:
        """Return how many organisations its card leaves out."""
        return max(0, len(self.place.contacts) - MOST_CONTACTS)


@cluster_view(may="needs.view_summary")
def scouting(request: ClusterRequest) -> HttpResponse:
    """Show the countries wanted with the organisations known there; `?topic=` looks at one topic."""
    topic = _topic(request)
    shown = [_shown(request, place, topic) for place in _places(request, topic)]
    wanted = [each for each in shown if each.place.wanted]
    names = _members(request, shown)
    context = {
        "wanted": wanted,
        "cards": [_with_contacts(each, names) for each in wanted[:MOST_CARDS]],
        "unasked": [each for each in shown if not each.place.wanted],
        "white_spots": [each for each in wanted if each.place.is_white_spot],
        "topic": topic,
        "topics": NeedTopic.objects.filter(cluster=request.cluster).order_by("kind", "code"),
        "sees_all": request.access.may("needs.view_need"),
        "may_change": request.access.may("needs.change_need"),
        "may_see_organisations": request.access.may("actors.view_directory"),
    }
    return render(request, "needs/scouting.html", tabs(request) | context)


@cluster_view(may="needs.view_summary")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download every organisation known in the countries wanted; members' names for the management only."""
    topic = _topic(request)
    shown = [_shown(request, place, topic) for place in _places(request, topic)]
    names = _members(request, shown, everybody=True)
    texts = (_("Country"), _("Organisation"), _("Kind of organisation"), _("Members who know it"))
    columns = [Column(_("Wanted by")), *map(Column, texts), Column(_("Joint projects"), "count")]
    rows = [row for each in shown for row in _file_rows(each, names)]
    return list_file(_("First scouting"), columns, rows, form, cluster=request.cluster)


def _places(request: ClusterRequest, topic: NeedTopic | None) -> tuple[Place, ...]:
    today = timezone.localdate()
    material = gather(request.cluster, Scope(today))
    wanted: tuple[Ranked, ...] = ranked(_of_topic(material, topic), Facet.COUNTRY)
    if not request.access.may("needs.view_need"):
        wanted = without_small(wanted)
    return places(request.cluster, today, wanted)


def _of_topic(material: Material, topic: NeedTopic | None) -> Material:
    if topic is None:
        return material
    return material.narrowed(lambda voice: voice.topic == topic.pk)


def _topic(request: ClusterRequest) -> NeedTopic | None:
    key = number(request.GET.get("topic", ""))
    return NeedTopic.objects.filter(cluster=request.cluster, pk=int(key)).first() if key else None


def _shown(request: ClusterRequest, place: Place, topic: NeedTopic | None) -> ShownPlace:
    sees_all = request.access.may("needs.view_need")
    knowing = len(place.members) if sees_all else guarded(len(place.members))
    asked = f"members=1&country={place.country}" + (f"&topic={topic.pk}" if topic else "")
    slug, wanted = request.cluster.slug, place.wanted
    may_change = request.access.may("needs.change_need")
    return ShownPlace(
        place=place,
        name=country_name(place.country, get_language() or "en"),
        wanted=wanted.organisations if wanted else None,
        share=wanted.share if wanted else None,
        knowing=knowing,
        url=f"{reverse('needs:directory', args=[slug])}?{asked}" if sees_all else "",
        goal_url=f"{reverse('goals:answer', args=[slug])}?{asked}" if may_change else "",
    )


def _members(request: ClusterRequest, shown: list[ShownPlace], *, everybody: bool = False) -> dict[int, str]:
    """Return the names of the members that the page names; nobody's for those who see counts only."""
    if not request.access.may("needs.view_need"):
        return {}
    cards = shown if everybody else [each for each in shown if each.place.wanted][:MOST_CARDS]
    most = None if everybody else MOST_CONTACTS
    keys = {pk for each in cards for contact in each.place.contacts[:most] for pk in contact.members}
    return dict(Organisation.objects.filter(cluster=request.cluster, pk__in=keys).values_list("pk", "name"))


def _with_contacts(each: ShownPlace, names: dict[int, str]) -> dict[str, Any]:
    contacts = [_contact(contact, names) for contact in each.place.contacts[:MOST_CONTACTS]]
    return {"shown": each, "contacts": contacts, "bodies": len(each.place.bodies)}


def _contact(contact: Contact, names: dict[int, str]) -> ShownContact:
    kind, projects = OrganisationKind(contact.kind).label, len(contact.projects)
    facts = [] if contact.is_body else [str(kind)]
    if projects:
        text = ngettext("%(number)s joint project", "%(number)s joint projects", projects)
        facts.append(text % {"number": projects})
    own = sorted(names[pk] for pk in contact.members if pk in names)
    if own:
        facts.append(_known_to(own))
    elif not projects:
        facts.append(_("tied to a member") if contact.members else _("no tie to a member yet"))
    return ShownContact(contact, kind, tuple(facts))


def _known_to(own: list[str]) -> str:
    values = {"names": ", ".join(own[:MOST_NAMES]), "number": len(own) - MOST_NAMES}
    if len(own) > MOST_NAMES:
        return _("known to %(names)s and %(number)s more") % values
    return _("known to %(names)s") % values


def _file_rows(each: ShownPlace, names: dict[int, str]) -> list[ListRow]:
    wanted = each.wanted if each.wanted is not None else "–"
    if not each.place.contacts:
        return [(wanted, each.name, _("nobody known yet"), "", "", None)]
    return [
        (
            *(wanted, each.name, contact.name, str(OrganisationKind(contact.kind).label)),
            "; ".join(sorted(names[pk] for pk in contact.members if pk in names)),
            len(contact.projects),
        )
        for contact in each.place.contacts
    ]
