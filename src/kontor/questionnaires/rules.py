"""Who may build questionnaires."""

from kontor.accounts.rules import MANAGEMENT, grant

grant("questionnaires.view_questionnaire", *MANAGEMENT)
grant("questionnaires.change_questionnaire", *MANAGEMENT)
