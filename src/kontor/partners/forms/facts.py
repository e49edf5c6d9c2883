"""Facts: several fields of a group at once, from one source."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kontor.imports.parsers import decimal, whole_number
from kontor.imports.refused import FieldFault
from kontor.partners.catalogue import CHOICE, LANGUAGES, TEXT, YEAR, ProfileField
from kontor.partners.forms.source import SourceForm
from kontor.partners.queries.facts import Known
from kontor.partners.values import LONGEST_TEXT
from kontor.ui.components import Text
from kontor.ui.errors import explain

_ABOUT = ("source", "source_url", "as_of", "note")
_IN: dict[str, Text] = {"de": gettext_lazy("in German"), "en": gettext_lazy("in English")}


class FigureField(forms.CharField):
    """A number as Germans and Britons write it; what could be read two ways is asked back."""

    def __init__(self, *, is_whole: bool, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.is_whole = is_whole
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> float | None:
        """Return the number, or None for an empty field."""
        text = super().clean(value)
        try:
            found: Decimal | int | None = (whole_number if self.is_whole else decimal)(
                text.rstrip("% ").strip()
            )
        except FieldFault as problem:
            raise forms.ValidationError(explain(problem)) from problem
        return None if found is None else float(found)


class FactsForm(SourceForm):
    """One source, one day, and the fields of a group; empty fields say nothing.

    still_<code>: what is on record still holds, as of the new day and by the new source.
    """

    def __init__(
        self, data: Any = None, *, fields: Sequence[ProfileField], known: Known, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.asked, self.known = tuple(fields), known
        for field in self.asked:
            self.fields |= _inputs(field)
            if field.code in known and not known[field.code].is_computed:
                self.fields[f"still_{field.code}"] = forms.BooleanField(
                    label=_("Still holds"), required=False
                )
        self.fields["source"].required = True
        self.fields["note"] = forms.CharField(
            label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Return each field with its inputs and what is on record, for the page."""
        return [
            {
                "field": field,
                "inputs": [self[name] for name in _inputs(field)],
                "still": self[name] if (name := f"still_{field.code}") in self.fields else None,
                "known": self.known.get(field.code),
            }
            for field in self.asked
        ]

    @property
    def about(self) -> list[forms.BoundField]:
        """Return the fields about the source."""
        return [self[name] for name in _ABOUT]

    def clean(self) -> dict[str, Any]:
        """Refuse a form that says nothing at all, and numbers that nobody would believe."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.asked:
            number = cleaned.get(f"f_{field.code}") if field.is_numeric else None
            if number is not None and not field.low <= number <= field.high:
                text = _("Please give a number from %(low)s to %(high)s.")
                ends = {"low": f"{field.low:g}", "high": f"{field.high:,.0f}"}
                self.add_error(f"f_{field.code}", text % ends)
        if not self.errors and not self.values():
            raise forms.ValidationError(_("Fill in at least one field, or tick what still holds."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return field → value of what was filled in, and of what still holds."""
        found: dict[str, Any] = {}
        for field in self.asked:
            value = self._value(field)
            if value not in (None, "", [], {}):
                found[field.code] = value
            elif self.cleaned_data.get(f"still_{field.code}"):
                found[field.code] = _again(self.known[field.code].value, field)
        return found

    def about_source(self) -> dict[str, Any]:
        """Return what the services take about the source."""
        return {name: self.cleaned_data[name] for name in _ABOUT}

    def _value(self, field: ProfileField) -> Any:
        if field.kind == TEXT:
            texts = {code: self.cleaned_data.get(f"f_{field.code}_{code}", "").strip() for code in LANGUAGES}
            return {code: text for code, text in texts.items() if text}
        return self.cleaned_data.get(f"f_{field.code}")


def _again(value: Any, field: ProfileField) -> Any:
    """Return a value on record as the services take it."""
    if field.kind == CHOICE:
        return value[0] if value else ""
    return value


def _inputs(field: ProfileField) -> dict[str, forms.Field]:
    """Return the inputs of one field by name; texts have one for each language."""
    name = f"f_{field.code}"
    if field.kind == TEXT:
        return {
            f"{name}_{code}": forms.CharField(
                label=f"{field.name} ({_IN[code]})",
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )
            for code in LANGUAGES
        }
    choices = [(option.code, option.name) for option in field.options]
    if field.kind == CHOICE:
        return {name: forms.ChoiceField(label=field.name, choices=[("", "–"), *choices], required=False)}
    if field.is_chosen:
        widget = forms.CheckboxSelectMultiple
        return {
            name: forms.MultipleChoiceField(label=field.name, choices=choices, required=False, widget=widget)
        }
    is_whole = field.kind == YEAR or (field.kind == "number" and not field.decimals)
    return {name: FigureField(label=field.name, is_whole=is_whole, required=False)}
