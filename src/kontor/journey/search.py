"""One search over everything a person may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.rules import Access
from kontor.actors.folding import folded, search_words
from kontor.actors.models import Organisation
from kontor.goals.models import Goal
from kontor.journey.handbook import chapters
from kontor.needs.models import Need
from kontor.needs.queries import counted
from kontor.partners.queries import search_partners

MOST = 10


@dataclass(frozen=True)
class Hit:
    """One result."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class SearchGroup:
    """Results of one kind; more_url leads to the full list."""

    label: str
    hits: list[Hit]
    more_url: str = ""


def search_everything(access: Access, words: str, *, language: str) -> list[SearchGroup]:
    """Return what matches all of `words`, by kind, at most ten each; only what the role may see."""
    groups = []
    if access.may("actors.view_directory"):
        groups.append(_organisations(access, words))
    if access.may("goals.view_goal"):
        groups.append(_goals(access, words))
    if access.may("needs.view_need"):
        groups.append(_needs(access, words))
    if access.may("partners.view_partner"):
        groups.append(_partners(access, words))
    groups.append(_handbook(access, words, language))
    return [group for group in groups if group.hits]


def _organisations(access: Access, words: str) -> SearchGroup:
    found = Organisation.objects.filter(cluster=access.cluster)
    for word in search_words(words):
        found = found.filter(search_key__contains=word)
    slug = access.cluster.slug
    hits = [
        Hit(each.name, reverse("actors:organisation", args=[slug, each.pk]), _place(each))
        for each in found.only("pk", "name", "city", "country")[:MOST]
    ]
    return SearchGroup(_("Organisations"), hits)


def _place(organisation: Organisation) -> str:
    return ", ".join(part for part in (organisation.city, organisation.country) if part)


def _goals(access: Access, words: str) -> SearchGroup:
    wanted = folded(words).split()
    rows = Goal.objects.filter(cluster=access.cluster)
    found = [goal for goal in rows if all(word in folded(str(goal.title)) for word in wanted)]
    slug = access.cluster.slug
    hits = [Hit(str(goal.title), reverse("goals:detail", args=[slug, goal.pk])) for goal in found[:MOST]]
    return SearchGroup(_("Goals"), hits)


def _needs(access: Access, words: str) -> SearchGroup:
    wanted = Q()
    for word in words.split()[:8]:
        wanted &= Q(statement__icontains=word)
    found = counted(Need.objects.filter(wanted, cluster=access.cluster)).select_related("organisation")
    slug = access.cluster.slug
    hits = [
        Hit(str(need), reverse("needs:detail", args=[slug, need.pk]), need.organisation.name)
        for need in found[:MOST]
    ]
    return SearchGroup(_("Needs"), hits)


def _partners(access: Access, words: str) -> SearchGroup:
    slug = access.cluster.slug
    hits = [
        Hit(each.name, reverse("partners:detail", args=[slug, each.pk]), each.city or each.country)
        for each in search_partners(access.cluster, words)[:MOST]
    ]
    return SearchGroup(_("Partner clusters"), hits)


def _handbook(access: Access, words: str, language: str) -> SearchGroup:
    wanted = folded(words).split()
    found = [
        chapter
        for chapter in chapters(language)
        if all(word in folded(f"{chapter.title} {chapter.body}") for word in wanted)
    ]
    slug = access.cluster.slug
    hits = [Hit(each.title, reverse("journey:help-chapter", args=[slug, each.slug])) for each in found[:5]]
    return SearchGroup(_("Handbook"), hits)
