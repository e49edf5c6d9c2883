"""Who may see and hold votes. What an organisation chose is seen by nobody; no permission is for it."""

from kontor.accounts.rules import INSIDERS, MANAGEMENT, grant

# State and turnout, and the result once the vote is closed.
grant("votes.view_vote", *INSIDERS)
# The roll too: who is asked, whose mail came back, who is to be reminded.
grant("votes.change_vote", *MANAGEMENT)
