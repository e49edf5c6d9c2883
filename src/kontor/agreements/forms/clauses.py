"""What both sides type on a clause: another wording, a clause of their own, a comment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.agreements.catalogue import Kind
from kontor.agreements.models import Wording
from kontor.agreements.services.answering import LONGEST_COMMENT
from kontor.agreements.services.proposing import LONGEST_HEADING, LONGEST_TEXT
from kontor.agreements.texts import texts_of

HEADINGS: dict[str, Any] = {"de": _("Heading in German"), "en": _("Heading in English")}
TEXTS: dict[str, Any] = {"de": _("Text in German"), "en": _("Text in English")}
_IS_IN_LINE: Any = _("I have changed one language only, and the other one already says the same.")


class WordingForm(forms.Form):
    """Heading and text in each language of the agreement."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for code in languages:
            self.fields[f"heading_{code}"] = forms.CharField(
                label=HEADINGS[code],
                max_length=LONGEST_HEADING,
                required=False,
                widget=forms.TextInput({"lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=TEXTS[code],
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea({"rows": 9, "lang": code}),
            )
        if len(languages) > 1:
            self.fields["is_in_line"] = forms.BooleanField(label=_IS_IN_LINE, required=False)

    def columns(self) -> list[list[forms.BoundField]]:
        """Return heading and text of each language."""
        return [[self[f"heading_{code}"], self[f"text_{code}"]] for code in self.languages]

    def clean(self) -> dict[str, Any]:
        """Ask for both heading and text of at least one language."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(_is_whole(cleaned, code) for code in self.languages):
            message = _("Give the clause a heading and a text in at least one language.")
            self.add_error(f"heading_{self.languages[0]}", message)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the service takes them."""
        return {
            "heading": {code: self.cleaned_data[f"heading_{code}"] for code in self.languages},
            "text": {code: self.cleaned_data[f"text_{code}"] for code in self.languages},
        }

    def is_in_line_field(self) -> forms.BoundField | None:
        """Return the tick for an untouched language, None in a paper of one language."""
        return self["is_in_line"] if "is_in_line" in self.fields else None

    @property
    def is_in_line(self) -> bool:
        """True where whoever typed says that the untouched language needs no change."""
        return bool(self.cleaned_data.get("is_in_line"))


class OwnClauseForm(WordingForm):
    """A clause that the catalogue does not have."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_in_line", None)
        subject = forms.ChoiceField(
            label=_("Group of clauses"), choices=[(g.code, g.name) for g in kind.groups]
        )
        self.fields = {"group": subject, **self.fields}

    def values(self) -> dict[str, Any]:
        """Return the fields as the service takes them."""
        return {"group": self.cleaned_data["group"], **super().values()}


class CommentForm(forms.Form):
    """A remark on a clause."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 3}))


def worded(wording: Wording, languages: list[str]) -> dict[str, str]:
    """Return a wording as the form names it."""
    headings, texts = texts_of(wording.heading), texts_of(wording.text)
    said = {f"heading_{code}": headings.get(code, "") for code in languages}
    return said | {f"text_{code}": texts.get(code, "") for code in languages}


def _is_whole(cleaned: dict[str, Any], code: str) -> bool:
    return all((cleaned.get(f"{name}_{code}") or "").strip() for name in ("heading", "text"))
