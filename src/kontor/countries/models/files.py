"""Files that figures came from: each load can be told, and taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.accounts.models import ClusterObject


class Upload(ClusterObject):
    """Some files that somebody brought at once, from choosing them to loading them.

    problem: {"code", "params"} where reading or loading came to nothing.
    """

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading", pgettext_lazy("upload", "Being read")
        READY = "ready", pgettext_lazy("upload", "To be checked")
        LOADING = "loading", pgettext_lazy("upload", "Being loaded")
        DONE = "done", pgettext_lazy("upload", "Loaded")
        FAILED = "failed", pgettext_lazy("upload", "Failed, nothing was written")

    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    problem = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("upload of country figures")
        verbose_name_plural = _("uploads of country figures")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.created_at:%Y-%m-%d}"


class SourceFile(ClusterObject):
    """One file, or one table of a file, with what was found in it.

    findings: what the preview shows: indicators, countries, years, what was left out, faults (see reading).
    staged:   what will be written; empty once it is loaded or given up.
    replaced: the figures that stood before, so that it can be taken back.   replaces: keys of their files.
    updated_on: the day that the publisher names in the file, where it does.
    """

    class Kind(models.TextChoices):
        """What the file tells."""

        INDICATORS = "indicators", pgettext_lazy("file", "Indicators")
        DISTANCES = "distances", pgettext_lazy("file", "Distances and languages")
        GEOGRAPHY = "geography", pgettext_lazy("file", "Geography")
        OTHER = "other", pgettext_lazy("file", "Nothing to load")

    class State(models.TextChoices):
        """Whether its figures stand."""

        STAGED = "staged", pgettext_lazy("file", "Not loaded yet")
        LOADED = "loaded", pgettext_lazy("file", "Loaded")
        TAKEN_BACK = "taken_back", pgettext_lazy("file", "Taken back")

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.CharField(_("file"), max_length=255)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STAGED)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    findings = models.JSONField(default=dict)
    staged = models.JSONField(default=dict)
    replaced = models.JSONField(default=list)
    replaces = models.JSONField(default=list)
    updated_on = models.DateField(_("published"), null=True)
    loaded_at = models.DateTimeField(_("loaded"), null=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
