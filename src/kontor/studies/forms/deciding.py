"""Put candidates to the vote, and decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kontor.studies.models import Study, StudyCandidate
from kontor.votes.models import Vote

LANGUAGES = ("de", "en")
_AREA: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 4}), "max_length": 4000, "required": False}


class VoteForm(forms.Form):
    """What members vote on."""

    candidates = forms.ModelMultipleChoiceField(
        StudyCandidate.objects.none(), label=_("Candidates in question"), widget=forms.CheckboxSelectMultiple
    )
    method = forms.ChoiceField(
        label=_("How people vote"), choices=Vote.Method.choices, widget=forms.RadioSelect
    )
    question_de = forms.CharField(label=_("Question in German"), max_length=300, required=False)
    question_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    explanation_de = forms.CharField(label=_("What voters should know, in German"), **_AREA)
    explanation_en = forms.CharField(label=_("What voters should know, in English"), **_AREA)
    quorum_percent = forms.IntegerField(
        label=_("Quorum in percent"),
        min_value=0,
        max_value=100,
        help_text=_("So many of the organisations on the roll must vote."),
    )
    closes_at = forms.DateTimeField(
        label=_("Open until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["candidates"]
        field.queryset = study.candidates.select_related("partner")

    def clean(self) -> dict[str, Any]:
        """Refuse a vote without a question, on one candidate alone, or that is over at once."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"question_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("question_de", _("Ask the question in at least one language."))
        if "candidates" in cleaned and len(cleaned["candidates"]) < 2:
            self.add_error("candidates", _("Choose at least two candidates."))
        if cleaned.get("closes_at") and cleaned["closes_at"] <= timezone.now():
            self.add_error("closes_at", _("This moment has passed."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the service takes them."""
        names = ("candidates", "method", "quorum_percent", "closes_at")
        plain = {name: self.cleaned_data[name] for name in names}
        return plain | {name: _texts(self, name) for name in ("question", "explanation")}


class DecisionForm(forms.Form):
    """Who is chosen, and why."""

    chosen = forms.ModelMultipleChoiceField(
        StudyCandidate.objects.none(), label=_("Decided for"), widget=forms.CheckboxSelectMultiple
    )
    reasons_de = forms.CharField(label=_("Reasons in German"), **_AREA)
    reasons_en = forms.CharField(label=_("Reasons in English"), **_AREA)
    dissent_de = forms.CharField(label=_("Dissent in German"), **_AREA)
    dissent_en = forms.CharField(label=_("Dissent in English"), **_AREA)
    decided_on = forms.DateField(
        label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    moves_stages = forms.BooleanField(
        label=_("Make the chosen ones partners and set the others aside"), required=False
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.queryset = study.candidates.select_related("partner")

    def clean(self) -> dict[str, Any]:
        """Refuse a decision without reasons, or one of tomorrow."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"reasons_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("reasons_de", _("Say why, in at least one language."))
        if cleaned.get("decided_on") and cleaned["decided_on"] > timezone.localdate():
            self.add_error("decided_on", _("This day is still to come."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the service takes them."""
        plain = {name: self.cleaned_data[name] for name in ("chosen", "moves_stages")}
        texts = {name: _texts(self, name) for name in ("reasons", "dissent")}
        return plain | texts | {"on": self.cleaned_data["decided_on"]}


def usual_end() -> Any:
    """Return when a vote usually ends: two weeks from now, at the end of the day."""
    end = timezone.localtime() + timedelta(days=14)
    return end.replace(hour=23, minute=59, second=0, microsecond=0)


def _texts(form: forms.Form, name: str) -> dict[str, str]:
    return {code: form.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}
