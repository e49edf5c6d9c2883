"""What came out: computed once for each state of the study, kept under a fingerprint of what went in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject
from kontor.studies.models.study import Study


class Scenario(ClusterObject):
    """A named set of changes, computed beside the study as it stands.

    changes: {"weights": {code: weight}, "scores": [[candidate pk, code, value]], "without": [candidate pk]}.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="scenarios")
    name = I18nCharField(_("name"), max_length=200)
    story = I18nTextField(_("what would happen"), blank=True)
    changes = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(self.name)


class Outcome(models.Model):
    """Computed figures of one state of a study.

    fingerprint: SHA-256 of everything that went in (candidates, criteria, weights, scores, scenario, seed);
                 the same inputs find the same outcome, so no page computes a ranking twice.
    plain:       weighted sum, TOPSIS, PROMETHEE II, knock-outs, stability, reversal, next best facts.
    robust:      SMAA-2; {} until the background work has come to its end.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="outcomes")
    fingerprint = models.CharField(max_length=64)
    plain = models.JSONField(default=dict)
    robust = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("study", "fingerprint"), name="outcome_once_per_fingerprint"),
        )

    def __str__(self) -> str:
        return self.fingerprint[:12]
