"""Django's entry for this room."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements built from clauses, negotiated clause by clause with a guest."""

    name = "kontor.agreements"
    label = "agreements"
