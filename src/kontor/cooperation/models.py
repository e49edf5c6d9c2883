"""What a cluster does together with a partner: visits, groups and offices, who takes part, who does what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject


class Activity(ClusterObject):
    """One piece of life together with a partner cluster.

    ends_on: NULL for a single day, or as long as a group or an office goes on.
    country: ISO 3166-1 alpha-2 of the place, "" where it takes place online.
    result:  what came of it; without it an activity is not done.
    """

    class Kind(models.TextChoices):
        """What it is."""

        VISIT = "visit", _("Visit")
        DELEGATION = "delegation", _("Delegation visit")
        RETREAT = "retreat", _("Retreat")
        WORKSHOP = "workshop", _("Joint workshop")
        VIDEO = "video", _("Video meeting")
        EXCHANGE = "exchange", _("Staff exchange")
        GROUP = "group", _("Joint group")
        OFFICE = "office", _("Contact office")
        OTHER = "other", _("Other kind")

        @property
        def goes_on(self) -> bool:
            """True for what has no day but a beginning."""
            return self in (Activity.Kind.GROUP, Activity.Kind.OFFICE, Activity.Kind.EXCHANGE)

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    partner = models.ForeignKey("partners.Partner", models.RESTRICT, related_name="activities")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VISIT)
    title = I18nCharField(_("title"), max_length=200)
    aim = I18nTextField(_("what it is for"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("responsible"),
    )
    goals = models.ManyToManyField(
        "goals.Goal", blank=True, related_name="activities", verbose_name=_("goals that it serves")
    )
    result = I18nTextField(_("what came of it"), blank=True)

    class Meta:
        verbose_name = _("activity with a partner")
        verbose_name_plural = _("activities with partners")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=("cluster", "starts_on"), name="activity_by_start"),)

    def __str__(self) -> str:
        return str(self.title)


class Participant(ClusterObject):
    """An organisation or a person that takes part.

    side: ours or the partner's.   organisation: one of our directory, NULL where the name alone is known.
    """

    class Side(models.TextChoices):
        """From which cluster."""

        OURS = "ours", _("Our cluster")
        THEIRS = "theirs", _("Partner cluster")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    side = models.CharField(_("from"), max_length=6, choices=Side.choices, default=Side.OURS)
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities_abroad",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("side", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""), name="participant_has_a_name"
            ),
        )

    def __str__(self) -> str:
        parts = (self.name, self.organisation.name if self.organisation else "")
        return ", ".join(part for part in parts if part)


class Task(ClusterObject):
    """Who does what by when, so that an activity has consequences."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="tasks")
    title = models.CharField(_("task"), max_length=300)
    who = models.CharField(_("who"), max_length=200, blank=True)
    due = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("done_on", "due", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """True once somebody has said so."""
        return self.done_on is not None
