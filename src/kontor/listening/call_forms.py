"""What people type about a phone campaign and during a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.segments import Dimension
from kontor.listening.models import CallTarget
from kontor.listening.queries.audience import ONLY_SILENT
from kontor.listening.services.calls.campaigns import LEAST_MINUTES, MOST_MINUTES
from kontor.questionnaires.models import Questionnaire


class CampaignTextForm(forms.Form):
    """What may change while calls are being made."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Such as “Needs abroad, autumn 2026”. Only you see it.")
    )
    opening = forms.CharField(
        label=_("How to begin the talk"),
        help_text=_("Stands above the questions: who you are, what it is about, how long it takes."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reserve_minutes = forms.IntegerField(
        label=_("Minutes for which a member stays reserved"),
        help_text=_("Counted from the last word typed. After that somebody else may call."),
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        initial=30,
    )


class CampaignForm(CampaignTextForm):
    """A new campaign: what is asked, and whom."""

    questionnaire = forms.ModelChoiceField(
        Questionnaire.objects.none(),
        label=_("Questionnaire"),
        required=False,
        empty_label=_("None: only take notes"),
        help_text=_("Asked as it stands today; later changes do not touch this campaign."),
    )
    only_silent = forms.BooleanField(
        label=_("Only members who were not heard yet"),
        required=False,
        help_text=_("Without the tick they come first, the others after them."),
    )
    field_order = ("name", "questionnaire", "opening", "reserve_minutes")

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for_calls = Case(When(purpose=Questionnaire.Purpose.CALL, then=Value(0)), default=Value(1))
        asked: Any = self.fields["questionnaire"]
        asked.queryset = Questionnaire.objects.filter(cluster=cluster, is_archived=False).order_by(
            for_calls, "name", "pk"
        )
        for dimension in Dimension:
            label: Any = dimension.label
            self.fields[str(dimension)] = forms.MultipleChoiceField(
                label=label,
                choices=list(dimension.groups.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def texts(self) -> list[forms.BoundField]:
        """Return the fields about the talk."""
        return [self[name] for name in ("name", "questionnaire", "opening", "reserve_minutes")]

    @property
    def silent(self) -> forms.BoundField:
        """Return the tick for silent members only."""
        return self[ONLY_SILENT]

    @property
    def dimensions(self) -> list[forms.BoundField]:
        """Return the fields that narrow the list."""
        return [self[str(dimension)] for dimension in Dimension]


class CallForm(forms.Form):
    """How the call went; the answers are read by `questionnaires.answers`."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=CallTarget.Outcome.choices,
        error_messages={"required": _("Please choose how the call went.")},
    )
    call_back_at = forms.DateTimeField(
        label=_("Call back on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    gives_up = forms.BooleanField(required=False, label=_("Do not call again in this campaign"))
    notes = forms.CharField(label=_("Notes"), required=False, strip=False)
    person = forms.ModelChoiceField(Person.objects.none(), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = organisation.people.all()
