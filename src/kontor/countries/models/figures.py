"""What is known about countries in figures: each with the file that told it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject
from kontor.countries.models.files import SourceFile
from kontor.countries.models.sheets import Dimension


class Indicator(ClusterObject):
    """A yardstick that a publisher measures countries by.

    code:       the publisher's, such as "GB.XPD.RSDV.GD.ZS".
    key:        the same for source keys, such as "gb_xpd_rsdv_gd_zs".
    is_benefit: more is better; None where neither more nor less is.
    decimals:   how many are shown.   steady: a change over five years that counts as none, in the unit;
                None = 5 % of the earlier value.   stale_after_years: older figures are marked.
    """

    code = models.CharField(_("code"), max_length=60)
    key = models.SlugField(max_length=60)
    name = I18nCharField(_("name"), max_length=300)
    unit = I18nCharField(_("unit"), max_length=100, blank=True)
    meaning = I18nTextField(_("what it tells"), blank=True)
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices)
    is_benefit = models.BooleanField(_("more is better"), null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1)
    steady = models.FloatField(null=True, blank=True)
    stale_after_years = models.PositiveSmallIntegerField(_("out of date after (years)"), default=4)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("link to the source"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=1000)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "code"), name="indicator_once_per_cluster"),
            models.UniqueConstraint(fields=("cluster", "key"), name="indicator_key_once_per_cluster"),
        )

    def __str__(self) -> str:
        return str(self.name)


class IndicatorValue(models.Model):
    """What an indicator was in a country in a year, as its file says."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    file = models.ForeignKey(SourceFile, models.CASCADE, related_name="values")
    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()

    class Meta:
        verbose_name = _("figure of a country")
        verbose_name_plural = _("figures of countries")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "country", "year"), name="one_figure_a_year"),
        )


class CountryLink(ClusterObject):
    """What lies between the cluster's country and another one (CEPII GeoDist).

    distance_km: between the most populated cities; capital_km between the capitals; weighted_km between the
    big cities of both, weighted by their people.
    shares_language: an official language in common; speaks_language: one that at least 9 % speak in both.
    """

    home = models.CharField(_("home country"), max_length=2)
    country = models.CharField(_("country"), max_length=2)
    distance_km = models.FloatField(_("distance (km)"))
    capital_km = models.FloatField(null=True)
    weighted_km = models.FloatField(null=True)
    shares_language = models.BooleanField(_("official language in common"))
    speaks_language = models.BooleanField(null=True)
    is_contiguous = models.BooleanField(_("neighbours"))
    file = models.ForeignKey(SourceFile, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link to a country")
        verbose_name_plural = _("links to countries")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "home", "country"), name="one_link_per_country"),
        )

    def __str__(self) -> str:
        return f"{self.home} – {self.country}"


class CountryFacts(ClusterObject):
    """What a country is like on the map (CEPII GeoDist): languages as the file spells them."""

    country = models.CharField(_("country"), max_length=2)
    languages = models.JSONField(_("official languages"), default=list)
    continent = models.CharField(_("continent"), max_length=40, blank=True)
    main_city = models.CharField(_("main city"), max_length=100, blank=True)
    area_km2 = models.FloatField(_("area (km²)"), null=True)
    is_landlocked = models.BooleanField(_("without access to the sea"), null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    file = models.ForeignKey(SourceFile, models.CASCADE, related_name="facts")

    class Meta:
        verbose_name = _("facts of a country")
        verbose_name_plural = _("facts of countries")
        constraints = (models.UniqueConstraint(fields=("cluster", "country"), name="one_facts_per_country"),)

    def __str__(self) -> str:
        return self.country
