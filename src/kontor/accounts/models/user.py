"""A person who can log in, known by the e-mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("de", _("German")), ("en", _("English"))]


class UserManager(BaseUserManager["User"]):
    """Makes users; an address counts the same in capitals and small letters."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new user with a proven address; without a password only codes and passkeys open the door.

        Accounts come by invitation or from the operator, so whoever is named here owns the address.
        """
        from allauth.account.models import EmailAddress

        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new user who operates the installation."""
        return self.create_user(email, password, is_operator=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with an account.

    is_operator: runs the installation and may found clusters; gives no right inside a cluster.
    """

    class Theme(models.TextChoices):
        """How the pages look."""

        AUTO = "auto", _("As the device is set")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_operator = models.BooleanField(_("operates this installation"), default=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),)

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return how the pages address the person."""
        return str(self)
