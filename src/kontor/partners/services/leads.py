"""Make a lead of a place or of a body; read places from a CORDIS table."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Organisation
from kontor.imports.cordis.tables import CordisTable
from kontor.imports.fields import Fault
from kontor.partners.catalogue import LANGUAGES
from kontor.partners.models import Partner, PartnerImport
from kontor.partners.queries.leads import LeadPlace, Sight, grouped, reference_of
from kontor.partners.services.facts import record_fact
from kontor.partners.services.profile import add_partner

MOST_NAMED = 15
MOST_PLACES = 400


@transaction.atomic
def take_place(
    *,
    cluster: Cluster,
    place: LeadPlace,
    source: str,
    by: User | None = None,
    batch: PartnerImport | None = None,
) -> Partner:
    """Return the lead that a place becomes, once, with who sits there and in how many projects.

    It carries the name of the place until somebody knows what the cluster there is called.
    """
    reference = reference_of(place.key)
    there = Partner.objects.filter(cluster=cluster, reference=reference).first()
    if there is not None:
        return there
    topics = ", ".join(place.topics)
    partner = add_partner(
        cluster=cluster,
        name=f"{place.place}: {topics}" if topics else place.place,
        country=place.country,
        region=place.region,
        city=place.city,
        reason=reason_for(place),
        by=by,
        reference=reference,
        imported_in=batch,
    )
    names = ", ".join(place.names[:MOST_NAMED])
    shared: dict[str, Any] = {"partner": partner, "source": source, "by": by}
    record_fact(field="key_actors", value=dict.fromkeys(LANGUAGES, names), **shared)
    if topics:
        record_fact(field="technology_focus", value=dict.fromkeys(LANGUAGES, topics), **shared)
    return partner


@transaction.atomic
def take_body(*, cluster: Cluster, organisation: Organisation, by: User | None = None) -> Partner:
    """Return the lead that a body of the directory becomes; once for each body."""
    there = Partner.objects.filter(cluster=cluster, organisation=organisation, is_own=False).first()
    if there is not None:
        return there
    return add_partner(
        cluster=cluster,
        name=organisation.name,
        country=organisation.country,
        short_name=organisation.short_name,
        region=organisation.region,
        city=organisation.city,
        website=organisation.website,
        organisation=organisation,
        reason=_("Stands in our directory as a body abroad."),
        by=by,
    )


def reason_for(place: LeadPlace) -> str:
    """Say why a place is worth a look."""
    organisations, projects = len(place.organisations), len(place.projects)
    if place.is_whole_country:
        who = ngettext(
            "%(number)s organisation in %(place)s", "%(number)s organisations in %(place)s", organisations
        )
    else:
        who = ngettext(
            "%(number)s organisation around %(place)s",
            "%(number)s organisations around %(place)s",
            organisations,
        )
    what = ngettext("in %(number)s project", "in %(number)s projects", projects)
    said = f"{who % {'number': organisations, 'place': place.place}} {what % {'number': projects}}"
    topics = ", ".join(place.topics)
    return f"{said}; {_('topic: %(topics)s') % {'topics': topics}}" if topics else said


@transaction.atomic
def read_cordis_table(
    *,
    cluster: Cluster,
    user: User | None,
    organisations: tuple[str, bytes],
    sciences: tuple[str, bytes] | None,
) -> PartnerImport:
    """Return the places of a CORDIS table of organisations, grouped by region and topic, kept for choosing.

    organisations, sciences: file name and bytes; sciences (euroSciVoc) names the topics and may be missing.
    Raises ImportRefused and keeps nothing then.
    """
    faults: list[Fault] = []
    subjects = _subjects(sciences, faults)
    table = CordisTable(organisations[1], organisations[0], "participants", faults)
    sights = [
        Sight(
            organisation=table.text(row, "organisationID"),
            name=table.text(row, "name"),
            country=table.country(row),
            region=table.text(row, "nutsCode"),
            city=table.once(row, "city").title(),
            project=table.text(row, "projectID"),
            subject=subjects.get(table.text(row, "projectID"), ""),
        )
        for row in table.rows
    ]
    usable = [each for each in sights if each.organisation and each.country not in ("", cluster.country)]
    places = sorted(grouped(usable), key=lambda each: (-len(each.organisations), each.key))[:MOST_PLACES]
    return PartnerImport.objects.create(
        cluster=cluster,
        kind=PartnerImport.Kind.CORDIS,
        file_name=PurePath(organisations[0]).name[:255],
        staged={"places": [_as_row(place) for place in places], "rows": len(table.rows)},
        created_by=user,
        finished_at=timezone.now(),
    )


def _subjects(sciences: tuple[str, bytes] | None, faults: list[Fault]) -> dict[str, str]:
    """Return project → its fields of science in words."""
    if sciences is None:
        return {}
    table = CordisTable(sciences[1], sciences[0], "sciences", faults)
    found: dict[str, str] = {}
    for row in table.rows:
        project, title = table.text(row, "projectID"), table.text(row, "euroSciVocTitle")
        found[project] = f"{found.get(project, '')} {title}"
    return found


def _as_row(place: LeadPlace) -> dict[str, Any]:
    """Return a place as JSON holds it."""
    return {
        "key": place.key,
        "country": place.country,
        "region": place.region,
        "cities": dict(place.cities),
        "organisations": place.organisations,
        "weights": dict(place.weights),
        "projects": sorted(place.projects),
        "words": dict(place.words.most_common(20)),
    }
