"""The demo's accounts: one for each role."""

from __future__ import annotations

from dataclasses import dataclass

from kontor.accounts.models import Cluster, Role, RoleKind, User

PASSWORD = "nordlicht-demo"  # noqa: S105  # nosec B105: printed at every start of the demo
DOMAIN = "nordlicht-sensorik.example"

ACCOUNTS = (
    ("leitung", "Imke Petersen", RoleKind.MANAGER, "de"),
    ("team", "Jonas Okafor", RoleKind.TEAM, "de"),
    ("beirat", "Prof. Dr. Wiebke Lorenzen", RoleKind.BOARD, "de"),
    ("mitglied", "Silke Harmsdörffer", RoleKind.MEMBER, "de"),
    ("projekt", "Dr. Arne Jessen", RoleKind.COORDINATOR, "de"),
    ("partner", "Marijke van der Velde", RoleKind.PARTNER, "en"),
    ("foerderer", "Dr. Beate Sommerfeldt", RoleKind.FUNDER, "de"),
)


@dataclass(frozen=True)
class Login:
    """How to enter the demo cluster in one role."""

    email: str
    role: str
    password: str


def open_accounts(cluster: Cluster) -> dict[RoleKind, User]:
    """Make the account of each role and give it its key; an account that is there keeps its password."""
    users = {}
    for name, full_name, kind, language in ACCOUNTS:
        email = f"{name}@{DOMAIN}"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(
                email, PASSWORD, name=full_name, language=language, is_operator=kind == RoleKind.MANAGER
            )
        Role.objects.get_or_create(cluster=cluster, user=user, defaults={"kind": kind})
        users[kind] = user
    return users


def logins() -> list[Login]:
    """Return the logins as they are printed at the start."""
    return [Login(f"{name}@{DOMAIN}", str(kind.label), PASSWORD) for name, _, kind, _ in ACCOUNTS]
