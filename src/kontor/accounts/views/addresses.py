"""Addresses in the rooms above, which accounts knows by name only."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kontor.accounts.models import Cluster


def address(name: str, *args: object) -> str:
    """Return the address of a named page, or "" where no room offers it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def today(cluster: Cluster) -> str:
    """Return the address of a cluster's front room."""
    return address("journey:today", cluster.slug) or f"/{cluster.slug}/"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the posted `next` if it stays on this site, else `otherwise`."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else otherwise
