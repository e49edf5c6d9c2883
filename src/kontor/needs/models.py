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
    reference: the answer, call, passage or idea that it came from, such as "survey:7:12:topics:export"; ""
        for needs recorded by hand. The same place never gives the same need twice.
    merged_into: the need of the same organisation that this one repeats; it is then counted only there.
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
    reference = models.CharField(_("where it was said"), max_length=120, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("counted as"),
    )
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
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "reference"),
                condition=~models.Q(reference=""),
                name="need_reference_unique",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="need_not_merged_into_itself"
            ),
        )

    def __str__(self) -> str:
        return self.statement if len(self.statement) <= 80 else f"{self.statement[:79]}…"


class NeedDistinct(models.Model):
    """Two needs of one organisation that a person has read and found not to be the same.

    first, second: the smaller number first, so that a pair is kept once.
    """

    cluster = models.ForeignKey("accounts.Cluster", models.CASCADE, related_name="+")
    first = models.ForeignKey(Need, models.CASCADE, related_name="+")
    second = models.ForeignKey(Need, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("pair of needs that differ")
        verbose_name_plural = _("pairs of needs that differ")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="need_distinct_unique"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="need_distinct_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Hearing(models.Model):
    """One occasion on which a member was heard, whether or not a need came of it.

    reference: what it was, such as "survey:7:12"; the same occasion never counts twice.
    """

    cluster = models.ForeignKey("accounts.Cluster", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="hearings")
    source = models.CharField(_("source"), max_length=10, choices=Need.Source.choices)
    on = models.DateField(_("on"))
    reference = models.CharField(_("where it was said"), max_length=120, editable=False)

    class Meta:
        verbose_name = _("hearing of a member")
        verbose_name_plural = _("hearings of members")
        ordering = ("-on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "reference"), name="hearing_reference_unique"),
        )
        indexes = (models.Index(fields=("cluster", "organisation", "on"), name="hearing_by_member"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.on}"


class Expectation(models.Model):
    """What part a member expects the cluster management, or the cluster, to play in its own way abroad.

    code: what is expected, as the questionnaire's option names it; label: the same in words, by language.
    """

    class Of(models.TextChoices):
        """Of whom it is expected."""

        MANAGEMENT = "management", _("Cluster management")
        CLUSTER = "cluster", _("Cluster as a whole")

    cluster = models.ForeignKey("accounts.Cluster", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="expectations")
    of = models.CharField(_("expected of"), max_length=10, choices=Of.choices)
    code = models.CharField(_("code"), max_length=120)
    label = I18nCharField(_("expectation"), max_length=500)
    source = models.CharField(_("source"), max_length=10, choices=Need.Source.choices)
    on = models.DateField(_("on"))
    reference = models.CharField(_("where it was said"), max_length=120, editable=False)

    class Meta:
        verbose_name = _("expectation of a member")
        verbose_name_plural = _("expectations of members")
        ordering = ("of", "code", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "reference"), name="expectation_reference_unique"),
        )
        indexes = (models.Index(fields=("cluster", "of", "code"), name="expectation_by_code"),)

    def __str__(self) -> str:
        return str(self.label)
