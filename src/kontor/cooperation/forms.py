"""What people type about the life with a partner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, User
from kontor.accounts.rules import MANAGEMENT
from kontor.actors.forms.organisation import country_options
from kontor.actors.models import Organisation
from kontor.cooperation.models import Activity, Participant
from kontor.goals.forms import texts_of
from kontor.goals.models import Goal
from kontor.goals.queries import standing_goals
from kontor.partners.models import Partner

LANGUAGES = ("de", "en")
_AREA: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 4000, "required": False}
_DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ActivityForm(forms.Form):
    """An activity with a partner."""

    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner cluster"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Activity.Kind.choices)
    title_de = forms.CharField(label=_("Title in German"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    starts_on = forms.DateField(label=_("From"), **_DAY)
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Empty for a single day, or where a group or an office goes on."),
        **_DAY,
    )
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A town, or “online”.")
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    aim_de = forms.CharField(label=_("What it is for, in German"), **_AREA)
    aim_en = forms.CharField(label=_("What it is for, in English"), **_AREA)
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("Goals that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Responsible"), required=False, empty_label=_("Nobody yet")
    )
    result_de = forms.CharField(label=_("What came of it, in German"), **_AREA)
    result_en = forms.CharField(label=_("What came of it, in English"), **_AREA)

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        partners = Partner.objects.filter(cluster=cluster, is_own=False, merged_into=None)
        fields["partner"].queryset = partners.order_by("name")
        fields["country"].choices = country_options(empty=True)
        fields["goals"].queryset = standing_goals(cluster)
        people = User.objects.filter(roles__cluster=cluster, roles__kind__in=MANAGEMENT)
        fields["responsible"].queryset = people.order_by("name", "email")

    def clean(self) -> dict[str, Any]:
        """Refuse an activity without a title, and one that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"title_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("title_de", _("Give the activity a title in at least one language."))
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        plain = ("partner", "kind", "starts_on", "ends_on", "place", "country", "responsible", "goals")
        values = {name: self.cleaned_data[name] for name in plain}
        return values | {name: self._texts(name) for name in ("title", "aim", "result")}

    def _texts(self, name: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}


def stored(activity: Any) -> dict[str, Any]:
    """Return the activity's values as the form names them."""
    plain = ("kind", "starts_on", "ends_on", "place", "country")
    values: dict[str, Any] = {name: getattr(activity, name) for name in plain}
    values |= {"partner": activity.partner_id, "responsible": activity.responsible_id}
    values["goals"] = list(activity.goals.values_list("pk", flat=True))
    for name in ("title", "aim", "result"):
        texts = texts_of(getattr(activity, name))
        values |= {f"{name}_{code}": texts.get(code, "") for code in LANGUAGES}
    return values


class ParticipantForm(forms.Form):
    """Who takes part: one of our organisations, a person, or both."""

    side = forms.ChoiceField(label=_("From"), choices=Participant.Side.choices)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("None of our list"),
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    function = forms.CharField(label=_("Function"), max_length=160, required=False)

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(cluster=cluster).only("pk", "name").order_by("name")

    def clean(self) -> dict[str, Any]:
        """Refuse nobody."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("organisation") and not (cleaned.get("name") or "").strip():
            self.add_error("name", _("Name an organisation or a person."))
        return cleaned


class TaskForm(forms.Form):
    """Who does what by when."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    who = forms.CharField(label=_("Who"), max_length=200, required=False)
    due = forms.DateField(label=_("Due by"), required=False, **_DAY)


class StateForm(forms.Form):
    """How far an activity is, and what came of it."""

    state = forms.ChoiceField(label=_("How far are you?"), choices=Activity.State.choices)
    result_de = forms.CharField(label=_("What came of it, in German"), **_AREA)
    result_en = forms.CharField(label=_("What came of it, in English"), **_AREA)

    def result(self) -> dict[str, str]:
        """Return what came of it, by language."""
        return {code: self.cleaned_data[f"result_{code}"] for code in LANGUAGES}
