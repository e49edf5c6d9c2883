"""Who may see and keep profiles of partner clusters. Contacts are personal data: the management's alone."""

from kontor.accounts.rules import INSIDERS, MANAGEMENT, grant

grant("partners.view_partner", *INSIDERS)
grant("partners.change_partner", *MANAGEMENT)
grant("partners.export", *INSIDERS)
grant("partners.view_contact", *MANAGEMENT)
