"""The live board of an annual meeting: ideas from phones, grouped by a moderator, weighed by points."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, ClusterObject
from kontor.accounts.models.user import LANGUAGES


class Board(ClusterObject):
    """One question to a room full of people.

    code:       what opens it, short enough to type from a screen; good until `expires_at`.
    points:     how many points each participant may give.
    revision:   counts everything that desk and screen must show anew.
    stage:      counts what phones must show anew: the phase, the question, the groups. Ideas and points of
        others are none of it, or each idea would call three hundred phones to the server.
    """

    class Phase(models.TextChoices):
        """What participants can do."""

        WAITING = "waiting", _("Not open yet")
        COLLECTING = "collecting", _("Collecting ideas")
        GROUPING = "grouping", _("Sorting")
        WEIGHING = "weighing", _("Giving points")
        CLOSED = "closed", _("Closed")

    name = models.CharField(_("name"), max_length=200)
    question = models.CharField(_("question to the room"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    code = models.CharField(max_length=12, unique=True)
    phase = models.CharField(_("state"), max_length=10, choices=Phase.choices, default=Phase.WAITING)
    points = models.PositiveSmallIntegerField(_("points per person"), default=5)
    held_on = models.DateField(_("day of the meeting"))
    expires_at = models.DateTimeField(_("link works until"))
    revision = models.PositiveIntegerField(default=1, editable=False)
    stage = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.name


class BoardParticipant(models.Model):
    """A phone in the room. key: hash of the cookie that it carries."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, models.CASCADE, related_name="participants")
    key = models.CharField(max_length=64, unique=True)
    said_organisation = models.CharField(_("organisation as typed"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "actors.Organisation", models.SET_NULL, null=True, blank=True, related_name="board_participants"
    )
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("participant of a board")
        verbose_name_plural = _("participants of boards")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.said_organisation or f"{self.pk}"


class BoardGroup(ClusterObject):
    """Ideas that say the same, under a heading of the moderator's."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="groups")
    title = models.CharField(_("heading"), max_length=200)
    place = models.PositiveIntegerField(default=0)
    topic = models.ForeignKey(
        "needs.NeedTopic", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )

    class Meta:
        verbose_name = _("group of ideas")
        verbose_name_plural = _("groups of ideas")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.title


class Idea(models.Model):
    """One idea in the participant's own words.

    sent_as: the phone's own number for it; the same phone sending it twice stores it once.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, models.CASCADE, related_name="ideas")
    participant = models.ForeignKey(
        BoardParticipant, models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    sent_as = models.UUIDField()
    text = models.TextField(_("idea"), max_length=2000)
    group = models.ForeignKey(BoardGroup, models.SET_NULL, null=True, blank=True, related_name="ideas")
    is_hidden = models.BooleanField(_("taken off the board"), default=False)
    need = models.OneToOneField(
        "needs.Need", models.SET_NULL, null=True, blank=True, related_name="idea", verbose_name=_("need")
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("participant", "sent_as"), name="idea_once"),)
        indexes = (models.Index(fields=("board", "group"), name="idea_by_group"),)

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"


class BoardPoint(models.Model):
    """The points that one participant gives to one group."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, models.CASCADE, related_name="given_points")
    participant = models.ForeignKey(BoardParticipant, models.CASCADE, related_name="given_points")
    group = models.ForeignKey(BoardGroup, models.CASCADE, related_name="given_points")
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("points for a group of ideas")
        verbose_name_plural = _("points for groups of ideas")
        constraints = (
            models.UniqueConstraint(fields=("participant", "group"), name="points_once_per_group"),
            models.CheckConstraint(condition=models.Q(points__gte=1), name="points_positive"),
        )

    def __str__(self) -> str:
        return f"{self.group}: {self.points}"
