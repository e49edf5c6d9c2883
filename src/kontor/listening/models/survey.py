"""Member surveys: who is invited, what was answered, and what is still being typed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import Cluster, ClusterObject
from kontor.accounts.models.user import LANGUAGES


class Survey(ClusterObject):
    """One questionnaire put to some of the members until a day.

    chosen:        the segment invited, as listening.queries.audience reads it; {} for all.
    is_anonymous:  answers are stored without any way back to who gave them; fixed once somebody is invited.
    one_per:       whether an organisation or each person gives one answer.
    remind_at:     when those who have not answered are reminded by themselves; empty once that has begun.
    grace_minutes: how long somebody may finish who had begun when the survey closed.
    settled_at:    when the grace time was over and the closing work was done.
    answers_revision: counts every change of the answers; with F() + 1, as two may answer at once. Anonymous
        answers carry no time, so this is how results notice that they are out of date.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("In preparation")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")

    class OnePer(models.TextChoices):
        """Who gives one answer."""

        ORGANISATION = "organisation", _("One answer per organisation")
        PERSON = "person", _("One answer per person")

    name = models.CharField(_("name"), max_length=200)
    version_asked = models.ForeignKey(
        "questionnaires.QuestionnaireVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="surveys",
        verbose_name=_("questions"),
    )
    questionnaire = models.ForeignKey(
        "questionnaires.Questionnaire",
        models.PROTECT,
        related_name="surveys",
        verbose_name=_("questionnaire"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    one_per = models.CharField(
        _("who answers"), max_length=12, choices=OnePer.choices, default=OnePer.ORGANISATION
    )
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    chosen = models.JSONField(_("segment"), default=dict, blank=True)
    subject = I18nCharField(_("subject of the invitation"), max_length=200, blank=True)
    message = I18nTextField(_("text of the invitation"), blank=True)
    reminder_subject = I18nCharField(_("subject of the reminder"), max_length=200, blank=True)
    reminder_message = I18nTextField(_("text of the reminder"), blank=True)
    remind_at = models.DateTimeField(_("reminds by itself"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(_("time to finish in minutes"), default=120)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    answers_revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("member survey")
        verbose_name_plural = _("member surveys")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="draft") | Q(version_asked__isnull=False), name="survey_asks_a_version"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Invitee(models.Model):
    """Somebody who was asked.

    segment:     groups at the time of the invitation (actors.queries.segments), for rates by segment.
    is_answered: for anonymous surveys all that is ever known; answered_at then stays empty.
    issue:       counts the links; with the next one those before it open nothing any more.
    """

    class State(models.TextChoices):
        """What became of the mail."""

        WAITING = "waiting", _("Not sent yet")
        SENT = "sent", _("Sent")
        BOUNCED = "bounced", _("Came back")
        DECLINED = "declined", _("Does not want to answer")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitees")
    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="survey_invitations")
    person = models.ForeignKey(
        "actors.Person", models.SET_NULL, null=True, blank=True, related_name="survey_invitations"
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    segment = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    bounce_reason = models.CharField(_("why it came back"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    issue = models.PositiveSmallIntegerField(default=1)
    is_answered = models.BooleanField(_("has answered"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        ordering = ("organisation__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("survey", "email"), name="invitee_address_once_per_survey"),
        )
        indexes = (models.Index(fields=("survey", "is_answered", "state"), name="invitee_by_state"),)

    def __str__(self) -> str:
        return self.email


class AnswerDraft(models.Model):
    """What somebody has typed so far.

    key:     leads here from the link only (services.surveys.links.draft_key); in anonymous surveys it comes
             from the token alone, which is stored nowhere, so that no draft leads to whom it belongs.
    fields:  form fields as typed; in anonymous surveys empty.
    sealed:  in anonymous surveys the same, locked with the token, which is stored nowhere.
    edition: counts the saves; a tab that knows an older one is told, never overwritten silently.
    tab:     random name of the page that saved last, and turn the number of its save: a save whose reply
             was lost on the way is no conflict, and one that arrives late overwrites nothing.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=64, unique=True)
    fields = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    tab = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")

    def __str__(self) -> str:
        return f"{self.survey}: {self.edition}"


class SurveyResponse(models.Model):
    """One answer. Anonymous ones carry neither organisation, person, time nor language.

    id:      random, so that the order of answers tells nothing.
    slot:    who may answer once: "o:<organisation>" or "p:<invitee>"; random for anonymous answers.
    answers: question code → value, as questionnaires.definition.Kind states.
    segment: groups for the analysis; in anonymous surveys only groups that hold enough people to hide in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    slot = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        "actors.Organisation", models.CASCADE, null=True, blank=True, related_name="survey_responses"
    )
    person = models.ForeignKey(
        "actors.Person", models.SET_NULL, null=True, blank=True, related_name="survey_responses"
    )
    answers = models.JSONField(_("answers"), default=dict)
    segment = models.JSONField(default=dict)
    language = models.CharField(_("language"), max_length=2, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("survey", "slot"), name="response_once_per_slot"),)

    def __str__(self) -> str:
        return str(self.survey)
