"""Who judges, what weights they give, and how the candidates score."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kontor.accounts.models import ClusterObject
from kontor.studies.models.study import Study, StudyCandidate, StudyCriterion


class Assessor(ClusterObject):
    """Somebody who weighs the criteria, scores the candidates, or both; mostly through a signed link.

    submitted_scores_at: when the scores were handed in; NULL while they are a draft.
    typed: "candidate:criterion" → fields of a score as typed that cannot be read yet; nothing typed is lost.
    issue: counts the links that were made; an earlier one opens nothing any more.
    """

    class Group(models.TextChoices):
        """For whom the person speaks; groups are shown apart where they disagree."""

        MANAGEMENT = "management", _("Cluster management")
        SME = "sme", _("Small and medium-sized enterprises")
        LARGE = "large", _("Large companies")
        RESEARCH = "research", _("Research and universities")
        BOARD = "board", pgettext_lazy("people", "Boards")
        EXPERT = "expert", _("Experts from outside")
        OTHER = "other", _("Others")

    study = models.ForeignKey(Study, models.CASCADE, related_name="assessors")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", _("German")), ("en", _("English"))], default="de"
    )
    group = models.CharField(_("speaks for"), max_length=12, choices=Group.choices, default=Group.OTHER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assessments"
    )
    weighs = models.BooleanField(_("weighs the criteria"), default=True)
    scores_candidates = models.BooleanField(_("scores the candidates"), default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    submitted_scores_at = models.DateTimeField(null=True, blank=True)
    typed = models.JSONField(default=dict, blank=True, editable=False)
    issue = models.PositiveSmallIntegerField(default=1, editable=False)
    mail_problem = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("assessor")
        verbose_name_plural = _("assessors")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint("study", models.functions.Lower("email"), name="assessor_once_per_study"),
        )

    def __str__(self) -> str:
        return self.name


class WeightStatement(ClusterObject):
    """What one person says about the importance of the criteria.

    answers: as typed, by technique; `weights`: code → weight, summing to 1, {} while nothing can be computed.
    findings: what the method noticed (consistency, worst triple), as plain numbers and codes.
    before:   technique, weights and moment of what was handed in when the weights were opened, once it has
              been revised; {} otherwise.
    """

    class Technique(models.TextChoices):
        """How somebody says what matters."""

        POINTS = "points", _("Share out points")
        RANKING = "ranking", _("Put in order")
        CARDS = "cards", _("Cards with gaps (SRF)")
        SWING = "swing", _("Swing")
        PAIRS = "pairs", _("Compare in pairs")

    assessor = models.OneToOneField(Assessor, models.CASCADE, related_name="weight_statement")
    technique = models.CharField(
        _("technique"), max_length=8, choices=Technique.choices, default=Technique.POINTS
    )
    answers = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    before = models.JSONField(default=dict, blank=True)
    comment = models.TextField(_("what should be known about this"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("weights of a person")
        verbose_name_plural = _("weights of people")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.assessor)


class Score(ClusterObject):
    """How a candidate stands on a criterion, according to one source.

    origin:   "assessor" one person's judgement · "data" filled in by the program · "agreed" by the group.
    value, low, high: in the criterion's own unit; low = high = value where there is no range.
    is_unknown: somebody looked and does not know: value, low and high are NULL.
    confidence: 1 a guess · 2 well-founded · 3 proven.
    """

    class Origin(models.TextChoices):
        """Where a score comes from."""

        ASSESSOR = "assessor", _("Judged")
        DATA = "data", _("From data")
        AGREED = "agreed", _("Agreed by the group")

    CONFIDENCE = ((1, _("A guess")), (2, _("Well-founded")), (3, _("Proven")))

    candidate = models.ForeignKey(StudyCandidate, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(StudyCriterion, models.CASCADE, related_name="scores")
    assessor = models.ForeignKey(Assessor, models.CASCADE, null=True, blank=True, related_name="scores")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.ASSESSOR)
    value = models.FloatField(_("score"), null=True, blank=True)
    low = models.FloatField(_("at least"), null=True, blank=True)
    high = models.FloatField(_("at most"), null=True, blank=True)
    is_unknown = models.BooleanField(_("not known"), default=False)
    confidence = models.PositiveSmallIntegerField(_("how sure"), choices=CONFIDENCE, default=2)
    evidence = models.TextField(_("evidence"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("link"), max_length=500, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    imported_in = models.ForeignKey(
        "studies.ScoreImport", models.SET_NULL, null=True, blank=True, editable=False, related_name="scores"
    )

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("candidate", "criterion", "assessor"),
                condition=Q(assessor__isnull=False),
                name="score_once_per_assessor",
            ),
            models.UniqueConstraint(
                fields=("candidate", "criterion", "origin"),
                condition=Q(assessor__isnull=True),
                name="score_once_per_origin",
            ),
            models.CheckConstraint(
                condition=Q(assessor__isnull=False, origin="assessor")
                | (Q(assessor__isnull=True) & ~Q(origin="assessor")),
                name="score_origin_names_its_assessor",
            ),
            models.CheckConstraint(
                condition=Q(is_unknown=True, value=None, low=None, high=None)
                | Q(
                    is_unknown=False,
                    value__isnull=False,
                    low__isnull=False,
                    high__isnull=False,
                    low__lte=F("value"),
                    high__gte=F("value"),
                ),
                name="score_known_or_not",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=1, confidence__lte=3), name="score_confidence_one_to_three"
            ),
        )

    def __str__(self) -> str:
        return f"{self.candidate}: {self.criterion}"
