"""Goals of internationalisation, from the catalogue or one's own, and the needs they answer."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject


class Goal(ClusterObject):
    """What the cluster wants to reach abroad.

    family:         code of a family of the catalogue.
    catalogue_code: the catalogue's goal that it was taken from, "" for an own goal.
    """

    class Horizon(models.TextChoices):
        """When it is to be reached."""

        SHORT = "short", _("Short-term")
        LONG = "long", _("Long-term")

    class State(models.TextChoices):
        """How far the cluster is with it."""

        PROPOSED = "proposed", _("Proposed")
        ADOPTED = "adopted", _("Adopted")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Given up")

    family = models.SlugField(_("family"), max_length=60)
    catalogue_code = models.CharField(max_length=120, blank=True, editable=False)
    title = I18nCharField(_("goal"), max_length=300)
    description = I18nTextField(_("what it means for this cluster"), blank=True)
    horizon = models.CharField(_("horizon"), max_length=5, choices=Horizon.choices, default=Horizon.SHORT)
    target_year = models.PositiveSmallIntegerField(
        _("to be reached by"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ADOPTED)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("responsible"),
    )
    needs = models.ManyToManyField("needs.Need", through="GoalNeed", related_name="goals")

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("family", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "catalogue_code"),
                condition=~models.Q(catalogue_code=""),
                name="goal_once_from_the_catalogue",
            ),
        )

    def __str__(self) -> str:
        return str(self.title)


class GoalNeed(models.Model):
    """This goal answers this need."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="links")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="links")
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("link of a goal to a need")
        verbose_name_plural = _("links of goals to needs")
        constraints = (models.UniqueConstraint(fields=("goal", "need"), name="goal_answers_need_once"),)

    def __str__(self) -> str:
        return f"{self.goal} ← {self.need}"
