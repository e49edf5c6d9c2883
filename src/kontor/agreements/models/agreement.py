"""An agreement between two sides, and who speaks for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from kontor.accounts.models import ClusterObject
from kontor.accounts.models.user import LANGUAGES


class Side(models.TextChoices):
    """Who of the two: the cluster itself, or whoever it negotiates with."""

    US = "us", _("Our side")
    THEM = "them", _("Other side")

    @property
    def other(self) -> Side:
        """Return the side across the table."""
        return Side.THEM if self is Side.US else Side.US


def _nothing() -> dict[str, Any]:
    return {}


class Agreement(ClusterObject):
    """A paper that two sides negotiate clause by clause.

    kind:        code of a catalogue of clauses, such as "cooperation_protocol".
    our_name:    how the own side is called in the paper; counterpart: how the other side is.
    languages:   in which languages it is kept, the first one leads where only one can be shown.
    reference:   what it is about, as the room that asked names it, such as "cooperation:7"; "" if none did.
    filled_in:   placeholder of the catalogue → language → text, for clauses that are added later.
    round:       1 for the first negotiation, one more with each amendment.
    revision:    counts the writes of the negotiation; whoever counts one holds the row until the end.
    touched_at:  when the last of these writes was.
    agreed_at:   when the latest version was frozen; it stays in force while an amendment is negotiated.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("In preparation")
        NEGOTIATING = "negotiating", _("Being negotiated")
        AGREED = "agreed", _("Agreed")
        CANCELLED = "cancelled", _("Given up")

    kind = models.SlugField(_("kind"), max_length=60)
    title = I18nCharField(_("title"), max_length=300)
    our_name = models.CharField(_("name of our side"), max_length=200)
    counterpart = models.CharField(_("name of the other side"), max_length=200)
    languages = models.JSONField(_("languages"), default=list)
    reference = models.CharField(_("about"), max_length=60, blank=True, editable=False, db_index=True)
    filled_in = models.JSONField(default=_nothing, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    round_reason = models.CharField(_("why it is amended"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    touched_at = models.DateTimeField(_("last act"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(_("negotiated since"), null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField(_("date of agreement"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(agreed_at__isnull=False), name="agreement_agreed_has_a_date"
            ),
        )

    def __str__(self) -> str:
        return str(self.title)

    def name_of(self, side: str) -> str:
        """Return how a side is called in the paper."""
        return self.our_name if side == Side.US else self.counterpart


class Negotiator(ClusterObject):
    """Somebody who speaks for a side: with an account for ours, by a signed link for the other.

    issue:       counts the links that were given; an older one opens nothing any more.
    seen_at:     when the agreement was last looked at; notified_at: when the last mail on news went out.
    quiet_until: no mail on news before.
    told_version: number of the latest version that a mail has told of.
    bounce_reason: why the mail server never takes the address, in its own words; "" while it does.
    """

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="negotiators", verbose_name=_("agreement")
    )
    side = models.CharField(_("side"), max_length=4, choices=Side.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    function = models.CharField(_("function"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    issue = models.PositiveIntegerField(default=1, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True, editable=False)
    notified_at = models.DateTimeField(_("last told of news"), null=True, blank=True, editable=False)
    quiet_until = models.DateTimeField(null=True, blank=True, editable=False)
    told_version = models.PositiveIntegerField(default=0, editable=False)
    bounce_reason = models.CharField(_("undeliverable because"), max_length=300, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("link withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("negotiator")
        verbose_name_plural = _("negotiators")
        ordering = ("side", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                "agreement",
                Lower("email"),
                condition=Q(side="them", revoked_at=None),
                name="negotiator_once_per_address",
            ),
            models.UniqueConstraint(
                fields=("agreement", "user"),
                condition=Q(user__isnull=False, revoked_at=None),
                name="negotiator_once_per_account",
            ),
            models.CheckConstraint(
                condition=Q(side="us", user__isnull=False) | Q(side="them", user__isnull=True),
                name="negotiator_account_is_ours",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """True until the way in was withdrawn."""
        return self.revoked_at is None
