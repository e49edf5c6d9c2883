"""Forms of the front room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from kontor.journey.models import PointAnswer


class AnswerForm(forms.Form):
    """How far a point is, and why, in the languages of the concept."""

    state = forms.ChoiceField(
        label=_("state"),
        choices=PointAnswer.State.choices,
        widget=forms.RadioSelect(),
        initial=PointAnswer.State.OPEN,
    )
    note_de = forms.CharField(
        label=_("Reason in German"),
        required=False,
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "de"}),
    )
    note_en = forms.CharField(
        label=_("Reason in English"),
        required=False,
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )

    def note(self) -> LazyI18nString:
        """Return the reason in the languages in which it was given."""
        texts = {code: self.cleaned_data[f"note_{code}"].strip() for code in ("de", "en")}
        return LazyI18nString({code: text for code, text in texts.items() if text})


def values_of(answer: PointAnswer | None) -> dict[str, Any]:
    """Return what the form shows of a stored answer."""
    if answer is None:
        return {}
    data = answer.note.data if isinstance(answer.note, LazyI18nString) else answer.note
    texts = data if isinstance(data, dict) else {"de": data, "en": data}
    return {"state": answer.state, "note_de": texts.get("de", ""), "note_en": texts.get("en", "")}
