"""A study: which candidates are compared, by which criteria."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject


class Study(ClusterObject):
    """One choice among partner clusters, from the first candidate to the decision.

    catalogue_version: the published criteria that the study chose from; its criteria are copies.
    weights_opened_at: before this moment nobody sees the weights of another; after it, all see all.
    weights_note:      why the group's weights are not what the rule gives, "" where they are.
    """

    class State(models.TextChoices):
        """How far the study is."""

        PREPARING = "preparing", _("In preparation")
        JUDGING = "judging", _("Being judged")
        OPEN = "open", pgettext_lazy("study", "Opened")
        DECIDED = "decided", _("Decided")

    class GroupRule(models.TextChoices):
        """How the weights of several people become one."""

        MEAN = "mean", _("Mean")
        GEOMETRIC = "geometric", _("Geometric mean")
        GROUPS = "groups", _("Every group counts the same")
        OWN = "own", _("Agreed by hand")

    title = I18nCharField(_("title"), max_length=200)
    question = I18nTextField(_("what is to be decided"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARING)
    catalogue_version = models.ForeignKey(
        "criteria.CatalogueVersion",
        models.RESTRICT,
        related_name="studies",
        verbose_name=_("criteria catalogue"),
    )
    goals = models.ManyToManyField(
        "goals.Goal", blank=True, related_name="studies", verbose_name=_("goals that the choice serves")
    )
    judge_until = models.DateField(_("judgements due by"), null=True, blank=True)
    group_rule = models.CharField(
        _("how the group's weights come about"),
        max_length=10,
        choices=GroupRule.choices,
        default=GroupRule.MEAN,
    )
    weights_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    weights_note = models.TextField(_("why the weights differ from the rule"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("partner study")
        verbose_name_plural = _("partner studies")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_decided(self) -> bool:
        """True once nothing in the study changes any more."""
        return self.state == self.State.DECIDED


class StudyCandidate(ClusterObject):
    """A partner cluster in a study.

    excluded_because: why the group left it out before the result, "" while it takes part.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="candidates")
    partner = models.ForeignKey("partners.Partner", models.RESTRICT, related_name="candidacies")
    position = models.PositiveSmallIntegerField(default=0)
    excluded_because = models.TextField(_("left out because"), blank=True)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "partner"), name="candidate_once_per_study"),)

    def __str__(self) -> str:
        return str(self.partner)


class StudyCriterion(ClusterObject):
    """A criterion as this study uses it: a copy that no later catalogue changes.

    content: the frozen criterion of the version (`criteria.queries.FrozenCriterion.as_dict`).
    scale_low, scale_high: ends of the scale in the criterion's own unit; NULL = what the candidates show.
    knock_out_below, knock_out_above: a candidate surely beyond it is out, whatever else it offers.
    group_weight: what the group agreed on, in any positive scale; NULL until the weights are opened.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=80)
    content = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)
    is_benefit = models.BooleanField(_("more is better"), default=True)
    scale_low = models.FloatField(_("lower end of the scale"), null=True, blank=True)
    scale_high = models.FloatField(_("upper end of the scale"), null=True, blank=True)
    knock_out_below = models.FloatField(_("out below"), null=True, blank=True)
    knock_out_above = models.FloatField(_("out above"), null=True, blank=True)
    group_weight = models.FloatField(_("weight of the group"), null=True, blank=True)

    class Meta:
        verbose_name = _("criterion of a study")
        verbose_name_plural = _("criteria of studies")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "code"), name="criterion_once_per_study"),
            models.CheckConstraint(
                condition=Q(scale_low=None) | Q(scale_high=None) | Q(scale_high__gt=models.F("scale_low")),
                name="criterion_scale_has_length",
            ),
            models.CheckConstraint(
                condition=Q(group_weight=None) | Q(group_weight__gte=0), name="criterion_weight_not_negative"
            ),
        )

    def __str__(self) -> str:
        return self.code
