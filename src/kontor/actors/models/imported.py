"""Imports as events: what came in, from which file, and how to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster


class ImportBatch(models.Model):
    """One import.

    staged:  the parsed file and the choices made so far, until the import is carried out.
    changes: for the undo: {"created": {model: {key: stamp}}, "altered": {model: {key: {field: [old, new]}}}};
             a stamp tells whether somebody has edited the row since.
    report:  counts, the faults and the rows left out, as shown at the end; {"problem": …} where it failed.
    """

    class Kind(models.TextChoices):
        """What is brought in."""

        MEMBERS = "members", _("Members")
        CORDIS = "cordis", _("CORDIS projects")
        NEEDS = "needs", _("Needs")

    class State(models.TextChoices):
        """How far it is."""

        STAGED = "staged", _("Being prepared")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Taken back")
        FAILED = "failed", _("Failed, nothing was written")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="import_batches")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STAGED)
    file_name = models.CharField(_("file"), max_length=255)
    staged = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}
