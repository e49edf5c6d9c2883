"""Questionnaires as they are built, and the versions in which they are asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, ClusterObject
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.stored import from_json


class Questionnaire(ClusterObject):
    """A questionnaire in the making; what is asked of people is one of its versions.

    draft:  the definition being worked on, as questionnaires.stored writes it.
    origin: code of the ready-made questionnaire or name of the file that it came from, "" for an own one.
    """

    class Purpose(models.TextChoices):
        """What it is asked for."""

        SURVEY = "survey", _("Member survey")
        CALL = "call", _("Telephone call")
        INTERVIEW = "interview", _("Interview")

    name = models.CharField(_("name"), max_length=200)
    purpose = models.CharField(_("meant for"), max_length=10, choices=Purpose.choices, default=Purpose.SURVEY)
    draft = models.JSONField(_("questions"), default=dict)
    origin = models.CharField(_("taken from"), max_length=200, blank=True, editable=False)
    is_archived = models.BooleanField(_("put away"), default=False)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def definition(self) -> Definition:
        """Return the draft as a definition."""
        return from_json(self.draft)


class QuestionnaireVersion(models.Model):
    """A questionnaire as it is asked: never changed, so that all answers mean the same.

    digest: fingerprint of the definition; releasing an unchanged draft again gives the same version.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    definition = models.JSONField(_("questions"))
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField(_("released"), auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("released by"),
    )

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ("questionnaire", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("questionnaire", "number"), name="questionnaire_version_number_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"

    @cached_property
    def asked(self) -> Definition:
        """Return the definition."""
        return from_json(self.definition)

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}
