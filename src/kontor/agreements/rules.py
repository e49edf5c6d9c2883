"""Who may read and negotiate agreements; the other side comes by signed link and sees its one alone."""

from kontor.accounts.rules import INSIDERS, MANAGEMENT, grant

# The board reads what has been agreed, nothing of how it came about; the views look to that.
grant("agreements.view_agreement", *INSIDERS)
grant("agreements.change_agreement", *MANAGEMENT)
