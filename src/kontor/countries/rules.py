"""Who may see and keep what is known about countries."""

from kontor.accounts.models import RoleKind
from kontor.accounts.rules import INSIDERS, MANAGEMENT, MEMBERS, grant

grant("countries.view_country", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
grant("countries.change_country", *MANAGEMENT)
