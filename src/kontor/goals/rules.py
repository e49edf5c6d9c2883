"""Who may see and set goals."""

from kontor.accounts.models import RoleKind
from kontor.accounts.rules import INSIDERS, MANAGEMENT, MEMBERS, grant

grant("goals.view_goal", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
grant("goals.change_goal", *MANAGEMENT)
