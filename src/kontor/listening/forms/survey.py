"""Setting up a survey, and what can be changed while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.listening.models import Survey
from kontor.listening.wording import GAPS, first_texts, unknown_gaps
from kontor.questionnaires.models import Questionnaire
from kontor.ui.components import Text

LANGUAGE_NAMES = dict(settings.LANGUAGES)
MOMENT = "%Y-%m-%dT%H:%M"
LONGEST_MESSAGE = 6000


class MomentField(forms.DateTimeField):
    """A day and a time, as the browser's own control gives them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S"], **kwargs)


def languages_of(cluster: Cluster) -> list[str]:
    """Return the languages in which the cluster writes, as far as Kontor speaks them."""
    return [code for code in cluster.languages if code in LANGUAGE_NAMES] or ["de"]


class TextsForm(forms.Form):
    """Subject and text of a mail, once for each language of the cluster."""

    texts: tuple[tuple[str, Text], ...] = (("subject", _("Subject")), ("message", _("Text")))
    first: Mapping[str, str] = {"subject": "subject", "message": "message"}

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages_of(cluster)
        for code in self.languages:
            house = first_texts(code)
            for name, label in self.texts:
                field = self._text_field(name, f"{label} ({LANGUAGE_NAMES[code]})")
                field.initial = house[self.first[name]]
                self.fields[f"{name}_{code}"] = field

    def _text_field(self, name: str, label: str) -> forms.CharField:
        if name == "subject":
            return forms.CharField(label=label, max_length=150)
        gaps = ", ".join(f"{{{gap}}}" for gap in GAPS)
        return forms.CharField(
            label=label,
            max_length=LONGEST_MESSAGE,
            widget=forms.Textarea(attrs={"rows": 11}),
            help_text=gettext("Filled in for each reader: %(gaps)s.") % {"gaps": gaps},
        )

    def clean(self) -> dict[str, Any]:
        """Name what stands in braces and cannot be filled in."""
        cleaned = super().clean() or self.cleaned_data
        for name in self._text_names():
            for gap in unknown_gaps(cleaned.get(name) or ""):
                sentence = gettext("Kontor cannot fill in {%(gap)s}. Known are: %(gaps)s.")
                gaps = ", ".join(f"{{{each}}}" for each in GAPS)
                self.add_error(name, sentence % {"gap": gap, "gaps": gaps})
        return cleaned

    def _text_names(self) -> list[str]:
        return [f"{name}_{code}" for code in self.languages for name, _label in self.texts]

    def text_fields(self) -> Iterator[forms.BoundField]:
        """Yield subject and text of each language."""
        return (self[name] for name in self._text_names())

    def texts_of(self, name: str) -> dict[str, str]:
        """Return language → text."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in self.languages}


class SurveyForm(TextsForm):
    """A survey in preparation; its groups are ticked beside it (see listening.queries.audience.chosen_in)."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Invited people see it, too."))
    questionnaire = forms.ModelChoiceField(
        Questionnaire.objects.none(), label=_("Questionnaire"), empty_label=_("Please choose")
    )
    one_per = forms.ChoiceField(
        label=_("Who answers"),
        choices=Survey.OnePer.choices,
        initial=Survey.OnePer.ORGANISATION,
        widget=forms.RadioSelect,
        help_text=_("One contact of each organisation is invited, or every contact."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_(
            "Nobody can find out who gave which answer, not even you. In return, answers do not become needs "
            "of a member, cannot be changed once sent, and drafts open only with the link that began them."
        ),
    )
    closes_at = MomentField(label=_("Closes"), help_text=_("Whoever is typing then gets two more hours."))

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, cluster=cluster, **kwargs)
        questionnaires: Any = self.fields["questionnaire"]
        questionnaires.queryset = Questionnaire.objects.filter(cluster=cluster, is_archived=False)

    def clean_closes_at(self) -> Any:
        """Refuse a day that is over."""
        return _in_future(self.cleaned_data["closes_at"])

    def first_fields(self) -> Iterator[forms.BoundField]:
        """Yield what stands before the groups."""
        return (self[name] for name in ("name", "questionnaire", "one_per", "is_anonymous", "closes_at"))

    def stored(self) -> dict[str, Any]:
        """Return the values as the services take them."""
        names = ("name", "questionnaire", "one_per", "is_anonymous", "closes_at")
        values = {name: self.cleaned_data[name] for name in names}
        return values | {"subject": self.texts_of("subject"), "message": self.texts_of("message")}


class ReminderForm(TextsForm):
    """What a reminder says, and when it goes out by itself."""

    first = {"subject": "reminder_subject", "message": "reminder_message"}
    remind_at = MomentField(
        label=_("Send by itself on"),
        required=False,
        help_text=_("To those only who have not answered by then. Leave empty to send it by hand."),
    )

    def clean_remind_at(self) -> Any:
        """Refuse a day that is over."""
        return _in_future(self.cleaned_data["remind_at"])


class ClosingForm(forms.Form):
    """Another closing date."""

    closes_at = MomentField(label=_("Closes"))

    def clean_closes_at(self) -> Any:
        """Refuse a day that is over."""
        return _in_future(self.cleaned_data["closes_at"])


class BounceFileForm(forms.Form):
    """Mails that came back."""

    file = forms.FileField(
        label=_("Mails that came back"),
        help_text=_("Saved from your mail program: one .eml file or a whole mbox."),
    )


def _in_future(moment: Any) -> Any:
    if moment is not None and moment <= timezone.now():
        raise forms.ValidationError(_("This day is over. Please choose a later one."))
    return moment
