"""Who may see and record needs. Single needs are confidential: the board and the funder see counts only."""

from kontor.accounts.models import RoleKind
from kontor.accounts.rules import INSIDERS, MANAGEMENT, MEMBERS, grant

grant("needs.view_summary", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
grant("needs.view_need", *MANAGEMENT)
grant("needs.change_need", *MANAGEMENT)
grant("needs.report_own_need", *MEMBERS)
