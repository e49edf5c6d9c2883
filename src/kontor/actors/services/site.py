"""Sites: branches of an organisation in other places."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kontor.actors.models import Organisation, Site
from kontor.actors.services.timeline import require_order
from kontor.actors.services.writing import store


@transaction.atomic
def add_site(*, organisation: Organisation, **fields: Any) -> Site:
    """Return a new site of the organisation."""
    return _settle(Site(organisation=organisation), fields)


@transaction.atomic
def update_site(*, site: Site, **fields: Any) -> Site:
    """Return the site with `fields` changed."""
    return _settle(site, fields)


@transaction.atomic
def delete_site(*, site: Site) -> None:
    """Delete a site that never was; one that was closed gets an end instead."""
    site.delete()


def _settle(site: Site, fields: dict[str, Any]) -> Site:
    require_order(fields.get("valid_from", site.valid_from), fields.get("valid_to", site.valid_to))
    return store(site, **fields)
