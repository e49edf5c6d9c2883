"""Template tags of studies: the pages of one study, and what a weight looks like."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kontor.studies.models import Study

register = template.Library()

# Where a study's result and decision live; they come with their own modules of routes.
_STEPS = ("detail", "candidates", "criteria", "people", "weights", "scores", "result", "mutual", "decision")
_MAY = {
    "detail": "studies.view_study",
    "candidates": "studies.view_study",
    "criteria": "studies.view_study",
    "people": "studies.view_judgements",
    "weights": "studies.view_judgements",
    "scores": "studies.view_judgements",
    "result": "studies.view_result",
    "mutual": "studies.view_result",
    "decision": "studies.view_result",
}


@register.inclusion_tag("studies/partials/study_tabs.html", takes_context=True)
def study_tabs(context: template.Context, study: Study, here: str) -> dict[str, Any]:
    """Show the pages of a study that the reader may open; `here` is the current one."""
    access = context["request"].access
    labels = {
        "detail": _("Overview"),
        "candidates": _("Candidates"),
        "criteria": _("Criteria"),
        "people": _("People"),
        "weights": _("Weights"),
        "scores": _("Scores"),
        "result": _("Result"),
        "mutual": _("Equal terms"),
        "decision": _("Decision"),
    }
    tabs = [
        (key, labels[key], url) for key in _STEPS if access.may(_MAY[key]) and (url := _address(key, study))
    ]
    return {"tabs": tabs, "here": here, "study": study}


@register.simple_tag
def svg_width(share: float | None, most: float, width: float = 100.0) -> str:
    """Return how wide a bar is, of `width`, where `most` fills it."""
    return f"{width * (share or 0.0) / most if most else 0.0:.1f}"


@register.simple_tag
def left_of_100(total: float) -> float:
    """Return how many of 100 points are left."""
    return 100 - total


def _address(key: str, study: Study) -> str:
    try:
        return reverse(f"studies:{key}", args=[study.cluster.slug, study.pk])
    except NoReverseMatch:
        return ""
