"""Context processor: what the page shell shows around every page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

THEME_COOKIE = "kontor_theme"
THEMES = ("auto", "light", "dark")

# key, label, URL name, further URL arguments, permission needed
Way: TypeAlias = tuple[str, str | Promise, str, dict[str, str], str]
_AREAS: tuple[Way, ...] = (
    ("today", _("Today"), "journey:today", {}, "journey.view_today"),
    ("members", _("Members"), "actors:overview", {}, "actors.view_directory"),
    ("strategy", _("Strategy"), "strategy:overview", {}, "strategy.view_overview"),
    ("partners", _("Partners"), "journey:area", {"area": "partners"}, "journey.view_points"),
    ("projects", _("Projects"), "journey:area", {"area": "projects"}, "journey.view_points"),
    ("network", _("Network"), "journey:area", {"area": "network"}, "journey.view_points"),
    ("impact", _("Impact"), "journey:area", {"area": "impact"}, "journey.view_points"),
)
# Which area a package's pages belong to; a page may name another with the context variable `area`.
_AREA_OF_PACKAGE = {
    "journey": "today",
    "actors": "members",
    "imports": "members",
    "needs": "members",
    "questionnaires": "members",
    "listening": "members",
    "countries": "partners",
    "criteria": "partners",
    "agreements": "partners",
    "votes": "partners",
    "partners": "partners",
    "studies": "partners",
    "cooperation": "partners",
    "goals": "strategy",
    "strategy": "strategy",
}
# The tabs of the area "Partners"; its rooms stand beside each other, so that none could name the others.
_PARTNER_TABS: tuple[Way, ...] = (
    ("overview", _("Overview"), "journey:area", {"area": "partners"}, "journey.view_points"),
    ("partners", _("Partner clusters"), "partners:overview", {}, "partners.view_partner"),
    ("countries", _("Countries"), "countries:overview", {}, "countries.view_country"),
    ("criteria", _("Criteria"), "criteria:overview", {}, "criteria.view_catalogue"),
    ("studies", _("Studies"), "studies:overview", {}, "studies.view_study"),
    ("cooperation", _("Cooperation"), "cooperation:overview", {}, "cooperation.view_cooperation"),
)
_SETTINGS_PAGES = ("settings", "roles", "invite", "invitations", "audit", "people")


@dataclass(frozen=True)
class Area:
    """One entry of the navigation: key names its icon, count is a warning to show beside it."""

    key: str
    label: str | Promise
    url: str
    count: int = 0


@dataclass(frozen=True)
class Shell:
    """Everything around the page; an address that does not exist is "" and its link is left out."""

    areas: tuple[Area, ...]
    partner_tabs: tuple[Area, ...]
    current: str
    show_settings: bool
    urls: dict[str, str]
    cluster_name: str
    theme: str
    languages: tuple[tuple[str, str], ...]
    language: str
    now: datetime

    @property
    def first_areas(self) -> tuple[Area, ...]:
        """Return what the bottom bar of a phone shows."""
        return self.areas[:3]

    @property
    def further_areas(self) -> tuple[Area, ...]:
        """Return what a phone shows behind "More"."""
        return self.areas[3:]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates `shell`; works with and without `request.cluster`, and without a database query."""
    cluster = getattr(request, "cluster", None)
    slug = str(getattr(cluster, "slug", ""))
    counts: dict[str, int] = getattr(request, "area_counts", {})
    return {
        "shell": Shell(
            areas=_areas(request, slug, counts) if slug else (),
            partner_tabs=_shown(request, slug, _PARTNER_TABS) if slug else (),
            current=_current_area(request),
            show_settings=bool(slug) and bool(getattr(request, "can_manage", False)),
            urls=_urls(request, slug),
            cluster_name=str(getattr(cluster, "name", "")),
            theme=theme_of(request),
            languages=tuple(
                (code, str(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES
            ),
            language=(get_language() or settings.LANGUAGE_CODE).split("-")[0],
            now=timezone.localtime(timezone.now()),
        )
    }


def theme_of(request: HttpRequest) -> str:
    """Return "auto", "light" or "dark", as chosen in the person menu."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def _may(request: HttpRequest, permission: str) -> bool:
    """Tell whether to show a way; without a role to ask, all ways are shown and the pages decide."""
    access = getattr(request, "access", None)
    return access is None or bool(access.may(permission))


def _areas(request: HttpRequest, slug: str, counts: dict[str, int]) -> tuple[Area, ...]:
    areas = _shown(request, slug, _AREAS)
    return tuple(replace(area, count=counts.get(area.key, 0)) for area in areas)


def _shown(request: HttpRequest, slug: str, ways: tuple[Way, ...]) -> tuple[Area, ...]:
    """Return the ways that lead somewhere and that the visitor may go."""
    areas = (
        Area(key, label, _url(name, cluster=slug, **more))
        for key, label, name, more, permission in ways
        if _may(request, permission)
    )
    return tuple(area for area in areas if area.url)


def _urls(request: HttpRequest, slug: str) -> dict[str, str]:
    names = {"profile": "accounts:profile", "clusters": "accounts:clusters", "log_out": "account_logout"}
    names |= {"log_in": "account_login", "language": "set_language", "theme": "ui:theme"}
    urls = {key: _url(name) for key, name in names.items()}
    # An account remembers the appearance; without accounts the browser alone does.
    urls["theme"] = _url("accounts:theme") or urls["theme"]
    if slug:
        inside = {"settings": "accounts:settings", "search": "journey:search", "help": "journey:help"}
        urls |= {key: _url(name, cluster=slug) for key, name in inside.items()}
        if not _may(request, "journey.search"):
            urls["search"] = ""
    return urls


def _current_area(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    if match.namespace == "accounts":
        return "settings" if (match.url_name or "").split("-")[0] in _SETTINGS_PAGES else ""
    return str(match.kwargs.get("area", _AREA_OF_PACKAGE.get(match.namespace, "")))


def _url(name: str, **kwargs: str) -> str:
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""
