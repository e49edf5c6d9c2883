"""Forms of the import assistant: files in, choices back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

# Read whole into memory: larger ones are refused before.
MEMBER_FILE_BYTES = 10_000_000
CORDIS_BYTES = 200_000_000


class MemberFileForm(forms.Form):
    """The member list."""

    file = forms.FileField(
        label=_("Member list"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, up to 5,000 rows."),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("Please choose a file first."),
            "missing": _("Please choose a file first."),
            "empty": _("This file is empty. Choose the file that holds the table."),
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large to be looked at."""
        return _require_size([self.cleaned_data["file"]], MEMBER_FILE_BYTES)[0]


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploaded files, at least one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return all files, each checked on its own."""
        files = data if isinstance(data, list | tuple) else [data]
        single = super().clean
        return [single(file, initial) for file in files or [None]]


class CordisFilesForm(forms.Form):
    """The files of a CORDIS export."""

    tables = ManyFilesField(
        label=_("Files of the export"),
        help_text=_(
            "All tables together, or one .zip: project and organization, with euroSciVoc, topics and "
            "legalBasis where you have them; or the workbooks projects and participants. Up to 200 MB."
        ),
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ".csv,.tsv,.xlsx,.ods,.zip"}),
        error_messages={"required": _("Please choose the files first.")},
    )

    def clean_tables(self) -> Sequence[UploadedFile[Any]]:
        """Refuse what is too large to be looked at."""
        return _require_size(self.cleaned_data["tables"], CORDIS_BYTES)


class CordisMembersForm(forms.Form):
    """Whose projects these are: members by country or by name."""

    countries = forms.MultipleChoiceField(
        label=_("All organisations of these countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.CharField(
        label=_("And these organisations"),
        required=False,
        max_length=200_000,
        help_text=_("One name or participant code (PIC) a line, written as in the export."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, countries: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["countries"]).choices = list(countries)


def _require_size(files: Sequence[UploadedFile[Any]], most: int) -> Sequence[UploadedFile[Any]]:
    size = sum(file.size or 0 for file in files)
    if size > most:
        raise forms.ValidationError(
            _("%(size)s MB are too much; at most %(most)s MB are possible."),
            code="too_large",
            params={"size": round(size / 1_000_000), "most": most // 1_000_000},
        )
    return files
