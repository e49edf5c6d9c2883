"""How a study uses a criterion, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.studies.forms.scores import typed_number
from kontor.studies.models import StudyCriterion
from kontor.studies.services.preparing_criteria import Scale


class NumberField(forms.CharField):
    """A number as Germans and Britons write it; empty is None."""

    def clean(self, value: Any) -> float | None:
        """Return the number."""
        text = super().clean(value)
        try:
            found = decimal(text)
        except FieldFault as problem:
            raise forms.ValidationError(_("This is not a number."), code="number") from problem
        return None if found is None else float(found)


class ScaleForm(forms.Form):
    """Direction, ends of the scale and thresholds of a criterion in one study."""

    is_benefit = forms.TypedChoiceField(
        label=_("Which way is better?"),
        choices=[("1", _("More is better")), ("0", _("Less is better"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    low = NumberField(
        label=_("Lower end of the scale"),
        required=False,
        help_text=_("Empty: the lowest score among the candidates."),
    )
    high = NumberField(
        label=_("Upper end of the scale"),
        required=False,
        help_text=_("Empty: the highest score among the candidates."),
    )
    knock_out_below = NumberField(
        label=_("Out below"),
        required=False,
        help_text=_("A candidate with a lower score is out, whatever else it offers."),
    )
    knock_out_above = NumberField(label=_("Out above"), required=False)

    def scale(self) -> Scale:
        """Return the fields as the service takes them."""
        return Scale(**self.cleaned_data)


def stored(criterion: StudyCriterion) -> dict[str, Any]:
    """Return the criterion's values as the form names them."""
    plain = {
        "low": criterion.scale_low,
        "high": criterion.scale_high,
        "knock_out_below": criterion.knock_out_below,
        "knock_out_above": criterion.knock_out_above,
    }
    language = (get_language() or "en")[:2]
    shown = {name: typed_number(value, language) for name, value in plain.items()}
    return {"is_benefit": "1" if criterion.is_benefit else "0"} | shown
