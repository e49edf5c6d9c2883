"""Forms of the concept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.strategy.models import ConceptVersion


class SectionForm(forms.Form):
    """The text of one section in one language."""

    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-markdown": ""}),
        help_text=_(
            "Blank line: new paragraph. Start a line with “- ” for a list, with “## ” for a heading; "
            "**bold** and *italic* go in asterisks."
        ),
    )


class FreezeForm(forms.ModelForm[ConceptVersion]):
    """What a version is called and what it brings."""

    class Meta:
        model = ConceptVersion
        fields = ("label", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"label": _("For example: for the board meeting in March")}


class CompareForm(forms.Form):
    """Which two states to lay side by side; "now" is today's draft."""

    old = forms.ChoiceField(label=_("From"))
    new = forms.ChoiceField(label=_("To"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.widget.attrs["data-autosubmit"] = ""
