"""Votes: the question, who may answer it, and sealed ballots that lead back to nobody."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import Cluster, ClusterObject
from kontor.accounts.models.user import LANGUAGES


class Vote(ClusterObject):
    """A question to organisations, each of which has one vote.

    quorum_percent: share of the organisations asked that must vote, abstentions included; 0 = none needed.
    reference:      what it is about in the room that asked, such as "study:7"; "" for votes of its own.
    result:         the count (votes.results.VoteResult), written once when the vote is closed.
    """

    class Method(models.TextChoices):
        """How one chooses."""

        APPROVAL = "approval", _("Tick all that are acceptable")
        RANKED = "ranked", _("Put the options in order")

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("In preparation")
        OPEN = "open", pgettext_lazy("state", "Open")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", pgettext_lazy("vote", "Cancelled")

    question = I18nCharField(_("question"), max_length=300)
    explanation = I18nTextField(_("explanation"), blank=True)
    method = models.CharField(_("way to vote"), max_length=8, choices=Method.choices, default=Method.APPROVAL)
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    closes_at = models.DateTimeField(_("closes"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    reference = models.CharField(_("about"), max_length=60, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(quorum_percent__lte=100), name="vote_quorum_is_a_share"),
            models.CheckConstraint(
                condition=Q(result__isnull=True) | Q(state="closed"), name="vote_result_after_closing"
            ),
        )
        indexes = (models.Index(fields=("reference",), name="vote_by_reference"),)

    def __str__(self) -> str:
        return str(self.question)

    @property
    def quorum_share(self) -> float:
        """Return the quorum as a share, 0 to 1."""
        return self.quorum_percent / 100


class VoteOption(ClusterObject):
    """Something to choose. reference: what the room that asked calls it, such as "candidate:12"."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="options")
    label = I18nCharField(_("option"), max_length=300)
    reference = models.CharField(max_length=60, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("place on the ballot"), default=0)

    class Meta:
        verbose_name = _("option of a vote")
        verbose_name_plural = _("options of votes")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(self.label)


class Elector(models.Model):
    """An organisation that may vote, and who casts its vote.

    It has no time of any change: `has_voted` is all that is kept of the act.

    organisation_name: as it was when it was put on the roll; it stays when the organisation is deleted.
    person:    the contact in the directory; empty where name and address were typed, or once they are gone.
    is_typed:  name and address were typed for this vote.
    """

    class Mail(models.TextChoices):
        """What became of the invitation."""

        WAITING = "waiting", _("Not sent yet")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not accepted")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="electors")
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.SET_NULL,
        null=True,
        related_name="votes",
        verbose_name=_("organisation"),
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=300)
    person = models.ForeignKey(
        "actors.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="votes",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=250, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    is_typed = models.BooleanField(_("typed for this vote"), default=False)
    mail = models.CharField(_("invitation"), max_length=8, choices=Mail.choices, default=Mail.WAITING)
    mail_problem = models.CharField(_("why the mail was not accepted"), max_length=300, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    has_voted = models.BooleanField(_("has voted"), default=False)

    class Meta:
        verbose_name = _("organisation that may vote")
        verbose_name_plural = _("organisations that may vote")
        ordering = ("organisation_name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("vote", "organisation"), name="elector_once_per_organisation"),
        )

    def __str__(self) -> str:
        return self.organisation_name

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}


class Ballot(models.Model):
    """One vote in the box: no elector, no time, a number drawn by chance, and the choice sealed.

    It exists from the moment it is cast to the moment it is counted.

    sealed: the choice as votes.sealing locks it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots")
    sealed = models.TextField()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.pk)


class BallotKey(models.Model):
    """Half of what opens the ballots of a vote; the other half is the installation's secret.

    It is drawn when the vote opens, stands in no backup and no export (config.archive.rows), and is
    destroyed with the ballots when they are counted. So two backups that lie a vote apart tell nothing.
    A backup that is restored where it was written finds the key in its place, so the table has no constraint.
    """

    vote = models.OneToOneField(
        Vote, models.CASCADE, primary_key=True, related_name="key", db_constraint=False
    )
    half = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("key to the ballots of a vote")
        verbose_name_plural = _("keys to the ballots of votes")

    def __str__(self) -> str:
        return str(self.vote)
