"""Region sheets: what the cluster has found out about a country or region, in five dimensions."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject


class Dimension(models.TextChoices):
    """The five dimensions of PESTE, in the order of the letters."""

    POLITICAL = "political", pgettext_lazy("dimension", "Politics and law")
    ECONOMIC = "economic", pgettext_lazy("dimension", "Economy")
    SOCIAL = "social", pgettext_lazy("dimension", "Society and culture")
    TECHNOLOGICAL = "technological", pgettext_lazy("dimension", "Technology and research")
    ECOLOGICAL = "ecological", pgettext_lazy("dimension", "Environment")


class RegionSheet(ClusterObject):
    """A sheet about a country, or about a region of it.

    country: ISO 3166-1 alpha-2.   region: NUTS code or a name, "" for the whole country.
    conclusion: what all of it means for the cluster.
    """

    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=100, blank=True)
    title = I18nCharField(_("title"), max_length=200, blank=True)
    conclusion = I18nTextField(_("what it means for us"), blank=True)

    class Meta:
        verbose_name = _("region sheet")
        verbose_name_plural = _("region sheets")
        ordering = ("country", "region", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "country", "region"), name="sheet_once_per_region"),
        )

    def __str__(self) -> str:
        return str(self.title) or f"{self.country} {self.region}".strip()


class SheetEntry(ClusterObject):
    """One observation in a dimension of a sheet.

    as_of:       the day that it was true, as the source says.
    rating:      -2 speaks strongly against the region … +2 strongly for it; None = not judged.
    reviewed_on: the day that somebody last looked whether it still holds.
    """

    class Rating(models.IntegerChoices):
        """How much it speaks for or against."""

        STRONGLY_AGAINST = -2, pgettext_lazy("rating", "speaks strongly against")
        AGAINST = -1, pgettext_lazy("rating", "speaks against")
        NEUTRAL = 0, pgettext_lazy("rating", "neither for nor against")
        IN_FAVOUR = 1, pgettext_lazy("rating", "speaks for it")
        STRONGLY_IN_FAVOUR = 2, pgettext_lazy("rating", "speaks strongly for it")

    sheet = models.ForeignKey(RegionSheet, models.CASCADE, related_name="entries", verbose_name=_("sheet"))
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices)
    text = I18nTextField(_("observation"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    as_of = models.DateField(_("as of"))
    rating = models.SmallIntegerField(
        _("rating"),
        choices=Rating.choices,
        null=True,
        blank=True,
        validators=[MinValueValidator(-2), MaxValueValidator(2)],
    )
    reviewed_on = models.DateField(_("last reviewed"))

    class Meta:
        verbose_name = _("entry of a region sheet")
        verbose_name_plural = _("entries of region sheets")
        ordering = ("dimension", "-as_of", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__gte=-2, rating__lte=2),
                name="sheet_entry_rating_in_range",
            ),
        )

    def __str__(self) -> str:
        return str(self.text)[:80]
