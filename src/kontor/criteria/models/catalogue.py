"""A catalogue, its criteria as they are being worked on, and the versions that studies use."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import ClusterObject


class Scale(models.TextChoices):
    """In what a criterion is judged. A percentage is stored as 0 to 100, yes as 1 and no as 0."""

    POINTS = "points", _("Points from 1 to 5")
    PERCENT = "percent", _("Percentage")
    NUMBER = "number", pgettext_lazy("scale", "Number")
    YES_NO = "yes_no", _("Yes or no")


class Catalogue(ClusterObject):
    """The yardsticks of one cluster for one kind of choice.

    purpose: what is chosen: "partners", "projects"; one of `kontor.criteria.reference.purposes`.
    """

    purpose = models.SlugField(_("purpose"), max_length=20, editable=False)
    title = I18nCharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("criteria catalogue")
        verbose_name_plural = _("criteria catalogues")
        ordering = ("purpose",)
        constraints = (
            models.UniqueConstraint(fields=("cluster", "purpose"), name="catalogue_once_per_purpose"),
        )

    def __str__(self) -> str:
        return str(self.title)


class Criterion(ClusterObject):
    """One yardstick as it is being worked on; studies use the copy in a published version.

    family:         code of a family of the reference, or "own".
    code:           stays the same for good; studies know the criterion by it.
    reference_code: code in the reference that it was taken from, "" for an own criterion.
    scale_low, scale_high: ends of the scale; NULL = what the candidates show.
    anchor_1, anchor_3, anchor_5: what these points mean; 2 and 4 lie between.
    source:         key of the data that the program can fill it from, "" for none.
    knock_out_below, knock_out_above: a candidate surely beyond it is out, whatever else it offers.
    position:       place within its family.
    """

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="criteria")
    family = models.SlugField(_("family"), max_length=60)
    code = models.SlugField(_("short name"), max_length=80, editable=False)
    reference_code = models.SlugField(max_length=80, blank=True, editable=False)
    name = I18nCharField(_("name"), max_length=200)
    meaning = I18nTextField(_("question"), blank=True)
    evidence = I18nTextField(_("what would show it"), blank=True)
    scale = models.CharField(_("scale"), max_length=7, choices=Scale.choices, default=Scale.POINTS)
    unit = I18nCharField(_("unit"), max_length=60, blank=True)
    scale_low = models.FloatField(_("lower end of the scale"), null=True, blank=True)
    scale_high = models.FloatField(_("upper end of the scale"), null=True, blank=True)
    is_benefit = models.BooleanField(_("more is better"), default=True)
    anchor_1 = I18nTextField(_("what 1 point means"), blank=True)
    anchor_3 = I18nTextField(_("what 3 points mean"), blank=True)
    anchor_5 = I18nTextField(_("what 5 points mean"), blank=True)
    source = models.CharField(_("filled from"), max_length=120, blank=True)
    knock_out_below = models.FloatField(_("out below"), null=True, blank=True)
    knock_out_above = models.FloatField(_("out above"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    imported_in = models.ForeignKey(
        "criteria.CriteriaImport",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="criteria",
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("catalogue", "code"), name="catalogue_criterion_code_unique"),
            models.UniqueConstraint(
                fields=("catalogue", "reference_code"),
                condition=~Q(reference_code=""),
                name="catalogue_criterion_once_from_reference",
            ),
            models.CheckConstraint(
                condition=Q(scale_low=None) | Q(scale_high=None) | Q(scale_high__gt=F("scale_low")),
                name="catalogue_criterion_scale_has_length",
            ),
        )

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_own(self) -> bool:
        """True where the cluster wrote it itself."""
        return not self.reference_code

    @property
    def anchors(self) -> dict[str, LazyI18nString]:
        """Return points → what they mean, for those of which anything is said."""
        said = {"1": self.anchor_1, "3": self.anchor_3, "5": self.anchor_5}
        return {point: text for point, text in said.items() if text}

    @property
    def has_knock_out(self) -> bool:
        """True where a candidate can be out by it."""
        return self.knock_out_below is not None or self.knock_out_above is not None


class CatalogueVersion(ClusterObject):
    """A catalogue as it was published: never changed, so that a decision can always be explained.

    content: the criteria in use then, in their order, each as `FrozenCriterion.as_dict` writes it.
    codes:   their codes, to find the versions of a criterion without reading the contents.
    digest:  fingerprint of the content; the same content is not published twice in a row.
    """

    catalogue = models.ForeignKey(Catalogue, models.RESTRICT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    content = models.JSONField(default=list)
    codes = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of a criteria catalogue")
        verbose_name_plural = _("versions of criteria catalogues")
        ordering = ("catalogue", "-number")
        constraints = (
            models.UniqueConstraint(fields=("catalogue", "number"), name="catalogue_version_number_unique"),
        )

    def __str__(self) -> str:
        return gettext("Version %(number)s") % {"number": self.number}
