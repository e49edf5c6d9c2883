"""What people type about interviews: series, appointments, refusals, transcripts and passages."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, User
from kontor.actors.forms.base import DayInput
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.segments import Dimension
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.passages import cleaned
from kontor.listening.queries import interviews as queries
from kontor.listening.queries.audience import ONLY_SILENT
from kontor.needs.models import Need, NeedKind, NeedTopic
from kontor.needs.widgets import LongSelect
from kontor.questionnaires.models import QuestionnaireVersion
from kontor.ui.vocabulary import country_choices

PRESELECTED = [Dimension.KIND, Dimension.VALUE_CHAIN, Dimension.DEGREE]
_FILTER = "only_"


class StudyForm(forms.Form):
    """A series of interviews: whom to draw, how many, and by what to group them."""

    name = forms.CharField(label=_("Name"), max_length=200)
    guide = forms.ModelChoiceField(
        QuestionnaireVersion.objects.none(),
        label=_("Interview guide"),
        required=False,
        empty_label=_("Without a guide"),
        help_text=_("A released questionnaire that is meant for interviews. It can be chosen later, too."),
    )
    size = forms.IntegerField(label=_("Number of interviews"), min_value=1, max_value=500, initial=12)
    dimensions = forms.MultipleChoiceField(
        label=_("Groups to be heard"),
        choices=lambda: [(str(each), each.label) for each in Dimension],
        initial=[str(each) for each in PRESELECTED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each combination is a group. The fewer dimensions, the more members stand in each."),
    )
    allocation = forms.ChoiceField(
        label=_("Interviews for each group"),
        choices=InterviewStudy.Allocation.choices,
        initial=InterviewStudy.Allocation.PROPORTIONAL,
        widget=forms.RadioSelect,
    )
    population_on = forms.DateField(label=_("Members as of"), widget=DayInput)
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2_147_483_647,
        help_text=_(
            "A number by chance, from which the order of the draw follows. Keep the suggestion: whoever "
            "looks for a number whose sample pleases does not draw by lot."
        ),
    )
    only_silent = forms.BooleanField(label=_("Only members who have not been heard yet"), required=False)

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guide: Any = self.fields["guide"]
        guide.queryset = queries.guides(cluster)
        guide.label_from_instance = _named
        self.fields["seed"].initial = 1000 + secrets.randbelow(9000)
        self.fields["population_on"].initial = timezone.localdate
        for dimension in Dimension:
            self.fields[f"{_FILTER}{dimension}"] = forms.MultipleChoiceField(
                label=str(dimension.label),
                choices=list(dimension.groups.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def filters(self) -> list[forms.BoundField]:
        """Return the fields that narrow whom to draw from."""
        return [self[ONLY_SILENT], *(self[f"{_FILTER}{dimension}"] for dimension in Dimension)]

    @property
    def main(self) -> list[forms.BoundField]:
        """Return all other fields."""
        return [field for field in self.visible_fields() if not field.name.startswith(_FILTER)]

    @property
    def is_narrowed(self) -> bool:
        """True where a filter is set, so that the page shows them."""
        return any(field.value() for field in self.filters)

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        data = dict(self.cleaned_data)
        chosen: dict[str, Any] = {}
        if data.pop(ONLY_SILENT):
            chosen[ONLY_SILENT] = True
        for dimension in Dimension:
            if groups := data.pop(f"{_FILTER}{dimension}"):
                chosen[str(dimension)] = groups
        return data | {"chosen": chosen}

    @staticmethod
    def stored(study: InterviewStudy) -> dict[str, Any]:
        """Return the values of a series as the form names them."""
        fields = ("name", "size", "dimensions", "allocation", "seed")
        held = {name: getattr(study, name) for name in fields}
        filters = {f"{_FILTER}{name}": groups for name, groups in study.chosen.items() if name != ONLY_SILENT}
        day = study.population_on or timezone.localdate()
        silent = {ONLY_SILENT: bool(study.chosen.get(ONLY_SILENT))}
        return held | filters | silent | {"guide": study.guide_id, "population_on": day}


class DrawnStudyForm(StudyForm):
    """What can still be changed once the sample has been drawn: the name and the guide."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in ("name", "guide")]:
            del self.fields[name]

    @property
    def filters(self) -> list[forms.BoundField]:
        """Return nothing: whom to draw from is settled."""
        return []

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return dict(self.cleaned_data)


