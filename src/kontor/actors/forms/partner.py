"""Naming another organisation: one that is known, or a new one with its country."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.errors import ActorError
from kontor.actors.forms.base import SuggestInput
from kontor.actors.forms.organisation import country_options
from kontor.actors.models import Organisation, OrganisationKind
from kontor.actors.queries.names import named
from kontor.actors.services.organisation import create_organisation
from kontor.ui.errors import explain


class PartnerForm(forms.Form):
    """The other organisation, by name."""

    partner = forms.CharField(label=_("Organisation"), max_length=300)
    new_country = forms.ChoiceField(
        label=_("Country, if the organisation is new"),
        required=False,
        help_text=_("Leave it empty to take an organisation that Kontor knows."),
    )
    new_kind = forms.ChoiceField(
        label=_("Kind, if the organisation is new"),
        required=False,
        choices=[("", "–"), *OrganisationKind.choices],
    )

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.cluster = cluster
        self.known: Organisation | None = None
        self.fields["partner"].widget = SuggestInput(url=reverse("actors:names", args=[cluster.slug]))
        self.fields["new_country"].choices = country_options(empty=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the organisation; a name that fits several or none is a question back, not a guess."""
        values: dict[str, Any] = super().clean() or {}
        name = str(values.get("partner", "")).strip()
        if name and not values.get("new_country"):
            try:
                self.known = named(self.cluster, name)
            except ActorError as error:
                raise ValidationError({"partner": explain(error)}) from error
        return values

    def organisation(self) -> Organisation:
        """Return the organisation, made now where it is new; call it inside the service's transaction."""
        if self.known is not None:
            return self.known
        return create_organisation(
            cluster=self.cluster,
            name=self.cleaned_data["partner"].strip(),
            country=self.cleaned_data["new_country"],
            kind=self.cleaned_data["new_kind"] or OrganisationKind.OTHER,
        )
