"""Roles, invitations and signed links: the keys to a cluster."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models.cluster import Cluster
from kontor.accounts.models.user import LANGUAGES


class RoleKind(models.TextChoices):
    """What somebody is to a cluster."""

    MANAGER = "manager", _("Cluster manager")
    TEAM = "team", _("Team of the cluster management")
    BOARD = "board", _("Board member or reviewer")
    MEMBER = "member", _("Member representative")
    COORDINATOR = "coordinator", _("Project coordinator")
    PARTNER = "partner", _("Partner guest")
    FUNDER = "funder", _("Funder, read-only")


class Role(models.Model):
    """One person's key to one cluster."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="roles", verbose_name=_("cluster"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles", verbose_name=_("account")
    )
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (models.UniqueConstraint(fields=("cluster", "user"), name="role_one_per_cluster"),)

    def __str__(self) -> str:
        return str(self.user)

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}


class Invitation(models.Model):
    """An offer of a role, sent by e-mail and good for two weeks.

    token_hash: SHA-256 of the token in the mail; the token itself is never stored.
    """

    cluster = models.ForeignKey(
        Cluster, models.CASCADE, related_name="invitations", verbose_name=_("cluster")
    )
    email = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind.choices)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    note = models.TextField(_("personal note"), blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("email", "pk")
        constraints = (
            models.UniqueConstraint(
                "cluster",
                Lower("email"),
                condition=models.Q(accepted_at=None),
                name="invitation_one_waiting_per_address",
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """True while somebody can still accept."""
        return self.accepted_at is None and self.expires_at > timezone.now()

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}


class TaskLink(models.Model):
    """A signed link that opens exactly one task for somebody without an account.

    purpose: which task, as "<room>.<task>", such as "actors.confirm_profile".
    target:  primary key of the object that the task is about.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="task_links", verbose_name=_("cluster"))
    purpose = models.CharField(_("task"), max_length=60)
    target = models.PositiveBigIntegerField(_("object"))
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("link to a task")
        verbose_name_plural = _("links to tasks")
        indexes = (models.Index(fields=("cluster", "purpose", "target"), name="task_link_by_target"),)

    def __str__(self) -> str:
        return self.email

    @property
    def is_expired(self) -> bool:
        """True once the link opens nothing any more; a new one can be asked for."""
        return self.expires_at <= timezone.now()

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}
