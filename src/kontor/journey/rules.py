"""Who may see Today and answer points."""

from kontor.accounts.models import RoleKind
from kontor.accounts.rules import EVERYONE, INSIDERS, MANAGEMENT, MEMBERS, grant

grant("journey.view_today", *EVERYONE)
grant("journey.view_points", *INSIDERS, RoleKind.FUNDER)
grant("journey.view_thread", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
grant("journey.answer_point", *MANAGEMENT)
grant("journey.search", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
