"""Whom to invite, which role to give, what to look for in the audit trail."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import RoleKind

MOST_AT_ONCE = 50
# Days beyond do not survive the change of time zones.
DAYS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1)))


class InviteForm(forms.Form):
    """Several addresses, one role, one note."""

    emails = forms.CharField(
        label=_("E-mail addresses"),
        max_length=8000,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_("One per line, or with commas between them; at most 50 at once."),
    )
    kind = forms.ChoiceField(label=_("Role"), choices=RoleKind.choices)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    note = forms.CharField(
        label=_("Personal note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands above the link in the mail."),
    )

    def clean_emails(self) -> list[str]:
        """Return the addresses, each once, in small letters; name those that are none."""
        typed = [
            each.strip("<>").lower() for each in re.split(r"[\s,;]+", self.cleaned_data["emails"]) if each
        ]
        wrong = [each for each in typed if not _is_address(each)]
        if wrong:
            message = _("Not an e-mail address: %(wrong)s")
            raise ValidationError(
                message, code="invitation.not_an_address", params={"wrong": ", ".join(wrong)}
            )
        if len(typed) > MOST_AT_ONCE:
            raise ValidationError(_("At most 50 addresses at once, please."), code="invitation.too_many")
        return list(dict.fromkeys(typed))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class RoleForm(forms.Form):
    """Another role for somebody who has a key."""

    kind = forms.ChoiceField(label=_("Role"), choices=RoleKind.choices)


class AuditFilterForm(forms.Form):
    """Who, about what, and when."""

    actor = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)
    kind = forms.TypedChoiceField(label=_("Object"), required=False, coerce=int, empty_value=None)
    since = forms.DateField(label=_("From"), required=False, validators=DAYS)
    until = forms.DateField(label=_("To"), required=False, validators=DAYS)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], kinds: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
