"""The internationalisation concept: written sections, and versions frozen with their figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from kontor.accounts.models import Cluster, ClusterObject


class Concept(ClusterObject):
    """The concept of one cluster."""

    title = I18nCharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("internationalisation concept")
        verbose_name_plural = _("internationalisation concepts")
        constraints = (models.UniqueConstraint(fields=("cluster",), name="concept_one_per_cluster"),)

    def __str__(self) -> str:
        return str(self.title)


class SectionText(ClusterObject):
    """What people have written for one section in one language, in Markdown."""

    concept = models.ForeignKey(
        Concept, models.CASCADE, related_name="texts", verbose_name=_("internationalisation concept")
    )
    section = models.SlugField(_("section"), max_length=60)
    language = models.CharField(_("language"), max_length=2)
    body = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("section of the concept")
        verbose_name_plural = _("sections of the concept")
        constraints = (
            models.UniqueConstraint(fields=("concept", "section", "language"), name="section_text_once"),
        )

    def __str__(self) -> str:
        return f"{self.section} ({self.language})"


class ConceptVersion(models.Model):
    """The concept as it was on a day, figures included; never changed afterwards.

    reports: {"de": stored report, "en": stored report}, see `kontor.reports.stored`.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    concept = models.ForeignKey(
        Concept, models.CASCADE, related_name="versions", verbose_name=_("internationalisation concept")
    )
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("name"), max_length=120, blank=True)
    note = models.TextField(_("what changed and why"), blank=True)
    reports = models.JSONField()
    is_published = models.BooleanField(_("open to partners and funder"), default=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("frozen by")
    )
    frozen_at = models.DateTimeField(_("frozen"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of the concept")
        verbose_name_plural = _("versions of the concept")
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("concept", "number"), name="concept_version_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.label}".strip()

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}
