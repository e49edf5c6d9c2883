"""What all forms of this room share: fields taken from a model, and texts in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from kontor.ui.components import Text

LANGUAGES: dict[str, Text] = {"de": _("German"), "en": _("English")}


class DayInput(forms.DateInput):
    """A date in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SuggestInput(forms.TextInput):
    """A text with suggestions. options: (value, label); with `url`, the server suggests while typing."""

    template_name = "actors/widgets/suggest.html"

    def __init__(self, options: tuple[tuple[str, str], ...] = (), url: str = "") -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.options = options
        self.url = url

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the suggestions to what the template shows."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["list"] = f"{own.get('id', name)}_options"
        if self.url:
            own |= {
                "hx-get": self.url,
                "hx-trigger": "input changed delay:250ms",
                "hx-target": f"#{own['list']}",
            }
        return context | {"options": self.options}


class FactForm(forms.Form):
    """A form over some fields of a model.

    model_fields:  taken with their labels and limits from the model.
    two_languages: fields whose text is typed in German and in English, each in a field of its own.
    """

    model: ClassVar[type[models.Model]]
    model_fields: ClassVar[tuple[str, ...]] = ()
    two_languages: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, row: models.Model | None = None, **kwargs: Any) -> None:
        initial = self.current(row) if row is not None else {}
        super().__init__(data, initial=initial | kwargs.pop("initial", {}), **kwargs)
        taken = [name for name in self.model_fields if name not in self.fields]
        for name, field in fields_for_model(self.model, fields=taken).items():
            if field is not None:
                self.fields[name] = _dressed(field)
        for name in self.two_languages:
            self._add_languages(name)
        self.order_fields(self.order or None)

    def _add_languages(self, name: str) -> None:
        column = self.model._meta.get_field(name)
        is_long = isinstance(column, models.TextField) and column.max_length is None
        for code, language in LANGUAGES.items():
            label = f"{str(getattr(column, 'verbose_name', name)).capitalize()} ({language})"
            widget = (
                forms.Textarea(attrs={"rows": 4, "lang": code})
                if is_long
                else forms.TextInput(attrs={"lang": code})
            )
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=label, required=False, max_length=None if is_long else 300, widget=widget
            )

    @classmethod
    def current(cls, row: models.Model) -> dict[str, Any]:
        """Return what the row holds now, by the names of this form's fields."""
        held = {name: getattr(row, name) for name in cls.model_fields}
        for name in cls.two_languages:
            texts = spoken(getattr(row, name))
            held |= {f"{name}_{code}": texts[code] for code in LANGUAGES}
        return held

    def values(self) -> dict[str, Any]:
        """Return the cleaned values as a service takes them."""
        values = dict(self.cleaned_data)
        for name in self.two_languages:
            texts = {code: values.pop(f"{name}_{code}") for code in LANGUAGES}
            values[name] = LazyI18nString({code: text for code, text in texts.items() if text})
        return values

    def require_one_language(self, name: str) -> None:
        """Add an error where a text is given in neither language; call it in `clean`."""
        if not any(self.cleaned_data.get(f"{name}_{code}") for code in LANGUAGES):
            self.add_error(f"{name}_de", _("Please give it in at least one language."))


def _dressed(field: forms.Field) -> forms.Field:
    """Give a field of a model the control and the label that people expect."""
    if isinstance(field, forms.DateField):
        field.widget = DayInput()
        field.widget.is_required = field.required
    if field.label:
        label = str(field.label)
        field.label = label[:1].upper() + label[1:]
    return field


def spoken(text: Any) -> dict[str, str]:
    """Return a stored text by language, "" where it is not given in that language."""
    data = getattr(text, "data", text)
    if isinstance(data, Mapping):
        return {code: str(data.get(code) or "") for code in LANGUAGES}
    return {code: str(data or "") if code == "de" else "" for code in LANGUAGES}


def language() -> str:
    """Return the reader's language, "de" or "en"."""
    return (get_language() or "en")[:2]


class DayForm(forms.Form):
    """One day. label: what happens on it."""

    day = forms.DateField(widget=DayInput)

    def __init__(self, data: Any = None, *, label: Text, day: date | None = None) -> None:
        super().__init__(data, initial={"day": day})
        self.fields["day"].label = str(label)


class PeriodForm(forms.Form):
    """From when until when; both may stay open."""

    valid_from = forms.DateField(label=_("From"), required=False, widget=DayInput)
    valid_to = forms.DateField(label=_("Until"), required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            raise ValidationError({"valid_to": _("The end lies before the beginning.")})
        return values
