"""Correct how an indicator is described: what the catalogue does not know, people do."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from kontor.accounts.services import claim_edit
from kontor.countries.models import Indicator


@transaction.atomic
def describe_indicator(*, indicator: Indicator, expected_version: int, **fields: Any) -> Indicator:
    """Return the indicator with name, unit, meaning, dimension, is_benefit, … changed; or raise EditConflict.

    Texts are language → text. Raises Django's ValidationError where a field is refused.
    """
    current = claim_edit(indicator, expected_version)
    for name, value in fields.items():
        is_text = name in ("name", "unit", "meaning")
        setattr(current, name, LazyI18nString(dict(value)) if is_text else value)
    current.full_clean()
    current.save()
    return current
