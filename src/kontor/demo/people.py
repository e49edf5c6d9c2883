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
    """Make the account of each role, without a password, and give it its key; one that is there stays."""
    users = {}
    for name, full_name, kind, language in ACCOUNTS:
        email = f"{name}@{DOMAIN}"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, None, name=full_name, language=language)
        Role.objects.get_or_create(cluster=cluster, user=user, defaults={"kind": kind})
        users[kind] = user
    return users


def let_in() -> None:
    """Give the demo's accounts the password that everybody knows; one that has its own keeps it.

    The manager operates the installation only where nobody else does: with a password that everybody knows,
    operating would mean that everybody may delete every cluster.
    """
    for user in User.objects.filter(email__in=[login.email for login in logins()]):
        if not user.has_usable_password():
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
    if not User.objects.filter(is_operator=True).exists():
        User.objects.filter(email=logins()[0].email).update(is_operator=True)


def logins() -> list[Login]:
    """Return the logins as they are printed at the start."""
    return [Login(f"{name}@{DOMAIN}", str(kind.label), PASSWORD) for name, _, kind, _ in ACCOUNTS]
