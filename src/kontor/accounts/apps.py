"""Django's entry for this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Keys: users, roles, permissions, signed links, audit trail."""

    name = "kontor.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Write every change of these models to the audit trail."""
        from auditlog.registry import auditlog

        from kontor.accounts import models

        for model in (models.Cluster, models.Role):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
        auditlog.register(models.Invitation, exclude_fields=["token_hash"])
        auditlog.register(models.TaskLink, exclude_fields=["token_hash", "purpose", "target", "opened_at"])
