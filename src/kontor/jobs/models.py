"""Long work as people see it: how far, how long, how it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of long work.

    scope:        whose it is, such as "cluster:7"; the rooms above decide who may look.
    kind:         what is done, as "<room>.<function>" of that room's tasks.py.
    key:          what must not run twice at a time, such as "batch:12"; "" where that does not matter.
    done, total:  steps carried out and steps in all; total 0 means not known yet.
    heartbeat_at: last sign of life; a running job without one for a while was interrupted.
    task_id:      the row of the queue that will carry it out, or has.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    scope = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=80, blank=True)
    task_id = models.CharField(max_length=40, blank=True)
    argument = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    error_code = models.CharField(max_length=80, blank=True)
    error_params = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    requested_by = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "kind", "key"),
                condition=~Q(key="") & Q(state__in=("waiting", "running")),
                name="job_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"

    @property
    def is_over(self) -> bool:
        """True once nothing more will happen."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1; 0 while the total is not known."""
        return min(self.done / self.total, 1.0) if self.total else 0.0
