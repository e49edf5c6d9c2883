"""Forms of the front room."""

from django import forms

from kontor.journey.models import PointAnswer


class AnswerForm(forms.ModelForm[PointAnswer]):
    """How far a point is, and why."""

    class Meta:
        model = PointAnswer
        fields = ("state", "note")
        widgets = {"state": forms.RadioSelect()}
