"""Organisations: create, update, delete."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.folding import search_key
from kontor.actors.models import Organisation
from kontor.actors.services.writing import store

# The EU writes two countries otherwise than ISO 3166, and regions begin with the EU's code.
_REGION_PREFIX = {"GR": "EL", "GB": "UK"}


@transaction.atomic
def create_organisation(*, cluster: Cluster, **fields: Any) -> Organisation:
    """Return a new organisation of `cluster`; raises ValidationError where a field is refused."""
    return _settle(Organisation(cluster=cluster), fields)


@transaction.atomic
def update_organisation(*, organisation: Organisation, expected_version: int, **fields: Any) -> Organisation:
    """Return the organisation with `fields` changed; raises EditConflict or ValidationError."""
    return _settle(claim_edit(organisation, expected_version), fields)


@transaction.atomic
def delete_organisation(*, organisation: Organisation) -> None:
    """Delete the organisation and all that hangs on it: people, memberships, ties, needs."""
    organisation.delete()


def _settle(organisation: Organisation, fields: dict[str, Any]) -> Organisation:
    for name in ("country", "region"):
        if name in fields:
            fields[name] = str(fields[name]).strip().upper()
    merged = {name: fields.get(name, getattr(organisation, name)) for name in _KEY_FIELDS}
    _require_region_in_country(merged["country"], merged["region"])
    key = search_key(merged["name"], merged["short_name"], merged["city"])
    return store(organisation, **fields, search_key=key)


_KEY_FIELDS = ("name", "short_name", "city", "country", "region")


def _require_region_in_country(country: str, region: str) -> None:
    if region and region[:2] != _REGION_PREFIX.get(country, country):
        sentence = _("This region does not lie in the country of the organisation.")
        raise ValidationError({"region": sentence})
