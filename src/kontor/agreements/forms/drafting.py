"""A new agreement: who, in which languages, which clauses, what they leave open; and its head later on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.agreements.catalogue import ClauseGroup, Kind, Placeholder
from kontor.agreements.models import Agreement
from kontor.agreements.texts import LANGUAGES, texts_of
from kontor.ui.components import Text

LANGUAGE_NAMES: dict[str, Text] = {"de": _("German"), "en": _("English")}
_TITLES: dict[str, Any] = {"de": _("Title in German"), "en": _("Title in English")}
_OWN_WORDS: dict[str, Text] = {"de": _("in German"), "en": _("in English")}
LONGEST_ANSWER = 300


class HeadForm(forms.Form):
    """Title and names of an agreement that is there already."""

    our_name = forms.CharField(label=_("Name of our side"), max_length=200)
    counterpart = forms.CharField(label=_("Name of the other side"), max_length=200)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {
            f"title_{code}": forms.CharField(label=_TITLES[code], max_length=300, required=False)
            for code in languages
        }
        self.languages = languages
        self.fields = {**titles, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Refuse an agreement without any title."""
        cleaned = super().clean() or self.cleaned_data
        if not any((cleaned.get(f"title_{code}") or "").strip() for code in self.languages):
            message = _("Give the agreement a title in at least one language.")
            self.add_error(f"title_{self.languages[0]}", message)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields as the service takes them."""
        title = {code: self.cleaned_data[f"title_{code}"] for code in self.languages}
        names = {name: self.cleaned_data[name] for name in ("our_name", "counterpart")}
        return {"title": title, **names}


def head_of(agreement: Agreement) -> dict[str, str]:
    """Return an agreement's head as the form names it."""
    titles = texts_of(agreement.title)
    return {
        "our_name": agreement.our_name,
        "counterpart": agreement.counterpart,
        **{f"title_{code}": titles.get(code, "") for code in agreement.languages},
    }


class DraftForm(forms.Form):
    """Everything that a draft needs, on one page: names, answers to what is open, clauses."""

    our_name = forms.CharField(label=_("Name of our side"), max_length=200)
    counterpart = forms.CharField(
        label=_("Name of the other side"),
        max_length=200,
        help_text=_("As it is to stand in the paper, with its legal form where it has one."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the paper"),
        choices=list(LANGUAGE_NAMES.items()),
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In two languages, Kontor notes when one of them lags behind the other."),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for placeholder in kind.placeholders:
            self.fields.update(_asked(placeholder))
        self.fields["clauses"] = forms.MultipleChoiceField(
            label=_("Clauses"),
            choices=[(clause.code, clause.heading) for clause in kind.clauses.values()],
            initial=[clause.code for clause in kind.clauses.values() if clause.is_recommended],
            error_messages={"required": _("Take at least one clause.")},
            widget=forms.CheckboxSelectMultiple,
        )

    def head_fields(self) -> list[forms.BoundField]:
        """Return who agrees, and in which languages."""
        return [self[name] for name in ("our_name", "counterpart", "languages")]

    def asked_fields(self) -> Iterator[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Yield what is asked for each placeholder, with the fields for own words where it is a choice."""
        for placeholder in self.kind.placeholders:
            first, *own = (self[name] for name in _asked(placeholder))
            if placeholder.kind == "choice":
                yield first, own
            else:
                for field in (first, *own):
                    yield field, []

    def shelves(self) -> Iterator[tuple[ClauseGroup, list[tuple[Any, bool]]]]:
        """Yield the groups with their clauses and whether each is ticked."""
        ticked = set(self["clauses"].value() or ())
        for group in self.kind.groups:
            yield group, [(clause, clause.code in ticked) for clause in group.clauses]

    def values(self) -> dict[str, Any]:
        """Return the fields as the service takes them."""
        names = ("our_name", "counterpart", "languages")
        answers = {each.code: self._answer(each) for each in self.kind.placeholders}
        return {
            **{name: self.cleaned_data[name] for name in names},
            "kind": self.kind.code,
            "clause_codes": self.cleaned_data["clauses"],
            "filled_in": {code: texts for code, texts in answers.items() if any(texts.values())},
        }

    def _answer(self, placeholder: Placeholder) -> dict[str, str]:
        """Return language → text: own words before the option, or one text for all languages."""
        said = self.cleaned_data.get(placeholder.code) or ""
        option = next((each for each in placeholder.options if each.code == said), None)
        answer = {}
        for code in LANGUAGES:
            own = (self.cleaned_data.get(f"{placeholder.code}_{code}") or "").strip()
            answer[code] = own or (option.texts[code] if option else said)
        return answer


def _asked(placeholder: Placeholder) -> dict[str, forms.Field]:
    """Return the fields for a placeholder by name."""
    code, label, hint = placeholder.code, placeholder.label, placeholder.help
    if placeholder.kind == "text":
        return {code: _words(label, hint)}
    own: dict[str, forms.Field] = {
        f"{code}_{language}": _words(f"{label}, {_OWN_WORDS[language]}", hint) for language in LANGUAGES
    }
    if placeholder.kind == "words":
        return own
    choices = [(option.code, option.text) for option in placeholder.options]
    select = forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        initial=placeholder.default,
        choices=[*choices, ("", _("leave open for now"))],
    )
    return {code: select, **own}


def _words(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST_ANSWER, required=False)
