"""What organisations can do: an extensible taxonomy, and who has which competence when."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from kontor.accounts.models import ClusterObject
from kontor.actors.models.period import Period


class Competence(ClusterObject):
    """A field of competence, in a tree of one's own.

    source: "start" for Kontor's start list, "euroscivoc" for the European vocabulary, "own" for additions.
    """

    class Source(models.TextChoices):
        """Where the entry comes from."""

        START = "start", _("Start list")
        EUROSCIVOC = "euroscivoc", _("EuroSciVoc")
        OWN = "own", _("Own addition")

    code = models.CharField(_("code"), max_length=120)
    name = I18nCharField(_("name"), max_length=300)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    source = models.CharField(_("source"), max_length=12, choices=Source.choices, default=Source.OWN)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("cluster", "code"), name="competence_code_unique"),)

    def __str__(self) -> str:
        return str(self.name)


class OrganisationCompetence(Period):
    """An organisation's level in a competence in a period.

    level: 1 acquainted · 2 uses it · 3 develops it · 4 leads in the country · 5 leads internationally.
    """

    LEVELS = (
        (1, _("is acquainted with it")),
        (2, _("uses it")),
        (3, _("develops it")),
        (4, _("leads nationally")),
        (5, _("leads internationally")),
    )

    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="holders")
    level = models.PositiveSmallIntegerField(
        _("level"), choices=LEVELS, default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta(Period.Meta):
        verbose_name = _("competence of an organisation")
        verbose_name_plural = _("competences of organisations")
        ordering = ("-level", "pk")
        constraints = (
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="competence_level_one_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.competence}: {self.level}"
