"""The demo's partner clusters abroad, with what is known of them, and the criteria they are judged by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kontor.accounts.models import Cluster, User
from kontor.actors.models import Competence
from kontor.criteria.services import ensure_catalogue, load_reference, publish_version
from kontor.demo.actors import Known
from kontor.demo.reading import Entry, entries
from kontor.needs.models import NeedTopic
from kontor.partners import services
from kontor.partners.models import Partner, Stage

Clusters = dict[str, Partner]

# From the long list to the short list: so long after somebody first wrote down what is known.
_LOOKED_AT = timedelta(days=9)


def add_clusters(cluster: Cluster, known: Known, by: User, on_each: Callable[[], None]) -> Clusters:
    """Add the partner clusters and return them by their key in the content."""
    competences = {each.code: each for each in Competence.objects.filter(cluster=cluster)}
    topics = {each.code: each for each in NeedTopic.objects.filter(cluster=cluster)}
    found = {}
    for entry in entries("clusters", "cluster"):
        partner = _profile(cluster, known, entry, by)
        said = {"source": entry["source"], "as_of": date.fromisoformat(entry["as_of"])}
        services.record_facts(partner=partner, values=entry["facts"], by=by, **said)
        for code, level in entry["competences"].items():
            services.set_competence(partner=partner, competence=competences[code], level=level, **said)
        for need in entry.get("needs", ()):
            topic = topics[need["topic"]]
            services.add_need(partner=partner, topic=topic, statement=need["statement"], **said)
        for contact in entry.get("contacts", ()):
            services.add_contact(partner=partner, **contact)
        for kind, text in entry.get("swot", {}).items():
            services.add_swot(partner=partner, kind=kind, text=text, **said)
        found[entry["key"]] = partner
        on_each()
    return found


def look_at_ourselves(cluster: Cluster, by: User) -> None:
    """Lay our own cluster beside the others: what the directory does not tell, and our own SWOT."""
    own = services.own_profile(cluster=cluster)
    (entry,) = entries("clusters_own", "own")
    said = {"source": entry["source"], "as_of": date.fromisoformat(entry["as_of"])}
    services.record_facts(partner=own, values=entry["facts"], by=by, **said)
    for each in entry["swot"]:
        services.add_swot(partner=own, kind=each["kind"], text=each["text"], **said)


def publish_criteria(cluster: Cluster, by: User) -> None:
    """Take over the guide's criteria and publish them."""
    load_reference(cluster=cluster, purpose="partners")
    catalogue = ensure_catalogue(cluster=cluster, purpose="partners")
    publish_version(catalogue=catalogue, note="Erste Fassung, vom Beirat gebilligt", user=by)


def _profile(cluster: Cluster, known: Known, entry: Entry, by: User) -> Partner:
    first_seen = date.fromisoformat(entry["as_of"])
    partner = services.add_partner(
        cluster=cluster,
        organisation=known[entry["organisation"]] if entry["organisation"] else None,
        stage=Stage.LONG,
        at=first_seen,
        by=by,
        **{name: entry[name] for name in _COPIED},
    )
    if entry["stage"] == Stage.LONG:
        return partner
    day = first_seen + _LOOKED_AT
    return services.set_stage(partner=partner, stage=entry["stage"], reason=entry["reason"], by=by, at=day)


_COPIED = ("name", "country", "region", "city", "website", "languages", "description")
