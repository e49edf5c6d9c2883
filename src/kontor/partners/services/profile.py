"""Add, change and delete profiles of partner clusters, our own among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import claim_edit
from kontor.actors.models import Organisation
from kontor.needs.services import Remains, remove
from kontor.partners.models import Partner, PartnerImport, Stage, StageChange
from kontor.partners.problems import PartnerError
from kontor.partners.services.writing import filled, set_key, texts
from kontor.ui.vocabulary import country_choices

_EDITABLE = frozenset(
    (
        *("name", "short_name", "country", "region", "city", "website", "languages", "description"),
        *("organisation", "reference"),
    )
)


@transaction.atomic
def add_partner(
    *,
    cluster: Cluster,
    name: str,
    country: str,
    short_name: str = "",
    region: str = "",
    city: str = "",
    website: str = "",
    languages: Iterable[str] = (),
    description: Mapping[str, str] | str | None = None,
    organisation: Organisation | None = None,
    stage: str = Stage.LEAD,
    reason: str = "",
    at: date | None = None,
    by: User | None = None,
    reference: str = "",
    imported_in: PartnerImport | None = None,
) -> Partner:
    """Return a new partner cluster with the first line of its history of stages.

    country: ISO code. reason, at, by: why, when (today) and by whom it came to its stage. Raises PartnerError
    "profile.country_unknown", "profile.organisation_of_another_cluster" or "profile.reference_taken", and
    Django's ValidationError where a field is refused.
    """
    partner = Partner(
        cluster=cluster,
        name=name.strip(),
        short_name=short_name.strip(),
        country=country.strip().upper(),
        region=region.strip(),
        city=city.strip(),
        website=website.strip(),
        languages=list(languages),
        description=texts(description or {}),
        organisation=organisation,
        stage=stage,
        stage_reason=reason.strip(),
        stage_at=at or timezone.localdate(),
        stage_by=by,
        reference=reference.strip(),
        imported_in=imported_in,
    )
    _store(partner)
    StageChange.objects.create(
        cluster=cluster, partner=partner, stage=stage, reason=partner.stage_reason, at=partner.stage_at, by=by
    )
    return partner


@transaction.atomic
def update_partner(*, partner: Partner, expected_version: int, **fields: Any) -> Partner:
    """Return the partner cluster with `fields` changed, or raise EditConflict and change nothing.

    fields: any of name, short_name, country, region, city, website, languages, description, organisation,
    reference. Raises as `add_partner` does.
    """
    current = claim_edit(partner, expected_version)
    if "description" in fields:
        fields["description"] = texts(fields["description"] or {})
    filled(current, fields, _EDITABLE)
    _store(current)
    return current


@transaction.atomic
def own_profile(*, cluster: Cluster) -> Partner:
    """Return the profile of our own cluster, made on the first call.

    It never appears in lists and studies; facts, SWOT and needs are entered there as for any other.
    """
    found = Partner.objects.filter(cluster=cluster, is_own=True).first()
    if found is not None:
        return found
    partner = Partner(
        cluster=cluster,
        name=cluster.name,
        country=cluster.country,
        region=(cluster.regions or [""])[0],
        languages=list(cluster.languages),
        is_own=True,
        stage=Stage.PARTNER,
    )
    set_key(partner)
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        # Somebody else has opened it at the same moment.
        return Partner.objects.get(cluster=cluster, is_own=True)
    return partner


@transaction.atomic
def delete_partner(*, partner: Partner) -> Remains:
    """Delete the profile with all that is known of it; `needs.services.restore` brings back what is returned.

    Raises PartnerError "profile.in_use" where studies, agreements or the like stand on it.
    """
    users = uses_elsewhere(partner)
    if users:
        raise PartnerError("profile.in_use", name=partner.name, users=", ".join(users))
    return remove(partner)


def uses_elsewhere(partner: Partner) -> list[str]:
    """Return what kinds of things of other rooms point to the profile, by their names."""
    found = []
    for relation in Partner._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.app_label == "partners":
            continue
        if model._base_manager.filter(**{relation.field.name: partner}).exists():
            found.append(str(model._meta.verbose_name_plural))
    return found


def _store(partner: Partner) -> None:
    """Check and save a profile."""
    if partner.country not in dict(country_choices("en")):
        raise PartnerError("profile.country_unknown", country=partner.country)
    body = partner.organisation
    if body is not None and body.cluster_id != partner.cluster_id:
        raise PartnerError("profile.organisation_of_another_cluster")
    taken = Partner.objects.filter(cluster=partner.cluster_id, reference=partner.reference).exclude(
        pk=partner.pk
    )
    if partner.reference and taken.exists():
        raise PartnerError("profile.reference_taken", reference=partner.reference)
    set_key(partner)
    partner.full_clean()
    partner.save()
