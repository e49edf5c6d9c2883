"""Forms for questionnaires in files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.questionnaires.models import Questionnaire


class QuestionnaireFileForm(forms.Form):
    """A questionnaire made elsewhere."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLSForm (.xlsx, .xls), LimeSurvey survey (.lss) or a file exported from Kontor (.json)."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.lss,.json"}),
    )


class TakeOverForm(forms.Form):
    """What the new questionnaire is called and meant for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.ChoiceField(label=_("Meant for"), choices=Questionnaire.Purpose.choices)
