"""Clauses, the wordings that were proposed for them, who accepted which, and what was said about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from kontor.accounts.models import ClusterObject
from kontor.agreements.models.agreement import Agreement, Side


class Clause(ClusterObject):
    """One point of an agreement.

    code:           the catalogue's clause that it was taken from, "" for an own one.
    group:          code of a group of the catalogue.
    heading:        that of the wording that counts; it changes with it.
    current_number: number of the wording that counts; 0 until there is one.
    removed_at:     when both sides agreed to leave it out.
    version:        one more with each proposal and acceptance; a form that shows an older one is out of date.
    """

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="clauses", verbose_name=_("agreement")
    )
    position = models.PositiveIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=60, blank=True, editable=False)
    group = models.SlugField(_("group"), max_length=60)
    heading = I18nCharField(_("heading"), max_length=300)
    current_number = models.PositiveIntegerField(default=0, editable=False)
    removed_at = models.DateTimeField(_("left out"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "code"), condition=~Q(code=""), name="clause_once_from_the_catalogue"
            ),
        )

    def __str__(self) -> str:
        return str(self.heading)


class Wording(models.Model):
    """A wording that one side proposed for a clause; nothing in it changes once the other side could see it.

    is_removal:  the proposal is to leave the clause out; heading and text are those it would lose.
    stale:       languages whose text does not say yet what the others say.
    withdrawn_at: the amendment that it belonged to was given up.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="wordings", verbose_name=_("clause"))
    number = models.PositiveIntegerField(_("number"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    side = models.CharField(_("side"), max_length=4, choices=Side.choices)
    author_name = models.CharField(_("proposed by"), max_length=120)
    heading = I18nCharField(_("heading"), max_length=300)
    text = I18nTextField(_("text"))
    is_removal = models.BooleanField(_("is to be left out"), default=False)
    stale = models.JSONField(_("to be brought in line"), default=list, blank=True)
    created_at = models.DateTimeField(_("proposed"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ("clause", "number")
        constraints = (
            models.UniqueConstraint(fields=("clause", "number"), name="wording_number_once_per_clause"),
        )

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.clause.cluster_id}


class Acceptance(models.Model):
    """One side agrees to a wording. It counts as long as no newer wording does."""

    wording = models.ForeignKey(
        Wording, models.CASCADE, related_name="acceptances", verbose_name=_("wording")
    )
    side = models.CharField(_("side"), max_length=4, choices=Side.choices)
    name = models.CharField(_("accepted by"), max_length=120)
    accepted_at = models.DateTimeField(_("accepted"))

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ("accepted_at", "pk")
        constraints = (models.UniqueConstraint(fields=("wording", "side"), name="acceptance_once_per_side"),)

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.wording.clause.cluster_id}


class ClauseComment(ClusterObject):
    """A remark on a clause.

    is_internal: for the own side alone; the other side never sees it, in no page, paper or mail.
    """

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="comments", verbose_name=_("clause"))
    side = models.CharField(_("side"), max_length=4, choices=Side.choices)
    author_name = models.CharField(_("said by"), max_length=120)
    text = models.TextField(_("comment"))
    is_internal = models.BooleanField(_("for our side only"), default=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(side="us"), name="clause_comment_internal_is_ours"
            ),
        )

    def __str__(self) -> str:
        return self.author_name