class AppointmentForm(forms.Form):
    """When, where and with whom."""

    appointed_at = forms.DateTimeField(
        label=_("Date and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty to call the appointment off."),
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=480, initial=45)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, a telephone number or a link.")
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Talk with"), required=False, empty_label=_("Nobody in particular")
    )
    interviewer = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Interviewer"),
        required=False,
        empty_label=_("Not settled yet"),
    )

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, interviewer = self._field("person"), self._field("interviewer")
        person.queryset = Person.objects.filter(
            cluster=interview.cluster, organisation=interview.organisation
        )
        interviewer.queryset = queries.interviewers(interview.cluster)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @staticmethod
    def stored(interview: Interview) -> dict[str, Any]:
        """Return the values of an interview as the form names them."""
        return {
            "appointed_at": interview.appointed_at,
            "minutes": interview.minutes,
            "place": interview.place,
            "person": interview.person_id,
            "interviewer": interview.interviewer_id,
        }


class HeldForm(forms.Form):
    """When the talk was held, and what else is worth keeping."""

    held_on = forms.DateField(label=_("Held on"), widget=DayInput)
    notes = forms.CharField(
        label=_("Further notes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class DeclineForm(forms.Form):
    """Why a member does not take part."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("A few words, as it was told to you.")
    )


class StandInForm(forms.Form):
    """Whom to ask instead, and why."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Member"), empty_label=_("Please choose"), widget=LongSelect
    )
    reason = forms.CharField(label=_("Why this member"), max_length=300)

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = queries.stand_ins(interview, timezone.localdate())


class TranscriptForm(forms.Form):
    """The words of a talk."""

    text = forms.CharField(
        label=_("Transcript"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "class": "transcript-entry"}),
    )


class FileForm(forms.Form):
    """A file with the words of a talk."""

    file = forms.FileField(
        label=_("File"), help_text=_("Text (.txt, .md) or Word (.docx), up to 5 MB."), allow_empty_file=True
    )


class NeedOfPassageForm(forms.Form):
    """What a passage tells: a comment, and with a topic a need."""

    topic = forms.ModelChoiceField(
        NeedTopic.objects.none(),
        label=_("Topic of the need"),
        required=False,
        empty_label=_("No need, only a comment"),
    )
    statement = forms.CharField(
        label=_("In the member’s words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Left empty, the words of the passage are taken."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("As the topic")), *NeedKind.choices], required=False
    )
    country = forms.ChoiceField(label=_("Target country"), required=False, widget=LongSelect)
    urgency = forms.TypedChoiceField(
        label=_("How soon it matters"), choices=Need.Urgency.choices, coerce=int, initial=Need.Urgency.SOON
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset = NeedTopic.objects.filter(cluster=cluster).order_by("kind", "code")
        country: Any = self.fields["country"]
        country.choices = [("", _("None in particular")), *country_choices(get_language() or "en")]

    def need(self, quote: str) -> dict[str, Any] | None:
        """Return the need as the service takes it, None without a topic."""
        if self.cleaned_data["topic"] is None:
            return None
        names = ("topic", "kind", "country", "urgency")
        statement = self.cleaned_data["statement"].strip() or quote[:2000]
        return {name: self.cleaned_data[name] for name in names} | {"statement": statement}


class PassageForm(NeedOfPassageForm):
    """A passage marked in the transcript.

    start, end: as the browser counts them; without them the `words` are looked for.
    place:      the place chosen where the words stand several times, "start-end" in characters.
    """

    words = forms.CharField(
        label=_("Words of the passage"),
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Select them in the transcript, or copy them from there."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    place = forms.RegexField(r"^\d{1,7}-\d{1,7}$", required=False, widget=forms.HiddenInput)
    field_order = ("words", "topic", "statement", "kind", "country", "urgency", "comment")

    def clean_words(self) -> str:
        """Return the words with line ends as the transcript keeps them."""
        return cleaned(self.cleaned_data["words"])


def _named(version: Any) -> str:
    return f"{version.questionnaire.name} ({version.number})"
