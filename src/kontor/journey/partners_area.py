"""The area "Partners" at a glance: from candidates to what is done together, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.rules import Access
from kontor.cooperation.queries import relations
from kontor.countries.queries import countries_in_view
from kontor.criteria.queries import latest_version
from kontor.partners.models import Stage
from kontor.partners.queries import partners_of
from kontor.studies.models import Study
from kontor.studies.queries.listing import studies_of


@dataclass(frozen=True)
class Station:
    """One station on the way to a partner: what there is, in a sentence, and where it is kept.

    is_begun: whether there is anything yet.
    """

    title: str
    sentence: str
    url: str
    is_begun: bool


def stations(access: Access, on: date) -> list[Station]:
    """Return the stations that the person may enter, in the order of the way."""
    makers: tuple[tuple[str, Callable[[Access, date], Station]], ...] = (
        ("partners.view_partner", _partners),
        ("countries.view_country", _countries),
        ("criteria.view_catalogue", _criteria),
        ("studies.view_study", _studies),
        ("cooperation.view_cooperation", _cooperation),
    )
    return [make(access, on) for permission, make in makers if access.may(permission)]


def _partners(access: Access, _on: date) -> Station:
    counted = Counter(partners_of(access.cluster).values_list("stage", flat=True))
    total = sum(counted.values())
    told = [f"{counted[stage]} {label}" for stage, label in Stage.choices if counted[stage]]
    sentence = " · ".join(told) if total else _("No partner cluster has been recorded yet.")
    return Station(_("Partner clusters"), sentence, _url("partners", access), bool(total))


def _countries(access: Access, _on: date) -> Station:
    number = len(countries_in_view(access.cluster))
    sentence = ngettext("%(number)s country in view", "%(number)s countries in view", number)
    told = sentence % {"number": number} if number else _("No country has been looked at yet.")
    return Station(_("Countries and regions"), told, _url("countries", access), bool(number))


def _criteria(access: Access, _on: date) -> Station:
    version = latest_version(access.cluster)
    if version is None:
        told = _("No version of the criteria has been published yet.")
        return Station(_("Criteria"), told, _url("criteria", access), False)
    number = len(version.codes)
    sentence = ngettext(
        "Version %(version)s with %(number)s criterion",
        "Version %(version)s with %(number)s criteria",
        number,
    )
    told = sentence % {"version": version.number, "number": number}
    return Station(_("Criteria"), told, _url("criteria", access), True)


def _studies(access: Access, _on: date) -> Station:
    found = list(studies_of(access.cluster))
    told = " · ".join(f"{each.title}: {Study.State(each.state).label}" for each in found[:3])
    sentence = told or _("No study has been begun yet.")
    return Station(_("Studies"), sentence, _url("studies", access), bool(found))


def _cooperation(access: Access, on: date) -> Station:
    found = relations(access.cluster, on)
    agreed = sum(each.is_agreed for each in found)
    coming = sum(len(each.coming) for each in found)
    sentence = _("%(partners)s with a protocol: %(agreed)s · planned or under way: %(coming)s")
    partners = ngettext("%(number)s partner", "%(number)s partners", len(found)) % {"number": len(found)}
    told = sentence % {"partners": partners, "agreed": agreed, "coming": coming}
    empty = _("No partner has been chosen yet.")
    return Station(_("Cooperation"), told if found else empty, _url("cooperation", access), bool(found))


def _url(room: str, access: Access) -> str:
    return reverse(f"{room}:overview", args=[access.cluster.slug])
