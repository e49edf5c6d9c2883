"""Who works with whom: joint projects with their participants, and ties between two organisations.

A participation ties an organisation to all others of the project. Storing the participation instead of every
pair keeps roles and money exact and grows with the number of participants, not with its square.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from kontor.accounts.models import Cluster, ClusterObject
from kontor.actors.models.organisation import Organisation
from kontor.actors.models.period import Period


class JointProject(ClusterObject):
    """A project that several organisations carried out together.

    reference: number in the source (CORDIS: the grant agreement), unique within the cluster where given.
    """

    acronym = models.CharField(_("acronym"), max_length=120)
    title = I18nCharField(_("title"), max_length=600, blank=True)
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    total_cost = models.DecimalField(_("total cost"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    imported_in = models.ForeignKey(
        "actors.ImportBatch", models.SET_NULL, null=True, blank=True, editable=False, related_name="projects"
    )

    class Meta:
        verbose_name = _("joint project")
        verbose_name_plural = _("joint projects")
        ordering = ("-start", "acronym", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "reference"),
                condition=~Q(reference=""),
                name="joint_project_reference_unique",
            ),
        )

    def __str__(self) -> str:
        return self.acronym


class ParticipationRole(models.TextChoices):
    """What an organisation was in a project."""

    COORDINATOR = "coordinator", _("Coordinator")
    PARTICIPANT = "participant", _("Participant")
    THIRD_PARTY = "third_party", _("Third party")
    ASSOCIATED = "associated", _("Associated partner")


class Participation(models.Model):
    """One organisation in one joint project."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    project = models.ForeignKey(JointProject, models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="participations")
    role = models.CharField(
        _("role"), max_length=12, choices=ParticipationRole.choices, default=ParticipationRole.PARTICIPANT
    )
    contribution = models.DecimalField(_("funding"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = (
            models.UniqueConstraint(
                fields=("project", "organisation"), name="participation_once_per_project"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} – {self.project}"


class TieKind(models.TextChoices):
    """What two organisations do with each other."""

    RESEARCH = "research", _("Joint research")
    SUPPLY = "supply", _("Supply")
    SALES = "sales", _("Sales")
    LICENCE = "licence", _("Licence")
    INVESTMENT = "investment", _("Investment")
    EDUCATION = "education", _("Education and exchange")
    AGREEMENT = "agreement", _("Cooperation agreement")


class Tie(ClusterObject, Period):
    """A tie between two organisations outside of projects; it holds in both directions.

    Whether it is regional, national or international follows from where the two are: see `queries.ties`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="ties")
    partner = models.ForeignKey(Organisation, models.CASCADE, related_name="ties_from_partners")
    kind = models.CharField(_("kind"), max_length=12, choices=TieKind.choices, default=TieKind.AGREEMENT)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Period.Meta):
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ("-valid_from", "pk")
        constraints = (
            *Period.Meta.constraints,
            models.CheckConstraint(condition=~Q(organisation=F("partner")), name="tie_needs_two"),
        )
        indexes = (models.Index(fields=("cluster", "organisation"), name="tie_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.organisation} – {self.partner}"
