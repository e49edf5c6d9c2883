"""What people type: a vote in preparation, another date, a reason, a contact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.people import may_be_written_to
from kontor.votes.choices import MOST_OPTIONS
from kontor.votes.models import Elector, Vote

LANGUAGE_NAMES = dict(settings.LANGUAGES)
MOMENT = "%Y-%m-%dT%H:%M"
ROWS_AT_FIRST, ROWS_MORE = 4, 3


class MomentField(forms.DateTimeField):
    """A day and a time, as the browser's own control gives them; refuses one that is over."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the moment, which is still to come."""
        moment = super().clean(value)
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(_("This moment is over. Please choose a later one."))
        return moment


def languages_of(cluster: Cluster) -> list[str]:
    """Return the languages in which the cluster writes, as far as Kontor speaks them."""
    return [code for code in cluster.languages if code in LANGUAGE_NAMES] or ["de"]


class VoteForm(forms.Form):
    """A vote in preparation. Its options are rows of one field for each language.

    references: what the room that asked calls each option; rows keep them in a hidden field.
    """

    method = forms.ChoiceField(
        label=_("Way to vote"),
        choices=Vote.Method.choices,
        initial=Vote.Method.APPROVAL,
        widget=forms.RadioSelect,
        help_text=_(
            "Ticking suits a question with several acceptable answers. Putting in order tells more where "
            "one of at least three must be chosen."
        ),
    )
    quorum_percent = forms.IntegerField(
        label=_("Quorum in percent"),
        initial=50,
        min_value=0,
        max_value=100,
        help_text=_(
            "So many of the organisations asked must vote, abstentions included. 0 where no quorum is needed."
        ),
    )
    closes_at = MomentField(label=_("Closes"))

    def __init__(self, *args: Any, cluster: Cluster, rows: int = ROWS_AT_FIRST, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages_of(cluster)
        self.rows = max(2, min(rows, MOST_OPTIONS))
        for code in self.languages:
            self._add_texts(code)
        for row in range(self.rows):
            reference = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
            self.fields[f"reference_{row}"] = reference

    def _add_texts(self, code: str) -> None:
        name = LANGUAGE_NAMES[code]
        self.fields[f"question_{code}"] = forms.CharField(
            label=gettext("Question (%(language)s)") % {"language": name}, max_length=300, required=False
        )
        self.fields[f"explanation_{code}"] = forms.CharField(
            label=gettext("Explanation (%(language)s)") % {"language": name},
            max_length=6000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        for row in range(self.rows):
            label = gettext("Option %(number)s (%(language)s)") % {"number": row + 1, "language": name}
            self.fields[f"option_{code}_{row}"] = forms.CharField(label=label, max_length=300, required=False)

    def question_fields(self) -> Iterator[forms.BoundField]:
        """Yield the question in each language."""
        return (self[f"question_{code}"] for code in self.languages)

    def explanation_fields(self) -> Iterator[forms.BoundField]:
        """Yield the explanation in each language."""
        return (self[f"explanation_{code}"] for code in self.languages)

    def option_rows(self) -> Iterator[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Yield the hidden reference of each option, and its label in each language."""
        for row in range(self.rows):
            yield self[f"reference_{row}"], [self[f"option_{code}_{row}"] for code in self.languages]

    def clean(self) -> dict[str, Any]:
        """Refuse a vote without a question."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"question_{code}") or "").strip() for code in self.languages):
            self.add_error(f"question_{self.languages[0]}", _("Please write the question."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        data = self.cleaned_data
        values: dict[str, Any] = {name: data[name] for name in ("method", "quorum_percent", "closes_at")}
        for name in ("question", "explanation"):
            values[name] = {code: data[f"{name}_{code}"] for code in self.languages}
        values["options"] = [
            ({code: data[f"option_{code}_{row}"] for code in self.languages}, data[f"reference_{row}"])
            for row in range(self.rows)
        ]
        return values


def stored(vote: Vote, options: Sequence[Any]) -> dict[str, Any]:
    """Return a vote's values as the form names them."""
    values = {name: getattr(vote, name) for name in ("method", "quorum_percent", "closes_at")}
    for code in languages_of(vote.cluster):
        values[f"question_{code}"] = said(vote.question, code)
        values[f"explanation_{code}"] = said(vote.explanation, code)
        for row, option in enumerate(options):
            values[f"option_{code}_{row}"] = said(option.label, code)
            values[f"reference_{row}"] = option.reference
    return values


def said(text: Any, code: str) -> str:
    """Return what a text says in exactly this language; one without languages says the same in all."""
    data = getattr(text, "data", text)
    return str(data.get(code, "")) if isinstance(data, dict) else str(data or "")


class ExtendForm(forms.Form):
    """More time."""

    closes_at = MomentField(label=_("Closes"))


class CancelForm(forms.Form):
    """Why a vote ends without a result."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever opens the link reads it."),
    )


class TypedContactForm(forms.Form):
    """Name and address of somebody who is not in the directory."""

    name = forms.CharField(label=_("Name"), max_length=250, required=False)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class ElectorForm(TypedContactForm):
    """An organisation of the directory that is to vote, whoever it is."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Please choose")
    )
    field_order = ("organisation", "name", "email", "language")

    def __init__(self, *args: Any, vote: Vote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = Elector.objects.filter(vote=vote, organisation__isnull=False).values("organisation")
        field: Any = self.fields["organisation"]
        found = Organisation.objects.filter(cluster=vote.cluster_id).exclude(pk__in=taken)
        field.queryset = found.order_by("name", "pk")


class ContactForm(forms.Form):
    """Another contact of the organisation."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Contact"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, elector: Elector, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        people = Person.objects.filter(may_be_written_to(), organisation=elector.organisation_id)
        field.queryset = people.exclude(pk=elector.person_id or 0).order_by("pk")
        field.label_from_instance = lambda person: f"{person} · {person.email}"

    @property
    def has_choice(self) -> bool:
        """True where somebody else may be written to."""
        field: Any = self.fields["person"]
        return bool(field.queryset)
