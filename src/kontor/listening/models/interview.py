"""Interviews: the sample with its reasons, appointments, transcripts, and passages that tell a need."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import ClusterObject


class InterviewStudy(ClusterObject):
    """A series of interviews with a stratified sample of the members.

    chosen:     the members to draw from, as listening.queries.audience reads it; {} for all.
    dimensions: by what the members were grouped (actors.queries.segments.Dimension).
    allocation: how the places were spread over the groups (methods.sampling).
    seed:       the same seed and population draw the same sample again.
    drawn:      the account of the draw, as listening.sample tells it, frozen when it was made.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("In preparation")
        RUNNING = "running", _("Under way")
        CLOSED = "closed", _("Closed")

    class Allocation(models.TextChoices):
        """How the interviews are spread over the groups."""

        PROPORTIONAL = "proportional", _("In proportion to their size")
        SQUARE_ROOT = "square_root", _("Small groups more (by the root of the size)")
        EQUAL = "equal", _("The same number for each")

    name = models.CharField(_("name"), max_length=200)
    guide = models.ForeignKey(
        "questionnaires.QuestionnaireVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interview_studies",
        verbose_name=_("interview guide"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    size = models.PositiveSmallIntegerField(_("number of interviews"), default=12)
    seed = models.PositiveIntegerField(_("seed"), default=1)
    chosen = models.JSONField(_("segment"), default=dict, blank=True)
    dimensions = models.JSONField(_("grouped by"), default=list)
    allocation = models.CharField(
        _("interviews for each group"),
        max_length=12,
        choices=Allocation.choices,
        default=Allocation.PROPORTIONAL,
    )
    population_on = models.DateField(_("members as of"), null=True, blank=True)
    drawn = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("series of interviews")
        verbose_name_plural = _("series of interviews")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Interview(ClusterObject):
    """One member drawn for an interview.

    stratum: the groups it was drawn from, joined by "|".   rank: its place in the draw of these, from 1; 0
        where it was chosen by hand.
    reason:  why it dropped out, or why it was chosen by hand.
    fields:  notes to the questions of the guide, as typed (questionnaires.answers).   edition: counts the
        saves of these.
    """

    class Role(models.TextChoices):
        """Why it is on the list."""

        DRAWN = "drawn", _("Drawn")
        RESERVE = "reserve", _("Reserve")
        CHOSEN = "chosen", _("Chosen by hand")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("To be asked")
        APPOINTED = "appointed", _("Appointment made")
        HELD = "held", _("Held")
        DECLINED = "declined", _("Declined")
        UNUSED = "unused", _("Not needed")

    study = models.ForeignKey(InterviewStudy, models.CASCADE, related_name="interviews")
    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="interviews")
    person = models.ForeignKey(
        "actors.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interviews",
        verbose_name=_("talk with"),
    )
    stratum = models.CharField(_("group"), max_length=120)
    rank = models.PositiveIntegerField(default=1)
    role = models.CharField(_("drawn as"), max_length=8, choices=Role.choices, default=Role.DRAWN)
    replaces = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("stands in for"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    appointed_at = models.DateTimeField(_("appointment"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=45)
    place = models.CharField(_("place of the talk"), max_length=200, blank=True)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("interviewer"),
    )
    held_on = models.DateField(_("held on"), null=True, blank=True)
    transcript = models.TextField(_("transcript"), blank=True, max_length=400_000)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    fields = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ("study", "stratum", "role", "rank", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "organisation"), name="interview_once_per_study"),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class Passage(ClusterObject):
    """A place in a transcript that says something worth keeping.

    start, end: characters of the transcript, end not included.   quote: the words there, kept as they were.
    is_lost: the words no longer stand in the transcript; start and end then tell where they stood.
    """

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(_("words"))
    comment = models.TextField(_("comment"), blank=True, max_length=4000)
    is_lost = models.BooleanField(default=False)
    need = models.OneToOneField(
        "needs.Need", models.SET_NULL, null=True, blank=True, related_name="passage", verbose_name=_("need")
    )

    class Meta:
        verbose_name = _("passage of an interview")
        verbose_name_plural = _("passages of interviews")
        ordering = ("interview", "start", "pk")
        constraints = (models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_not_empty"),)

    def __str__(self) -> str:
        return self.quote if len(self.quote) <= 80 else f"{self.quote[:79]}…"
