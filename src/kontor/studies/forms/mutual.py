"""Whom to ask at a candidate, in which language, and by which criteria."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.studies.models import MutualView, Study, StudyCandidate
from kontor.studies.queries.named import criteria_named


class AskForm(forms.Form):
    """One person at the candidate, and the criteria that are put to it."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", _("English")), ("de", _("German"))], initial="en"
    )
    codes = forms.MultipleChoiceField(
        label=_("Criteria"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The candidate answers them about our cluster. It never sees our weights or scores."),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["codes"]
        field.choices = [(each.code, each.name) for each in criteria_named(study)]


def stored(candidate: StudyCandidate) -> dict[str, Any]:
    """Return what the form begins with: what was asked before, else the first contact and points to judge."""
    view = MutualView.objects.filter(candidate=candidate).first()
    if view is not None:
        return {name: getattr(view, name) for name in ("name", "email", "language", "codes")}
    contact = candidate.partner.contacts.order_by("pk").first()
    judged = [each.code for each in criteria_named(candidate.study) if each.scale == "points"]
    first = {"name": contact.name, "email": contact.email} if contact else {}
    return {"language": "en", "codes": judged, **first}
