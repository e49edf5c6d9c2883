"""Who is a member on a date, and who speaks for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Membership, Organisation, Person
from kontor.actors.models.period import valid_on


def member_ids(cluster: Cluster, on: date) -> QuerySet[Membership, int]:
    """Return the ids of the cluster's members on `on`, to be used as a subquery."""
    return Membership.objects.filter(valid_on(on), cluster=cluster).values_list("organisation_id", flat=True)


def members(cluster: Cluster, on: date) -> QuerySet[Organisation]:
    """Return the organisations that are members on `on`, each once, by name."""
    return Organisation.objects.filter(cluster=cluster, pk__in=member_ids(cluster, on))


def organisations(cluster: Cluster) -> QuerySet[Organisation]:
    """Return everything the cluster knows, members and others."""
    return Organisation.objects.filter(cluster=cluster)


def speaks_for(user: User, prefix: str = "") -> Q:
    """Return the condition "this contact is `user`": linked to the account, or known by its e-mail address.

    The address of an account is verified, so whoever invites a contact need not link anything by hand.
    """
    by_address = Q(**{f"{prefix}email__iexact": user.email}) if user.email else Q(pk__in=())
    return Q(**{f"{prefix}user": user}) | by_address


def own_organisation_ids(user: User, cluster: Cluster) -> frozenset[int]:
    """Return the organisations that `user` represents in `cluster`. One query."""
    own = Person.objects.filter(speaks_for(user), cluster=cluster)
    return frozenset(own.values_list("organisation_id", flat=True))
