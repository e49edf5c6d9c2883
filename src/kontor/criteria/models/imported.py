"""Imports of own criteria: what came in, from which file, and how to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import ClusterObject


class CriteriaImport(ClusterObject):
    """One import of own criteria.

    staged: the parsed file and the columns chosen so far, until the import is carried out.
    report: counts, as shown at the end.
    """

    class State(models.TextChoices):
        """How far it is."""

        STAGED = "staged", _("Being prepared")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Taken back")

    catalogue = models.ForeignKey("criteria.Catalogue", models.CASCADE, related_name="imports")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.STAGED)
    file_name = models.CharField(_("file"), max_length=255)
    staged = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("import of criteria")
        verbose_name_plural = _("imports of criteria")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
