"""What moderators type about a board."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.accounts.models.user import LANGUAGES
from kontor.listening.services.boards.planning import MOST_POINTS
from kontor.needs.models import NeedTopic


class BoardForm(forms.Form):
    """The details of a board."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("For your list, such as “Annual meeting 2026”.")
    )
    question = forms.CharField(
        label=_("Question to the hall"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One short question that everybody can answer: “What do you need abroad?”"),
    )
    language = forms.ChoiceField(
        label=_("Language on the phones"),
        choices=LANGUAGES,
        help_text=_("Everybody can change it on their own phone."),
    )
    held_on = forms.DateField(
        label=_("Day of the meeting"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    points = forms.IntegerField(
        label=_("Points per person"),
        min_value=1,
        max_value=MOST_POINTS,
        help_text=_("Three to seven do well."),
    )
    expires_at = forms.DateTimeField(
        label=_("The link works until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("After that nobody can join or send anything."),
    )

    @staticmethod
    def usual() -> dict[str, Any]:
        """Return what a new board begins with: today, until midnight."""
        today = timezone.localdate()
        midnight = timezone.make_aware(datetime.combine(today, time(23, 59)))
        return {"language": "de", "held_on": today, "points": 5, "expires_at": midnight}


class GroupForm(forms.Form):
    """The heading of a group, and what its ideas are about."""

    title = forms.CharField(label=_("Heading"), max_length=200)
    topic = forms.ModelChoiceField(
        NeedTopic.objects.none(),
        label=_("Topic"),
        required=False,
        empty_label=_("None yet"),
        help_text=_("Under this topic the ideas become needs."),
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset = NeedTopic.objects.filter(cluster=cluster).order_by("kind", "code")
