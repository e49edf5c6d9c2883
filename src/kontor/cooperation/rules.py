"""Who may see and keep the cooperation with partners. Names of people are for those inside."""

from kontor.accounts.models import RoleKind
from kontor.accounts.rules import INSIDERS, MANAGEMENT, MEMBERS, grant

grant("cooperation.view_cooperation", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
grant("cooperation.view_people", *INSIDERS)
grant("cooperation.change_cooperation", *MANAGEMENT)
