"""Who may see and change studies. What single people weighed and scored is for the management alone."""

from kontor.accounts.rules import INSIDERS, MANAGEMENT, grant

grant("studies.view_study", *INSIDERS)
grant("studies.view_result", *INSIDERS)
grant("studies.view_judgements", *MANAGEMENT)
grant("studies.change_study", *MANAGEMENT)
