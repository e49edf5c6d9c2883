"""A cluster office at its first day: a manager and fourteen members, two of them only to be called.

Run as a module it fills the installation that the environment names, as an operator's script would.
"""

from __future__ import annotations

import os
from datetime import date

SLUG = "werkstatt"
MANAGER = "leitung@werkstatt.example"
PASSWORD = "ein langes Geheimwort"
ENGLISH = "Nordlys Sensors ApS"
MEMBERS = (
    *("Ankerglas GmbH", "Bojenfunk GmbH", "Deichpumpen GmbH", "Elbventil GmbH", "Fjordlaser GmbH"),
    *("Geestdaten GmbH", "Hafenkran GmbH", "Inselstrom GmbH", "Kielwasser GmbH", "Lotsenlicht GmbH"),
    *("Mastenbau GmbH", ENGLISH),
)
ONLY_BY_PHONE = ("Reetdach GmbH", "Schilfrohr GmbH")


def address(name: str) -> str:
    """Return where a member's contact reads mail."""
    return f"kontakt@{name.split()[0].lower()}.example"


def furnish() -> None:
    """Found the cluster with its members and their contacts."""
    from kontor.accounts.models import Role, RoleKind, User
    from kontor.accounts.services import found_cluster
    from kontor.actors.services.organisation import create_organisation
    from kontor.actors.services.period import set_membership
    from kontor.actors.services.person import create_person

    cluster = found_cluster(slug=SLUG, name="Werkstatt Nord e. V.", requires_second_factor=False)
    manager = User.objects.create_user(MANAGER, PASSWORD, name="Wiebke Thomsen", language="en")
    Role.objects.create(cluster=cluster, user=manager, kind=RoleKind.MANAGER)
    for number, name in enumerate((*MEMBERS, *ONLY_BY_PHONE)):
        member = create_organisation(
            cluster=cluster, name=name, kind="sme", country="DE", city="Kiel", founded=1990 + number
        )
        set_membership(organisation=member, valid_from=date(2024, 1, 1), valid_to=None)
        is_reachable = name in MEMBERS
        create_person(
            organisation=member,
            given_name="Kai",
            family_name=f"Kontakt {number}",
            phone=f"+49 40 66969 {number:03d}",
            email=address(name) if is_reachable else "",
            language="en" if name == ENGLISH else "de",
            consent_on=date(2024, 1, 1) if is_reachable else None,
            consent_source="Beitrittserklärung" if is_reachable else "",
        )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kontor.config.settings"
    import django

    from kontor.config.messages import compile_messages

    compile_messages()
    django.setup()
    from kontor.config.commands.preparing import prepare

    prepare()
    furnish()
