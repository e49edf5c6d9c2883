"""Forms and readings that every room needs: confirm by name, and what differs after a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.ui.components import Text

LONGEST_NUMBER = 18  # any longer one may not fit into 64 bits


class ConfirmByName(forms.Form):
    """Valid only where the person has typed the name of what is about to go."""

    confirm_name = forms.CharField(required=False)

    def __init__(self, *args: object, name: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.name = name

    def clean_confirm_name(self) -> str:
        """Compare without regard to outer spaces and to capitals."""
        typed = str(self.cleaned_data["confirm_name"]).strip()
        if typed.casefold() != self.name.strip().casefold():
            raise forms.ValidationError(_("The name does not match. Nothing has been deleted."), code="name")
        return typed


def number_in(text: str) -> int:
    """Return the number that an address or a form names, 0 where it is none that a database can hold.

    >>> number_in("12"), number_in("-1"), number_in("²"), number_in("9" * 5000)
    (12, 0, 0, 0)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


@dataclass(frozen=True)
class Difference:
    """One field that somebody else has changed meanwhile: the stored value beside the typed one."""

    label: Text
    current: Text
    yours: Text


def differences(form: forms.BaseForm, current: Mapping[str, object]) -> tuple[Difference, ...]:
    """Return the fields whose typed value is not the stored one, in the order of the form.

    current: field name → value as stored now; fields that it lacks are left out.
    """
    found = []
    for bound in form.visible_fields():
        if bound.name not in current:
            continue
        yours, stored = _said(bound, bound.value()), _said(bound, current[bound.name])
        if yours != stored:
            found.append(Difference(bound.label, stored, yours))
    return tuple(found)


def _said(bound: forms.BoundField, value: object) -> str:
    """Return a value as people read it: the label of a choice, a list with commas, an empty dash."""
    if hasattr(value, "pk"):
        value = value.pk
    values = value if isinstance(value, list | tuple | set) else [value]
    choices = {str(key): str(label) for key, label in _flat_choices(bound)}
    said = [
        choices.get(str(getattr(each, "pk", each)), str(each)) for each in values if each not in (None, "")
    ]
    return ", ".join(said) or "–"


def _flat_choices(bound: forms.BoundField) -> list[tuple[object, object]]:
    flat: list[tuple[object, object]] = []
    for key, label in getattr(bound.field, "choices", ()):
        flat.extend(label if isinstance(label, list | tuple) else [(key, label)])
    return flat
