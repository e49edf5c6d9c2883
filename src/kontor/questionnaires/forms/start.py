"""What is typed to begin a questionnaire, or to change what stands around its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.questionnaires.forms.fields import LANGUAGES, language_name
from kontor.questionnaires.models import Questionnaire


class StartForm(forms.Form):
    """An empty questionnaire: what it is called, what for, in which languages."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What those see who answer. You can change it at any time."),
    )
    purpose = forms.ChoiceField(
        label=_("Meant for"),
        choices=Questionnaire.Purpose.choices,
        initial=Questionnaire.Purpose.SURVEY,
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        initial=("de", "en"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first one stands in where a text is missing in another."),
        error_messages={"required": _("Choose at least one language.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="start_%s")
        self.fields["languages"].choices = language_choices(())  # type: ignore[attr-defined]


def language_choices(present: Sequence[str]) -> list[tuple[str, str]]:
    """Return the languages to choose from by name: those present first, in their order."""
    codes = [*present, *(code for code in LANGUAGES if code not in present)]
    return [(code, language_name(code)) for code in codes]
