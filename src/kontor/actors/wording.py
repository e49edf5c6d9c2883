"""Words of this room that wait for the reader's language: countries, kinds, names in two languages."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from kontor.actors.models import OrganisationKind
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name

_KINDS: dict[str, Text] = dict(OrganisationKind.choices)


def _country(code: str) -> str:
    return country_name(code, get_language() or "en")


def _name(name: LazyI18nString) -> str:
    return str(name)


_lazy_country = lazy(_country, str)
_lazy_name = lazy(_name, str)


def country_label(code: str) -> Text:
    """Return a country's name, in whatever language it is read."""
    return _lazy_country(code)


def name_label(name: LazyI18nString) -> Text:
    """Return a name that people gave in two languages, in whatever language it is read."""
    return _lazy_name(name)


def kind_label(kind: str) -> Text:
    """Return the kind of an organisation, or "all" for ""."""
    return _KINDS.get(kind, kind) if kind else _("All")
