"""What is known of a partner cluster: facts, competences, needs, people, strengths and weaknesses."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from kontor.accounts.models import ClusterObject
from kontor.actors.models import OrganisationCompetence
from kontor.partners.models.partner import Partner


class Sourced(ClusterObject):
    """What somebody found out, where, and as of which day."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("link to the source"), max_length=500, blank=True)
    as_of = models.DateField(_("as of"), default=timezone.localdate)

    class Meta:
        abstract = True


class Fact(Sourced):
    """One fact about a partner cluster. Nothing is overwritten: a newer fact stands before the older ones.

    field: code of a field of the catalogue; its kind says which of text, number and choices holds the value.
    The current fact of a field is the one with the newest `as_of`, then the newest key.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="facts")
    field = models.SlugField(_("field"), max_length=60)
    text = I18nTextField(_("text"), blank=True)
    number = models.FloatField(_("number"), null=True, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    imported_in = models.ForeignKey(
        "partners.PartnerImport", models.SET_NULL, null=True, blank=True, editable=False, related_name="facts"
    )

    class Meta:
        verbose_name = _("fact about a partner cluster")
        verbose_name_plural = _("facts about partner clusters")
        ordering = ("field", "-as_of", "-pk")
        indexes = (models.Index(fields=("partner", "field", "-as_of"), name="fact_by_field"),)

    def __str__(self) -> str:
        return f"{self.partner}: {self.field}"


class PartnerCompetence(Sourced):
    """How good the partner cluster is at something, on the levels of the actors' competences (1 to 5)."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="competences")
    competence = models.ForeignKey(
        "actors.Competence",
        models.CASCADE,
        related_name="partner_holders",
        verbose_name=_("competence"),
    )
    level = models.PositiveSmallIntegerField(
        _("level"),
        choices=OrganisationCompetence.LEVELS,
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )

    class Meta:
        verbose_name = _("competence of a partner cluster")
        verbose_name_plural = _("competences of partner clusters")
        ordering = ("-level", "pk")
        constraints = (
            models.UniqueConstraint(fields=("partner", "competence"), name="partner_competence_unique"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="partner_competence_level_one_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.competence}: {self.level}"


class PartnerNeed(Sourced):
    """What the partner cluster looks for."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="needs")
    topic = models.ForeignKey(
        "needs.NeedTopic",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partner_needs",
        verbose_name=_("topic"),
    )
    statement = models.TextField(_("what it looks for"), max_length=2000)

    class Meta:
        verbose_name = _("need of a partner cluster")
        verbose_name_plural = _("needs of partner clusters")
        ordering = ("-as_of", "pk")

    def __str__(self) -> str:
        return self.statement if len(self.statement) <= 80 else f"{self.statement[:79]}…"


class PartnerContact(ClusterObject):
    """Somebody to talk to at the partner cluster. Personal data: the management's alone."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("contact at a partner cluster")
        verbose_name_plural = _("contacts at partner clusters")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class SwotKind(models.TextChoices):
    """Which quarter of the picture."""

    STRENGTH = "s", _("Strengths")
    WEAKNESS = "w", _("Weaknesses")
    OPPORTUNITY = "o", _("Opportunities")
    THREAT = "t", _("Threats")


class SwotEntry(Sourced):
    """A strength, weakness, opportunity or threat of a partner cluster or, by its own profile, of our own."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="swot")
    kind = models.CharField(_("kind"), max_length=1, choices=SwotKind.choices)
    text = I18nTextField(_("text"))

    class Meta:
        verbose_name = _("entry of a SWOT")
        verbose_name_plural = _("entries of a SWOT")
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return str(self.text)
