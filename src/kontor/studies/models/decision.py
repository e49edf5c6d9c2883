"""The decision with everything that led to it, and how the candidates see us."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from kontor.accounts.models import ClusterObject
from kontor.studies.models.study import Study, StudyCandidate


class MutualView(ClusterObject):
    """How a candidate sees our cluster, asked through a signed link in its language.

    answers: code → {"value": number or None, "comment": text}, in the units of the study's criteria.
    codes:   the criteria that are put to the candidate; weights and scores of our own are never shown.
    """

    candidate = models.OneToOneField(StudyCandidate, models.CASCADE, related_name="mutual_view")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", _("German")), ("en", _("English"))], default="en"
    )
    codes = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    invited_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("view of a candidate")
        verbose_name_plural = _("views of candidates")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.candidate)


class Decision(ClusterObject):
    """What was decided, frozen with catalogue, weights, scores, evidence, result, vote and dissent.

    chosen:  the candidates decided for, as primary keys of the study's candidates, in order.
    record:  everything as plain data; `report`: the same as a stored report in each language.
    fingerprint: SHA-256 of the record, printed on every paper.
    """

    study = models.OneToOneField(Study, models.RESTRICT, related_name="decision")
    chosen = models.JSONField(default=list)
    reasons = I18nTextField(_("reasons"))
    dissent = I18nTextField(_("dissent"), blank=True)
    vote = models.ForeignKey("votes.Vote", models.RESTRICT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    record = models.JSONField(default=dict)
    reports = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-decided_on", "-pk")

    def __str__(self) -> str:
        return str(self.study)


class DecisionNote(ClusterObject):
    """What was said of a decision afterwards, such as an objection; the record itself stays as it is."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=4000)
    noted_on = models.DateField(_("noted on"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("note on a decision")
        verbose_name_plural = _("notes on decisions")
        ordering = ("noted_on", "pk")

    def __str__(self) -> str:
        return self.text[:80]
