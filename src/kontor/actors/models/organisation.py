"""Organisations: members, their partners, and whoever is worth knowing."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from kontor.accounts.models import ClusterObject
from kontor.actors.models.period import Period


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    SME = "sme", _("Small or medium-sized enterprise")
    LARGE = "large", _("Large company")
    COMPANY = "company", _("Company (size unknown)")
    RESEARCH = "research", _("Research institute")
    UNIVERSITY = "university", _("University")
    PUBLIC = "public", _("Public body")
    ASSOCIATION = "association", _("Association")
    OTHER = "other", _("Other")


class ValueChain(models.TextChoices):
    """Where in the chain from knowledge to use an organisation mainly stands."""

    RESEARCH = "research", _("Research and education")
    MATERIALS = "materials", _("Materials and components")
    EQUIPMENT = "equipment", _("Equipment and tools")
    SYSTEMS = "systems", _("Systems and products")
    SERVICES = "services", _("Integration and services")
    TRADE = "trade", _("Trade and distribution")
    USE = "use", _("Use")


class Organisation(ClusterObject):
    """A firm, institute, university or body that the cluster knows.

    Whether it is a member says its `memberships`; an organisation without one is a partner or contact.

    reference:  number in the source it came from (CORDIS: the participant identification code).
    search_key: folded name, short name and place, written by the services, read by the search.
    country:    ISO 3166-1 alpha-2.   region: NUTS code, "" where unknown or outside Europe.
    """

    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.OTHER
    )
    founded = models.PositiveSmallIntegerField(
        _("founded in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1000), MaxValueValidator(2100)],
    )
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region (NUTS)"), max_length=5, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    sector = models.CharField(_("sector (NACE)"), max_length=8, blank=True)
    value_chain = models.CharField(
        _("place in the value chain"), max_length=10, choices=ValueChain.choices, blank=True
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    description = I18nTextField(_("description"), blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    search_key = models.TextField(blank=True, editable=False)
    imported_in = models.ForeignKey(
        "actors.ImportBatch",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="organisations",
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "reference"),
                condition=~Q(reference=""),
                name="organisation_reference_unique",
            ),
        )
        indexes = (
            models.Index(fields=("cluster", "name"), name="organisation_by_name"),
            models.Index(fields=("cluster", "country"), name="organisation_by_country"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def has_place(self) -> bool:
        """True where the map can show it."""
        return self.latitude is not None and self.longitude is not None


class Site(Period):
    """A branch of an organisation in another place, often abroad."""

    class Kind(models.TextChoices):
        """What the branch does."""

        SALES = "sales", _("Sales office")
        PRODUCTION = "production", _("Production")
        RESEARCH = "research", _("Research and development")
        OFFICE = "office", _("Representation")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sites")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OFFICE)
    country = models.CharField(_("country"), max_length=2)
    city = models.CharField(_("town"), max_length=120, blank=True)

    class Meta(Period.Meta):
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ("country", "city", "pk")

    def __str__(self) -> str:
        return f"{self.city}, {self.country}" if self.city else self.country
