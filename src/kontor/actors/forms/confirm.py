"""The form behind the signed link: a member's own profile in three minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.actors.forms.base import FactForm
from kontor.actors.models import Organisation, OrganisationCompetence, SizeClass
from kontor.actors.queries.taxonomy import Taxonomy
from kontor.actors.services.confirmation import Answer

NEW_COMPETENCES = 3


class ConfirmForm(FactForm):
    """What a member knows best about itself."""

    model = Organisation
    model_fields = ("name", "short_name", "website", "founded", "street", "postcode", "city", "value_chain")
    two_languages = ("description",)

    website = forms.URLField(label=_("Website"), required=False, max_length=300, assume_scheme="https")
    size = forms.ChoiceField(
        label=_("Size class"), required=False, choices=[("", _("not known")), *SizeClass.choices]
    )

    def __init__(
        self, data: Any = None, *, tree: Taxonomy, held: list[OrganisationCompetence], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if held:
            self.fields["kept"] = forms.TypedMultipleChoiceField(
                label=_("Your competences"),
                choices=[(row.competence_id, str(row.competence)) for row in held],
                coerce=int,
                required=False,
                initial=[row.competence_id for row in held],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Untick what no longer holds."),
            )
        for number in range(1, NEW_COMPETENCES + 1):
            self.fields[f"added_{number}"] = forms.TypedChoiceField(
                label=_("Further competence"),
                choices=[("", "–"), *tree.choices()],
                coerce=int,
                required=False,
                empty_value=None,
            )
        self.order_fields((*self.model_fields, "size"))

    def answer(self) -> Answer:
        """Return the cleaned values as the service takes them."""
        values = self.values()
        added = {values.pop(f"added_{number}") for number in range(1, NEW_COMPETENCES + 1)}
        return Answer(
            size=values.pop("size"),
            kept=frozenset(values.pop("kept", ())),
            added=frozenset(pk for pk in added if pk),
            fields=values,
        )
