"""Who may read and write the concept. Guests and the funder see published versions only."""

from kontor.accounts.rules import EVERYONE, INSIDERS, MANAGEMENT, MEMBERS, grant

grant("strategy.view_draft", *INSIDERS)
grant("strategy.view_published", *EVERYONE)
grant("strategy.view_overview", *EVERYONE)
grant("strategy.write", *MANAGEMENT)
grant("strategy.freeze", *MANAGEMENT)
grant("strategy.consult", *MEMBERS)
