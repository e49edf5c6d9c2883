"""Need records: who needs what, for which country, how urgently, and how we know."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from kontor.accounts.models import ClusterObject


class NeedKind(models.TextChoices):
    """What a need is about."""

    MARKET = "market", _("Market")
    TECHNOLOGY = "technology", _("Technology")
    PARTNER = "partner", _("Partner")
    STAFF = "staff", _("Staff")
    IP = "ip", _("IP rights")
    FUNDING = "funding", _("Funding")
    VISIBILITY = "visibility", _("Visibility")
    KNOWLEDGE = "knowledge", _("Knowledge")
    OTHER = "other", _("Other")


class NeedTopic(ClusterObject):
    """A subject under which needs are gathered; the start list can be extended."""

    code = models.SlugField(_("code"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind.choices)
    name = I18nCharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("topic of needs")
        verbose_name_plural = _("topics of needs")
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("cluster", "code"), name="need_topic_code_unique"),)

    def __str__(self) -> str:
        return str(self.name)


class Need(ClusterObject):
    """One need of one organisation, whatever its source.

    country: ISO code of the target country, "" where none is meant.
    urgency: 1 some day · 2 within two years · 3 now.
    """

    class Urgency(models.IntegerChoices):
        """How soon it matters."""

        SOME_DAY = 1, _("Some day")
        SOON = 2, _("Within two years")
        NOW = 3, _("Now")

    class Source(models.TextChoices):
        """How the cluster management came to know of it."""

        SURVEY = "survey", _("Member survey")
        CALL = "call", _("Telephone call")
        MEETING = "meeting", _("Members' meeting")
        INTERVIEW = "interview", _("Interview")
        MEMBER = "member", _("Reported by the member")
        OTHER = "other", _("Other")

    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="needs")
    person = models.ForeignKey(
        "actors.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("told by"),
    )
    topic = models.ForeignKey(NeedTopic, models.PROTECT, related_name="needs", verbose_name=_("topic"))
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind.choices)
    statement = models.TextField(_("in the member's words"), max_length=2000)
    country = models.CharField(_("target country"), max_length=2, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency.choices, default=Urgency.SOON)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.CALL)
    recorded_on = models.DateField(_("recorded on"))
    imported_in = models.ForeignKey(
        "actors.ImportBatch", models.SET_NULL, null=True, blank=True, editable=False, related_name="needs"
    )

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ("-urgency", "-recorded_on", "pk")
        indexes = (
            models.Index(fields=("cluster", "topic"), name="need_by_topic"),
            models.Index(fields=("cluster", "recorded_on"), name="need_by_date"),
        )

    def __str__(self) -> str:
        return self.statement if len(self.statement) <= 80 else f"{self.statement[:79]}…"
