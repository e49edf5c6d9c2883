"""Assessors as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.studies.models import Assessor


class AssessorForm(forms.Form):
    """Somebody who weighs, scores, or both."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("de", _("German")), ("en", _("English"))], initial="de"
    )
    group = forms.ChoiceField(
        label=_("Speaks for"),
        choices=Assessor.Group.choices,
        initial=Assessor.Group.OTHER,
        help_text=_("The result shows where groups see it differently."),
    )
    weighs = forms.BooleanField(label=_("Weighs the criteria"), required=False, initial=True)
    scores_candidates = forms.BooleanField(label=_("Scores the candidates"), required=False, initial=True)

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        return dict(self.cleaned_data)


def stored(assessor: Assessor) -> dict[str, Any]:
    """Return the assessor's values as the form names them."""
    return {name: getattr(assessor, name) for name in AssessorForm.base_fields}
