"""Who may read the yardsticks of a choice, and who sets them."""

from kontor.accounts.rules import INSIDERS, MANAGEMENT, grant

grant("criteria.view_catalogue", *INSIDERS)
grant("criteria.change_catalogue", *MANAGEMENT)
