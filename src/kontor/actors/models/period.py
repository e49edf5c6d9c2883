"""Facts with a period: valid from a day, until another day or until further notice.

Both ends are inclusive; an open end is NULL. Whatever is counted for a date uses what was true then.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster

Row = TypeVar("Row", bound=models.Model, covariant=True)


class PeriodQuerySet(models.QuerySet[Row]):
    """Rows that know when they were true."""

    def valid_on(self, day: date) -> Self:
        """Return the rows true on `day`."""
        return self.filter(valid_on(day))


def valid_on(day: date, prefix: str = "") -> Q:
    """Return the condition "true on `day`" for rows reached by `prefix`, such as "memberships__"."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return begun & not_over


class Period(models.Model):
    """What is true from one day to another; an unknown beginning or an open end is NULL."""

    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_begins_before_it_ends",
            ),
        )

    def is_valid_on(self, day: date) -> bool:
        """True where the fact held on `day`."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and (self.valid_to is None or self.valid_to >= day)


class Membership(Period):
    """An organisation's membership of the cluster."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="memberships")

    class Meta(Period.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = (models.Index(fields=("cluster", "valid_from", "valid_to"), name="membership_by_date"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.valid_from or ''}–{self.valid_to or ''}"


class SizeClass(models.TextChoices):
    """Size by the European recommendation 2003/361/EC: head count and turnover."""

    MICRO = "micro", _("Micro (fewer than 10)")
    SMALL = "small", _("Small (10 to 49)")
    MEDIUM = "medium", _("Medium (50 to 249)")
    LARGE = "large", _("Large (250 and more)")


class SizePeriod(Period):
    """The size class that an organisation had in a period."""

    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="sizes")
    size = models.CharField(_("size class"), max_length=6, choices=SizeClass.choices)

    class Meta(Period.Meta):
        verbose_name = _("size class")
        verbose_name_plural = _("size classes")
        ordering = ("valid_from", "pk")

    def __str__(self) -> str:
        return self.get_size_display()


class StartUpPeriod(Period):
    """The time in which an organisation counted as a start-up."""

    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="start_up_periods")

    class Meta(Period.Meta):
        verbose_name = _("start-up status")
        verbose_name_plural = _("start-up status")
        ordering = ("valid_from", "pk")

    def __str__(self) -> str:
        return f"{self.valid_from or ''}–{self.valid_to or ''}"
