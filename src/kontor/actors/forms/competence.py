"""Forms about competences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.actors.forms.base import DayInput, FactForm
from kontor.actors.models import Competence, OrganisationCompetence
from kontor.actors.queries.taxonomy import Taxonomy


class LevelForm(forms.Form):
    """A competence of an organisation at a level, from a day on."""

    competence = forms.TypedChoiceField(label=_("Competence"), coerce=int)
    level = forms.TypedChoiceField(
        label=_("Level"), choices=OrganisationCompetence.LEVELS, coerce=int, initial=3
    )
    valid_from = forms.DateField(
        label=_("From"),
        required=False,
        widget=DayInput,
        help_text=_("Leave it empty where the beginning is not known. The level before stays."),
    )

    def __init__(self, data: Any = None, *, tree: Taxonomy, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["competence"].choices = tree.choices()  # type: ignore[attr-defined]


class CompetenceForm(FactForm):
    """An own entry of the taxonomy."""

    model = Competence
    two_languages = ("name",)

    def __init__(self, data: Any = None, *, tree: Taxonomy, **kwargs: Any) -> None:
        row = kwargs.get("row")
        if row is not None:
            kwargs["initial"] = {"parent": row.parent_id or ""}
        super().__init__(data, **kwargs)
        own_branch = tree.branch_ids(row.pk) if row is not None else frozenset()
        places = [(pk, name) for pk, name in tree.choices() if pk not in own_branch]
        self.fields["parent"] = forms.TypedChoiceField(
            label=_("Stands below"),
            choices=[("", _("nothing: an entry of the first level")), *places],
            coerce=int,
            required=False,
            empty_value=None,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a name in at least one language."""
        values: dict[str, Any] = super().clean() or {}
        self.require_one_language("name")
        return values
