"""What people type: needs, own topics, files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.needs.models import Need, NeedKind, NeedTopic
from kontor.needs.widgets import LongSelect
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_choices

Choices = list[tuple[str, Text]]


def _countries() -> Choices:
    """Return all countries in the reader's language, with "none in particular" first."""
    return [("", _("None in particular")), *country_choices(get_language() or "en")]


class OwnNeedForm(forms.Form):
    """What a member reports about itself."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=_("Please choose"),
        widget=LongSelect,
    )
    topic = forms.ModelChoiceField(NeedTopic.objects.none(), label=_("Topic"), empty_label=_("Please choose"))
    statement = forms.CharField(
        label=_("What you need"),
        help_text=_("In your own words: what for, with whom, what would help?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    country = forms.ChoiceField(label=_("Target country"), required=False, widget=LongSelect)
    urgency = forms.TypedChoiceField(
        label=_("How soon it matters"),
        choices=Need.Urgency.choices,
        coerce=int,
        initial=Need.Urgency.SOON,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, cluster: Cluster, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cluster = cluster
        self._field("organisation").queryset = organisations
        self._field("topic").queryset = NeedTopic.objects.filter(cluster=cluster).order_by("kind", "code")
        self._field("country").choices = _countries()

    @property
    def has_topics(self) -> bool:
        """True where there is a topic to choose; without one the page leads to the topics first."""
        return bool(self._field("topic").queryset.exists())

    def _field(self, name: str) -> Any:
        return self.fields[name]


class NeedForm(OwnNeedForm):
    """What the cluster management records about a member."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Told by"), required=False, empty_label=_("Nobody in particular")
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("As the topic")), *NeedKind.choices],
        required=False,
        help_text=_("Only where this need differs from its topic."),
    )
    source = forms.ChoiceField(label=_("How you know"), choices=Need.Source.choices, initial=Need.Source.CALL)
    recorded_on = forms.DateField(
        label=_("Recorded on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = (
        "organisation",
        "person",
        "topic",
        "statement",
        "country",
        "urgency",
        "source",
        "recorded_on",
        "kind",
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"].label = _("In the member’s words")
        self.fields["statement"].help_text = _("As close to what was said as possible.")
        self.fields["recorded_on"].initial = timezone.localdate
        if organisation is None:
            del self.fields["person"]
        else:
            self._field("organisation").initial = organisation.pk
            self._field("person").queryset = organisation.people.all()

    def clean_recorded_on(self) -> Any:
        """Refuse days to come: a need is recorded once it was voiced."""
        day = self.cleaned_data["recorded_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class TopicForm(forms.Form):
    """A topic of the cluster's own."""

    name_de = forms.CharField(label=_("Name in German"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=NeedKind.choices)

    def names(self) -> dict[str, str]:
        """Return language → name."""
        return {"de": self.cleaned_data["name_de"], "en": self.cleaned_data["name_en"]}


class FileForm(forms.Form):
    """A list in Excel or CSV."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx), LibreOffice (.ods) or CSV; the first row holds the headings."),
    )
