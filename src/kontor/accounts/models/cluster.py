"""The cluster: the lock that every key and every object hangs on.

HOUSE.md lists clusters among the actors. They stand here because roles, links and invitations need them and
a foreign key must not point upwards.
"""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# First parts of addresses that belong to the installation itself.
RESERVED_SLUGS = frozenset(
    {
        "account",
        "admin",
        "api",
        "b",
        "clusters",
        "demo",
        "files",
        "health",
        "help",
        "i18n",
        "invitation",
        "language",
        "me",
        "media",
        "start",
        "static",
        "ui",
    }
)


def _languages() -> list[str]:
    return ["de", "en"]


class Cluster(models.Model):
    """A cluster or network with its own walls: nothing in it is ever seen from another.

    regions:  NUTS codes of the home region, as long or short as they are meant ("DEF" holds "DEF0C").
    funding_start: first day of the funded phase; the kick-off is due within six months of it.
    """

    slug = models.SlugField(
        _("short name in the address"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Small letters, digits and hyphens only."))],
    )
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, default="DE")
    regions = models.JSONField(_("home region"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=_languages)
    funding_start = models.DateField(_("start of funding"), null=True, blank=True)
    requires_second_factor = models.BooleanField(_("managers need a second factor"), default=True)
    is_demo = models.BooleanField(_("demo cluster"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.pk}


class ClusterObject(models.Model):
    """What belongs to exactly one cluster and counts its edits.

    version: 1 at birth, one more with each edit; a form that shows an older number is out of date.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True

    def get_additional_data(self) -> dict[str, int]:
        """Tell the audit trail which cluster an entry belongs to."""
        return {"cluster": self.cluster_id}
