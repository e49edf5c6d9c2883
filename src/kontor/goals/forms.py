"""What people type: goals in two languages, and which goal answers a need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster, User
from kontor.accounts.rules import MANAGEMENT
from kontor.goals.catalogue import LANGUAGES, families
from kontor.goals.models import Goal
from kontor.ui.components import Text


def family_choices() -> list[tuple[str, Text]]:
    """Return the families by name."""
    return [(family.code, family.name) for family in families()]


class TitleForm(forms.Form):
    """A title in at least one language, and a family."""

    title_de = forms.CharField(label=_("Title in German"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    family = forms.ChoiceField(label=_("Family"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family: Any = self.fields["family"]
        family.choices = family_choices()

    def clean(self) -> dict[str, Any]:
        """Refuse a goal without any title."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"title_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("title_de", _("Give the goal a title in at least one language."))
        return cleaned

    def texts(self, name: str) -> dict[str, str]:
        """Return language → text of a field that is there once per language."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}


class GoalForm(TitleForm):
    """A goal as the cluster management sets it."""

    description_de = forms.CharField(
        label=_("What it means for this cluster, in German"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    description_en = forms.CharField(
        label=_("What it means for this cluster, in English"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    horizon = forms.ChoiceField(
        label=_("Horizon"), choices=Goal.Horizon.choices, initial=Goal.Horizon.SHORT, widget=forms.RadioSelect
    )
    target_year = forms.IntegerField(
        label=_("To be reached by"),
        help_text=_("A year, such as 2029; empty where it is not decided yet."),
        min_value=2000,
        max_value=2100,
        required=False,
    )
    state = forms.ChoiceField(label=_("State"), choices=Goal.State.choices, initial=Goal.State.ADOPTED)
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Responsible"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["responsible"]
        managing = User.objects.filter(roles__cluster=cluster, roles__kind__in=MANAGEMENT)
        people.queryset = managing.order_by("name", "email")

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        plain = ("family", "horizon", "target_year", "state", "responsible")
        values = {name: self.cleaned_data[name] for name in plain}
        return values | {"title": self.texts("title"), "description": self.texts("description")}


def stored(goal: Any) -> dict[str, Any]:
    """Return the goal's values as the form names them."""
    values = {name: getattr(goal, name) for name in ("family", "horizon", "target_year", "state")}
    values["responsible"] = goal.responsible_id
    for name in ("title", "description"):
        texts = texts_of(getattr(goal, name))
        values |= {f"{name}_{code}": texts.get(code, "") for code in LANGUAGES}
    return values


def texts_of(value: Any) -> dict[str, str]:
    """Return language → text of a text in several languages; one without a language counts as German."""
    data = value.data if isinstance(value, LazyI18nString) else value
    return (
        {code: text for code, text in data.items() if text}
        if isinstance(data, dict)
        else {"de": str(data or "")}
    )
