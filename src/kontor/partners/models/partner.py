"""A partner cluster, how far we are with it, and which two are not the same."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from kontor.accounts.models import ClusterObject


class Stage(models.TextChoices):
    """How far the cluster is with a partner cluster."""

    LEAD = "lead", _("Lead")
    LONG = "long", _("Long list")
    SHORT = "short", _("Short list")
    PARTNER = "partner", _("Partner")
    SET_ASIDE = "set_aside", _("Set aside")


class Partner(ClusterObject):
    """A cluster or network abroad that comes into question as a partner.

    country:      ISO 3166-1 alpha-2.   region: NUTS code, or in one's own words.
    languages:    codes of the languages in which one can work with it, such as ["en", "fi"].
    organisation: the body that runs it, where it stands among the actors.
    stage_reason, stage_at, stage_by: why, when and by whom it came to its stage; earlier ones stand in
                  `stage_changes`.
    reference:    own number or key of an import, "" for none.
    search_key:   folded name, short name, place and region, written by the services, read by the search.
    is_own:       our own cluster, so that it can be laid beside the others; at most one, and never in a list
                  or a study.
    merged_into:  the profile that this one repeats; what was known of it now stands there.
    merge_moved:  what the merge took over, so that it can be taken back.
    """

    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    description = I18nTextField(_("description"), blank=True)
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partner_profiles",
        verbose_name=_("run by"),
    )
    stage = models.CharField(_("stage"), max_length=9, choices=Stage.choices, default=Stage.LEAD)
    stage_reason = models.TextField(_("reason"), max_length=2000, blank=True)
    stage_at = models.DateField(_("since"), default=timezone.localdate)
    stage_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    search_key = models.TextField(blank=True, editable=False)
    is_own = models.BooleanField(_("our own cluster"), default=False, editable=False)
    imported_in = models.ForeignKey(
        "partners.PartnerImport",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="partners",
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("counted as"),
    )
    merge_moved = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("partner cluster")
        verbose_name_plural = _("partner clusters")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "reference"), condition=~Q(reference=""), name="partner_reference_unique"
            ),
            models.UniqueConstraint(
                fields=("cluster",), condition=Q(is_own=True), name="partner_one_own_cluster"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="partner_not_merged_into_itself"),
        )
        indexes = (
            models.Index(fields=("cluster", "stage"), name="partner_by_stage"),
            models.Index(fields=("cluster", "country"), name="partner_by_country"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """Return the short name, or the name where there is none."""
        return self.short_name or self.name


class StageChange(ClusterObject):
    """One step of a partner cluster from list to list, with the reason given then."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="stage_changes")
    was = models.CharField(_("before"), max_length=9, choices=Stage.choices, blank=True)
    stage = models.CharField(_("stage"), max_length=9, choices=Stage.choices)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    at = models.DateField(_("on"), default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_stage_display()}"


class PartnerDistinct(ClusterObject):
    """Two profiles that a person has looked at and found not to be the same cluster.

    first, second: the smaller number first, so that a pair is kept once.
    """

    first = models.ForeignKey(Partner, models.CASCADE, related_name="+")
    second = models.ForeignKey(Partner, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("pair of partner clusters that differ")
        verbose_name_plural = _("pairs of partner clusters that differ")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="partner_distinct_unique"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="partner_distinct_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
