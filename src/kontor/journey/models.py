"""Answers given by hand to points whose chapter does not compute them yet."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from kontor.accounts.models import ClusterObject


class PointAnswer(ClusterObject):
    """How the cluster management itself answers one of the 19 points."""

    class State(models.TextChoices):
        """How far the point is."""

        # With a context: catalogues are merged, and a finished job is "done" in another word.
        OPEN = "open", pgettext_lazy("point", "Open")
        RUNNING = "running", pgettext_lazy("point", "Running")
        DONE = "done", pgettext_lazy("point", "Done")

    point = models.PositiveSmallIntegerField(
        _("point"), validators=[MinValueValidator(1), MaxValueValidator(19)]
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    note = I18nCharField(_("reason"), max_length=600, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_on = models.DateField(_("answered on"))

    class Meta:
        verbose_name = _("answer to a point")
        verbose_name_plural = _("answers to points")
        constraints = (models.UniqueConstraint(fields=("cluster", "point"), name="point_answered_once"),)

    def __str__(self) -> str:
        return f"{self.point}: {self.get_state_display()}"
