"""Phone campaigns: whom to call, who is calling whom just now, and how it went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, ClusterObject


class CallCampaign(ClusterObject):
    """A round of calls made by the cluster management itself.

    chosen:          the members on the list, as listening.queries.audience reads it; {} for all.
    reserve_minutes: how long a member stays reserved for a caller who does nothing.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("In preparation")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")

    name = models.CharField(_("name"), max_length=200)
    version_asked = models.ForeignKey(
        "questionnaires.QuestionnaireVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("questions"),
    )
    opening = models.TextField(_("how to begin the talk"), blank=True, max_length=4000)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    chosen = models.JSONField(_("segment"), default=dict, blank=True)
    reserve_minutes = models.PositiveSmallIntegerField(_("reserved for (minutes)"), default=30)

    class Meta:
        verbose_name = _("phone campaign")
        verbose_name_plural = _("phone campaigns")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name


class CallTarget(models.Model):
    """A member on the list of a campaign.

    place:      order on the list, silent members first.
    fields:     the questionnaire's fields as typed so far (questionnaires.answers); answers once it is done.
    edition:    counts the saves of the caller's page.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("To be called")
        RESERVED = "reserved", _("Being called")
        LATER = "later", _("Call back")
        DONE = "done", _("Talked")
        ENDED = "ended", _("Ended without a talk")

    class Outcome(models.TextChoices):
        """How the last call went."""

        TALKED = "talked", _("Talked")
        CALL_BACK = "call_back", _("Asked to be called back")
        NO_ANSWER = "no_answer", _("Nobody answered")
        BUSY = "busy", _("Engaged")
        MAILBOX = "mailbox", _("Mailbox")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        NOT_IN = "not_in", _("Contact not in")
        REFUSED = "refused", _("Does not want to talk")
        NO_NUMBER = "no_number", _("No telephone number")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    campaign = models.ForeignKey(CallCampaign, models.CASCADE, related_name="targets")
    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="call_targets")
    person = models.ForeignKey(
        "actors.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="call_targets",
        verbose_name=_("talked to"),
    )
    place = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    reserved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reserved_until = models.DateTimeField(null=True, blank=True)
    call_back_at = models.DateTimeField(_("call back"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(_("calls"), default=0)
    notes = models.TextField(_("notes"), blank=True)
    fields = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    talked_at = models.DateTimeField(_("talked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("member on a call list")
        verbose_name_plural = _("members on call lists")
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "organisation"), name="call_target_once"),
            # A caller holds one member at a time, a member is held by one caller.
            models.UniqueConstraint(
                fields=("campaign", "reserved_by"),
                condition=Q(state="reserved"),
                name="call_one_reserved_per_caller",
            ),
            # Not "by somebody": the account of a caller may be deleted in the middle of a call.
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(reserved_until__isnull=False),
                name="call_reserved_for_a_while",
            ),
        )
        indexes = (models.Index(fields=("campaign", "state", "place"), name="call_target_next"),)

    def __str__(self) -> str:
        return str(self.organisation)


class CallAttempt(models.Model):
    """One call, whatever came of it."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    target = models.ForeignKey(CallTarget, models.CASCADE, related_name="calls")
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("caller")
    )
    at = models.DateTimeField(_("at"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=CallTarget.Outcome.choices)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.target} {self.get_outcome_display()}"
