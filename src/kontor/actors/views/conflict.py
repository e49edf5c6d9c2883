"""What a form shows after somebody else has saved the same thing meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from kontor.actors.queries.history import last_editor
from kontor.ui.forms import differences


def conflict_shown(
    form: forms.BaseForm, current: models.Model, stored: Mapping[str, object]
) -> dict[str, Any]:
    """Return what the form shows: both values, who saved the other, and the version to save on now.

    stored: field name → value of `current`, as for kontor.ui.forms.differences. One query.
    """
    return {
        "conflict": differences(form, stored),
        "has_conflict": True,
        "who": last_editor(current),
        "version": getattr(current, "version", 0),
    }
