"""A study as typed: titles in two languages, question, goals, catalogue, due date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.criteria.models import CatalogueVersion
from kontor.goals.forms import texts_of
from kontor.goals.models import Goal
from kontor.goals.queries import standing_goals
from kontor.studies.models import Study
from kontor.ui.vocabulary import country_choices

LANGUAGES = ("de", "en")


class DateInput(forms.DateInput):
    """A day as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def versions_for(cluster: Cluster) -> Any:
    """Return the published versions for partners, the latest first."""
    found = CatalogueVersion.objects.filter(catalogue__cluster=cluster, catalogue__purpose="partners")
    return found.select_related("catalogue").defer("content").order_by("-number")


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, version: Any) -> str:
        """Say number and day of a version."""
        day = timezone.localdate(version.published_at)
        return _("Version %(number)s of %(day)s") % {
            "number": version.number,
            "day": day.strftime("%d.%m.%Y"),
        }


class StudyForm(forms.Form):
    """What a study asks, by which catalogue, until when."""

    title_de = forms.CharField(label=_("Title in German"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    question_de = forms.CharField(
        label=_("What is to be decided, in German"),
        help_text=_("One sentence that every assessor reads first."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    question_en = forms.CharField(
        label=_("What is to be decided, in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    catalogue_version = _VersionField(
        CatalogueVersion.objects.none(),
        label=_("Criteria catalogue"),
        help_text=_("The study copies its criteria from this version; later changes do not touch it."),
        empty_label=None,
    )
    judge_until = forms.DateField(
        label=_("Judgements due by"), required=False, widget=DateInput(), help_text=_("Stands in the mails.")
    )
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("Goals that the choice serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version: Any = self.fields["catalogue_version"]
        version.queryset = versions_for(cluster)
        version.initial = version.queryset.first()
        goals: Any = self.fields["goals"]
        goals.queryset = standing_goals(cluster)
        if not goals.queryset.exists():
            del self.fields["goals"]

    def clean(self) -> dict[str, Any]:
        """Refuse a study without any title."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"title_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("title_de", _("Give the study a title in at least one language."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        texts = {
            name: {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}
            for name in ("title", "question")
        }
        plain = {name: self.cleaned_data[name] for name in ("catalogue_version", "judge_until")}
        return texts | plain | {"goals": self.cleaned_data.get("goals", ())}


def stored(study: Study) -> dict[str, Any]:
    """Return the study's values as the form names them."""
    values: dict[str, Any] = {
        "catalogue_version": study.catalogue_version_id,
        "judge_until": study.judge_until,
        "goals": list(study.goals.values_list("pk", flat=True)),
    }
    for name in ("title", "question"):
        texts = texts_of(getattr(study, name))
        values |= {f"{name}_{code}": texts.get(code, "") for code in LANGUAGES}
    return values


class QuickCandidateForm(forms.Form):
    """A candidate by name and country alone."""

    name = forms.CharField(label=_("Name of the cluster"), max_length=300)
    country = forms.ChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = [("", _("Please choose")), *country_choices((get_language() or "en")[:2])]
