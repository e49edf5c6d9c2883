"""What both sides agreed to, kept as it was, and the signatures on paper."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.agreements.models.agreement import Agreement


class AgreementVersion(models.Model):
    """The full content on the day it was agreed; never changed afterwards.

    content: what was agreed and by whom (see freezing.content_of); reports: language → stored report.
    digest:  SHA-256 over both; see freezing.is_intact.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="versions", verbose_name=_("agreement")
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField()
    reports = models.JSONField()
    languages = models.JSONField(_("languages"))
    digest = models.CharField(_("check number"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("frozen by")
    )

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_number"),
        )

    def __str__(self) -> str:
        return f"{self.agreement} ({self.number})"

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}


class Signing(models.Model):
    """A version was signed on paper: noted beside it, so that the version itself stays as it is."""

    version = models.OneToOneField(
        AgreementVersion, models.CASCADE, related_name="signing", verbose_name=_("version")
    )
    signed_on = models.DateField(_("signed on"))
    place = models.CharField(_("place"), max_length=200)
    signed_by_us = models.CharField(_("signed for our side by"), max_length=200)
    signed_by_them = models.CharField(_("signed for the other side by"), max_length=200)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("noted by")
    )
    noted_at = models.DateTimeField(_("noted"), auto_now=True)

    class Meta:
        verbose_name = _("signing of a version")
        verbose_name_plural = _("signings of versions")

    def __str__(self) -> str:
        return f"{self.version} · {self.signed_on:%Y-%m-%d}"

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.version.cluster_id}
