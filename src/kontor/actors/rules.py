"""Who may see and change the actors."""

from kontor.accounts.models import RoleKind
from kontor.accounts.rules import EVERYONE, INSIDERS, MANAGEMENT, MEMBERS, grant

grant("actors.view_directory", *INSIDERS, *MEMBERS, RoleKind.FUNDER)
grant("actors.view_people", *MANAGEMENT)
grant("actors.view_details", *INSIDERS, RoleKind.FUNDER)
grant("actors.change_organisation", *MANAGEMENT)
grant("actors.change_own_organisation", *MANAGEMENT, *MEMBERS)
grant("actors.import", *MANAGEMENT)
grant("actors.export", *MANAGEMENT)
grant("actors.view_summary", *EVERYONE)
