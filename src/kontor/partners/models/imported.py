"""Imports of profiles as events: what came in, from which file, and how to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import ClusterObject


class PartnerImport(ClusterObject):
    """One import of partner clusters.

    staged:  the parsed file and the choices made so far, until the import is carried out.
    changes: what was written, for the undo: model → keys.
    report:  counts, as shown at the end.
    """

    class Kind(models.TextChoices):
        """What is brought in."""

        TABLE = "table", _("Profiles from Excel or CSV")
        CORDIS = "cordis", _("Leads from a CORDIS table")

    class State(models.TextChoices):
        """How far it is."""

        STAGED = "staged", _("Being prepared")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Taken back")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.TABLE)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.STAGED)
    file_name = models.CharField(_("file"), max_length=255)
    staged = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("import of partner clusters")
        verbose_name_plural = _("imports of partner clusters")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
