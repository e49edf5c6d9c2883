"""Competences, needs, contacts and entries of a SWOT."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.forms.base import FactForm
from kontor.actors.models import Competence, OrganisationCompetence
from kontor.actors.queries.taxonomy import taxonomy
from kontor.needs.models import NeedTopic
from kontor.needs.widgets import LongSelect
from kontor.partners.forms.source import SourceForm
from kontor.partners.models import PartnerContact, PartnerNeed, SwotEntry
from kontor.partners.wording import language_choices

_SOURCED = ("source", "source_url", "as_of")


class SourcedForm(SourceForm, FactForm):
    """What somebody found out, where, and as of which day."""

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.cluster = cluster


class NeedForm(SourcedForm):
    """What the partner cluster looks for."""

    model = PartnerNeed
    model_fields = ("statement", "topic", *_SOURCED)
    order = ("statement", "topic", *_SOURCED)

    topic = forms.ModelChoiceField(
        NeedTopic.objects.none(),
        label=_("Topic"),
        required=False,
        empty_label=_("None in particular"),
        help_text=_("The topics of your members’ needs: a topic in common shows where both sides meet."),
    )

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(data, cluster=cluster, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset = NeedTopic.objects.filter(cluster=cluster).order_by("kind", "code")


class SwotForm(SourcedForm):
    """A strength, weakness, opportunity or threat."""

    model = SwotEntry
    model_fields = ("kind", *_SOURCED)
    two_languages = ("text",)
    order = ("kind", "text_de", "text_en", *_SOURCED)

    def clean(self) -> dict[str, Any]:
        """Refuse an entry that says nothing."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.require_one_language("text")
        return values


class ContactForm(FactForm):
    """Somebody to talk to."""

    model = PartnerContact
    model_fields = ("name", "role", "email", "phone", "language", "note")
    order = model_fields

    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.cluster = cluster
        language: Any = self.fields["language"]
        language.choices = [("", _("not known")), *language_choices()]


class CompetenceForm(SourceForm):
    """What the partner cluster can do, and how well."""

    competence = forms.ModelChoiceField(
        Competence.objects.none(),
        label=_("Competence"),
        widget=LongSelect,
        help_text=_("The same list as for your members, so that the two can be compared."),
    )
    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        initial=3,
    )

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        competence: Any = self.fields["competence"]
        competence.queryset = Competence.objects.filter(cluster=cluster)
        competence.choices = [("", _("Please choose")), *taxonomy(cluster).choices()]
        level: Any = self.fields["level"]
        level.choices = [(number, f"{number} – {label}") for number, label in OrganisationCompetence.LEVELS]
        self.order_fields(("competence", "level", *_SOURCED))
