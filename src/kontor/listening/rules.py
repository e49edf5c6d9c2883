"""Who may ask the members; what they answered is seen by those who may read single needs."""

from kontor.accounts.rules import INSIDERS, MANAGEMENT, grant

grant("listening.view_summary", *INSIDERS)
grant("listening.view_answers", *MANAGEMENT)
grant("listening.change_survey", *MANAGEMENT)
grant("listening.make_calls", *MANAGEMENT)
grant("listening.change_interview", *MANAGEMENT)
grant("listening.moderate_board", *MANAGEMENT)
