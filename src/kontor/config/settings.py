"""Django settings, derived from the environment; defaults suit a laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from kontor.config.environment import Environment

ENVIRONMENT = Environment.read()
KONTOR_HOME = ENVIRONMENT.home
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.is_debug
SECRET_KEY = ENVIRONMENT.secret_key()
PUBLIC_URL = ENVIRONMENT.public_url.rstrip("/")
_public = urlsplit(PUBLIC_URL)
IS_HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = sorted({_public.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    # Before allauth: its pages and mails are replaced by templates of the same name.
    "kontor.ui",
    "kontor.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "auditlog",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "kontor.reports",
    "kontor.imports",
    "kontor.jobs",
    "kontor.actors",
    "kontor.questionnaires",
    "kontor.criteria",
    "kontor.agreements",
    "kontor.votes",
    "kontor.countries",
    "kontor.needs",
    "kontor.listening",
    "kontor.goals",
    "kontor.partners",
    "kontor.studies",
    "kontor.cooperation",
    "kontor.strategy",
    "kontor.journey",
    "kontor.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before whatever may refuse a request: refusals are pages too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kontor.config.guards.NoNulCharacters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kontor.accounts.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kontor.config.urls"
ASGI_APPLICATION = "kontor.config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "kontor.ui.context.shell",
            ],
        },
    },
]

DATABASES = ENVIRONMENT.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
globals().update(ENVIRONMENT.mail_settings())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
BOUNCE_ADDRESS = ENVIRONMENT.bounces

# Accounts: by e-mail and invitation only.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "accounts:entrance"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "kontor.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "kontor.accounts.forms.entrance.AddEmailForm",
    "change_password": "kontor.accounts.forms.entrance.ChangePasswordForm",  # nosec B105: no password
    "confirm_email_verification_code": "kontor.accounts.forms.entrance.ConfirmEmailCodeForm",
    "confirm_login_code": "kontor.accounts.forms.entrance.ConfirmLoginCodeForm",
    "login": "kontor.accounts.forms.entrance.LoginForm",
    "reauthenticate": "kontor.accounts.forms.entrance.ReauthenticateForm",
    "request_login_code": "kontor.accounts.forms.entrance.RequestLoginCodeForm",
    "reset_password": "kontor.accounts.forms.entrance.ResetPasswordForm",  # nosec B105: no password
    "reset_password_from_key": "kontor.accounts.forms.entrance.ResetPasswordKeyForm",  # nosec B105: no password
    "set_password": "kontor.accounts.forms.entrance.SetPasswordForm",  # nosec B105: no password
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code, not a link: it also works for accounts with a second factor and in another browser.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,20/5m/ip",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",  # nosec B105: no password
    "setup": "10/m/ip",
    "invitation": "60/m/ip",
    "new_link": "20/h/ip,3/h/key",
    # A page saves at each pause; the key is the draft's, so that no rate tells who answers when.
    "survey_answer": "240/m/key",
}
# Only wrong guesses are counted, by network address: a whole hall comes from one. action: (how many,
# seconds).
WRONG_GUESSES = {"board_code": (60, 300)}
MFA_ADAPTER = "kontor.accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "activate_totp": "kontor.accounts.forms.second_factor.ActivateTOTPForm",
    "add_webauthn": "kontor.accounts.forms.second_factor.AddWebAuthnForm",
    "authenticate": "kontor.accounts.forms.second_factor.AuthenticateForm",
    "edit_webauthn": "kontor.accounts.forms.second_factor.EditWebAuthnForm",
    "reauthenticate": "kontor.accounts.forms.second_factor.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kontor"
# Browsers treat http://localhost as a secure place; passkeys work there without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "manifest-src": [SELF],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
FORMAT_MODULE_PATH = ["kontor.config.formats"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = KONTOR_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kontor.config.assets.AssetStorage"},
}
# Serves the packages' own files where nothing has been collected yet, as in tests.
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = KONTOR_HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_IN_SERVER = ENVIRONMENT.worker_in_server

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kontor_cache",
        # Django forgets a third beyond 300: while hundreds answer a survey, the brakes on guessing went too.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
AUDITLOG_DISABLE_REMOTE_ADDR = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_tokens": {"()": "kontor.config.guards.HideTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["hide_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["fields.W342"]
