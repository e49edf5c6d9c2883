"""A file of scores and whose they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.studies.models import Assessor, Study


class ScoreFileForm(forms.Form):
    """The file, whose judgement it holds, and where it comes from."""

    file = forms.FileField(label=_("File"), help_text=_("Excel, LibreOffice or CSV"))
    assessor = forms.ModelChoiceField(
        Assessor.objects.none(),
        label=_("Whose scores are these?"),
        required=False,
        empty_label=_("Agreed by the group"),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Stands beside every score, such as “Workshop of 3 March”. Empty: the name of the file."),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assessor"]
        if study.weights_opened_at is None:
            people.queryset = study.assessors.filter(scores_candidates=True)
