"""What people type: sheets, entries, descriptions of indicators, and the files to load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from kontor.actors.imports_forms import ManyFilesField, ManyFilesInput
from kontor.countries.models import Dimension, Indicator, RegionSheet, SheetEntry
from kontor.countries.reading.unpacking import MOST_BYTES
from kontor.ui.vocabulary import country_choices

LANGUAGES = ("de", "en")
_ACCEPTED = ".csv,.tsv,.txt,.xls,.xlsx,.ods,.zip"
DIRECTIONS = {"more": True, "less": False, "neither": None}


def texts_of(value: Any) -> dict[str, str]:
    """Return language → text of a text in several languages; one without a language counts as English."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict):
        return {code: text for code, text in data.items() if text}
    return {"en": str(data)} if data else {}


class _TwoLanguages(forms.Form):
    """A form with texts in German and English, each in a field of its own."""

    def texts(self, name: str) -> dict[str, str]:
        """Return language → text of a field that is there once per language."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}


def _long_text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=6000, required=False, widget=widget)


class SheetForm(_TwoLanguages):
    """A sheet: its place, and what all of it means."""

    country = forms.ChoiceField(label=_("Country"))
    region = forms.CharField(
        label=_("Region"),
        help_text=_("Empty for the whole country. A NUTS code such as DK03 or a name such as Bavaria."),
        max_length=100,
        required=False,
    )
    title_de = forms.CharField(label=_("Title in German"), max_length=200, required=False)
    title_en = forms.CharField(
        label=_("Title in English"),
        help_text=_("Without a title, the region and the country stand there."),
        max_length=200,
        required=False,
    )
    conclusion_de = _long_text(_("What it means for us, in German"))
    conclusion_en = _long_text(_("What it means for us, in English"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = [("", "–"), *country_choices(get_language() or "en")]

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        plain = {name: self.cleaned_data[name] for name in ("country", "region")}
        return plain | {name: self.texts(name) for name in ("title", "conclusion")}


def stored_sheet(sheet: RegionSheet) -> dict[str, Any]:
    """Return a sheet's values as the form names them."""
    values: dict[str, Any] = {"country": sheet.country, "region": sheet.region}
    for name in ("title", "conclusion"):
        texts = texts_of(getattr(sheet, name))
        values |= {f"{name}_{code}": texts.get(code, "") for code in LANGUAGES}
    return values


class EntryForm(_TwoLanguages):
    """One observation of a sheet."""

    dimension = forms.ChoiceField(label=_("Dimension"), choices=Dimension.choices)
    text_de = _long_text(_("Observation in German"))
    text_en = _long_text(_("Observation in English"))
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Who says so: a publication, an office, a person."),
        max_length=300,
        required=False,
    )
    url = forms.URLField(
        label=_("Link to the source"),
        help_text=_("Where it can be read, with https://"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    as_of = forms.DateField(
        label=_("As of"),
        help_text=_("The day for which the source says it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    rating = forms.TypedChoiceField(
        label=_("What does it mean for working with this region?"),
        choices=[("", _("not judged")), *SheetEntry.Rating.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an entry without a text, and one from the future."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"text_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("text_de", _("Write the observation in at least one language."))
        as_of = cleaned.get("as_of")
        if as_of and as_of > timezone.localdate():
            self.add_error("as_of", _("This day lies in the future."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        plain = ("dimension", "source", "url", "as_of", "rating")
        return {name: self.cleaned_data[name] for name in plain} | {"text": self.texts("text")}


def stored_entry(entry: SheetEntry) -> dict[str, Any]:
    """Return an entry's values as the form names them."""
    plain = ("dimension", "source", "url", "as_of", "rating")
    texts = texts_of(entry.text)
    values = {name: getattr(entry, name) for name in plain}
    values["rating"] = "" if entry.rating is None else entry.rating
    return values | {f"text_{code}": texts.get(code, "") for code in LANGUAGES}


class IndicatorForm(_TwoLanguages):
    """How an indicator is named and read."""

    name_de = forms.CharField(label=_("Name in German"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    unit_de = forms.CharField(label=_("Unit in German"), max_length=100, required=False)
    unit_en = forms.CharField(label=_("Unit in English"), max_length=100, required=False)
    meaning_de = _long_text(_("What it tells, in German"), rows=3)
    meaning_en = _long_text(_("What it tells, in English"), rows=3)
    dimension = forms.ChoiceField(label=_("Dimension"), choices=Dimension.choices)
    better = forms.ChoiceField(
        label=_("Which is better for working there?"),
        choices=(("more", _("more")), ("less", _("less")), ("neither", _("neither"))),
        widget=forms.RadioSelect,
    )
    decimals = forms.IntegerField(label=_("Decimals shown"), min_value=0, max_value=4)
    stale_after_years = forms.IntegerField(
        label=_("Out of date after (years)"),
        help_text=_("Older figures are marked."),
        min_value=1,
        max_value=30,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an indicator without a name."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"name_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("name_de", _("Give the indicator a name in at least one language."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        plain = {name: self.cleaned_data[name] for name in ("dimension", "decimals", "stale_after_years")}
        texts = {name: self.texts(name) for name in ("name", "unit", "meaning")}
        return plain | texts | {"is_benefit": DIRECTIONS[self.cleaned_data["better"]]}


def stored_indicator(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator's values as the form names them."""
    values = {name: getattr(indicator, name) for name in ("dimension", "decimals", "stale_after_years")}
    values["better"] = next(word for word, is_so in DIRECTIONS.items() if is_so is indicator.is_benefit)
    for name in ("name", "unit", "meaning"):
        texts = texts_of(getattr(indicator, name))
        values |= {f"{name}_{code}": texts.get(code, "") for code in LANGUAGES}
    return values


class FilesForm(forms.Form):
    """The files to load, several at once."""

    tables = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "As you downloaded them: .zip, .csv, .xls or .xlsx, several at once. A .zip is opened here; you "
            "need not unpack it."
        ),
        widget=ManyFilesInput(attrs={"multiple": True, "accept": _ACCEPTED}),
        error_messages={
            "required": _("Please choose the files first."),
            "empty": _("One of the files is empty. Download it again."),
        },
    )

    def clean_tables(self) -> Sequence[UploadedFile[Any]]:
        """Refuse what is too large to be looked at."""
        files: Sequence[UploadedFile[Any]] = self.cleaned_data["tables"]
        size = sum(file.size or 0 for file in files)
        if size > MOST_BYTES:
            raise forms.ValidationError(
                _("%(size)s MB are too much; at most %(most)s MB are possible."),
                code="too_large",
                params={"size": round(size / 1_000_000), "most": MOST_BYTES // 1_000_000},
            )
        return files
