"""People: contacts of the organisations, with what they have agreed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import ClusterObject


class Person(ClusterObject):
    """Somebody who speaks for an organisation.

    consent_on: the day on which the person agreed to be stored and written to; NULL means not yet.
    user:       the account through which the person represents the organisation, if any.
    """

    organisation = models.ForeignKey("actors.Organisation", models.CASCADE, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="persons",
        verbose_name=_("account"),
    )
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120)
    function = models.CharField(_("function"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", _("German")), ("en", _("English"))], default="de"
    )
    consent_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_source = models.CharField(_("how the agreement was given"), max_length=200, blank=True)
    consent_withdrawn_on = models.DateField(_("agreement withdrawn on"), null=True, blank=True)
    imported_in = models.ForeignKey(
        "actors.ImportBatch", models.SET_NULL, null=True, blank=True, editable=False, related_name="people"
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("family_name", "given_name", "pk")

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def may_be_written_to(self) -> bool:
        """True where there is an address and a consent that still stands."""
        return bool(self.email) and self.consent_on is not None and self.consent_withdrawn_on is None
