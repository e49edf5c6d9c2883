"""Name, purpose, languages, and the texts before and after the questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.questionnaires.definition import Texts
from kontor.questionnaires.forms.fields import language_name
from kontor.questionnaires.forms.start import language_choices
from kontor.questionnaires.models import Questionnaire
from kontor.ui.components import Text

# Stem, label, help, whether it is long.
_TEXTS: tuple[tuple[str, Text, Text, bool], ...] = (
    ("title", _("Title"), _("What those see who answer."), False),
    ("intro", _("Introduction"), _("Why you ask, how long it takes, what happens with the answers."), True),
    ("thanks", _("Words of thanks"), _("What stands there once somebody has answered."), True),
)


class FrameForm(forms.Form):
    """Everything but the questions. A text in a language is the field STEM-LANGUAGE."""

    name = forms.CharField(
        label=_("Name in your office"), max_length=200, help_text=_("Only you see this name.")
    )
    purpose = forms.ChoiceField(
        label=_("Meant for"), choices=Questionnaire.Purpose.choices, widget=forms.RadioSelect
    )
    main_language = forms.ChoiceField(
        label=_("Main language"), help_text=_("It stands in where a text is missing in another language.")
    )
    languages_too = forms.MultipleChoiceField(
        label=_("Further languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A language that you take out keeps its texts: they are there again when you bring it back."
        ),
    )

    def __init__(self, data: Any, *, questionnaire: Questionnaire) -> None:
        definition = questionnaire.definition
        present = definition.languages
        initial: dict[str, Any] = {
            "name": questionnaire.name,
            "purpose": questionnaire.purpose,
            "main_language": next(iter(present), "de"),
            "languages_too": list(present[1:]),
        }
        for stem, *_rest in _TEXTS:
            texts: Texts = getattr(definition, stem)
            initial |= {f"{stem}-{language}": texts.get(language, "") for language in present}
        super().__init__(data, initial=initial)
        choices = language_choices(present)
        self.fields["main_language"].choices = choices  # type: ignore[attr-defined]
        self.fields["languages_too"].choices = choices  # type: ignore[attr-defined]
        for stem, label, help_text, is_long in _TEXTS:
            for language in present:
                self.fields[f"{stem}-{language}"] = _text_field(label, help_text, language, is_long=is_long)

    def languages(self) -> tuple[str, ...]:
        """Return the languages chosen, the main one first."""
        main = self.cleaned_data["main_language"]
        return (main, *(code for code in self.cleaned_data["languages_too"] if code != main))

    def texts(self, stem: str, before: Texts) -> dict[str, str]:
        """Return the texts typed for title, intro or thanks; those of languages not shown stay."""
        found = dict(before)
        for name, value in self.cleaned_data.items():
            if name.startswith(f"{stem}-"):
                found[name.removeprefix(f"{stem}-")] = value.replace("\r\n", "\n")
        return {language: text for language, text in found.items() if text}


def _text_field(label: Text, help_text: Text, language: str, *, is_long: bool) -> forms.CharField:
    attributes = {"lang": language, "dir": "auto"} | ({"rows": "4"} if is_long else {})
    return forms.CharField(
        label=f"{label} ({language_name(language)})",
        help_text=str(help_text),
        required=False,
        max_length=5000,
        widget=(forms.Textarea if is_long else forms.TextInput)(attrs=attributes),
    )
