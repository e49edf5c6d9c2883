"""Forms about ties, joint projects and participations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.actors.forms.base import FactForm, PeriodForm
from kontor.actors.forms.partner import PartnerForm
from kontor.actors.models import JointProject, ParticipationRole, Tie, TieKind


class NewTieForm(PartnerForm, PeriodForm):
    """A new tie to another organisation."""

    kind = forms.ChoiceField(label=_("Kind of tie"), choices=TieKind.choices, initial=TieKind.AGREEMENT)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    field_order = ("partner", "new_country", "new_kind", "kind", "valid_from", "valid_to", "note")

    def tie_values(self) -> dict[str, Any]:
        """Return what the service takes beside the two organisations."""
        return {name: self.cleaned_data[name] for name in ("kind", "note", "valid_from", "valid_to")}


class TieForm(FactForm, PeriodForm):
    """What a tie is and when it held; the two organisations stay."""

    model = Tie
    model_fields = ("kind", "valid_from", "valid_to", "note")
    order = ("kind", "valid_from", "valid_to", "note")


class ProjectForm(FactForm):
    """A joint project."""

    model = JointProject
    model_fields = ("acronym", "programme", "reference", "start", "end", "total_cost", "currency")
    two_languages = ("title",)
    order = (
        *("acronym", "title_de", "title_en", "programme", "reference"),
        *("start", "end", "total_cost", "currency"),
    )


class ParticipationForm(PartnerForm):
    """Somebody who took part in a project."""

    role = forms.ChoiceField(
        label=_("Role"), choices=ParticipationRole.choices, initial=ParticipationRole.PARTICIPANT
    )
    contribution = forms.DecimalField(
        label=_("Funding"), required=False, min_value=0, max_digits=16, decimal_places=2
    )
