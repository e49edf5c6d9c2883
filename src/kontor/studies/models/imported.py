"""Imports of scores: what came in, from which file, and how to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import ClusterObject


class ScoreImport(ClusterObject):
    """One import of scores into a study.

    assessor: whose judgement the file holds, NULL where it is what the group agreed on.
    staged:   the table as read, until the import is carried out.
    changes:  what stood in the cells before, so that the import can be taken back.
    report:   counts, as shown at the end.
    """

    class State(models.TextChoices):
        """How far it is."""

        STAGED = "staged", _("Being prepared")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Taken back")

    study = models.ForeignKey("studies.Study", models.CASCADE, related_name="score_imports")
    assessor = models.ForeignKey(
        "studies.Assessor", models.CASCADE, null=True, blank=True, related_name="score_imports"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.STAGED)
    file_name = models.CharField(_("file"), max_length=255)
    source = models.CharField(_("source"), max_length=300, blank=True)
    staged = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("import of scores")
        verbose_name_plural = _("imports of scores")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
