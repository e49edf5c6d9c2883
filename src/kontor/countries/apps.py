"""Django's entry for this room."""

from django.apps import AppConfig


class CountriesConfig(AppConfig):
    """Countries: open indicators, distances and region sheets, true as of their year."""

    name = "kontor.countries"
    label = "countries"

    def ready(self) -> None:
        """Write every change of the sheets to the audit trail; loads write one line each themselves."""
        from auditlog.registry import auditlog

        from kontor.countries import models

        for model in (models.RegionSheet, models.SheetEntry):
            auditlog.register(model, exclude_fields=["version", "updated_at"])
        auditlog.register(models.Indicator, exclude_fields=["version", "updated_at"])
