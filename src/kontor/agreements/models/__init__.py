"""What this room keeps."""

from kontor.agreements.models.agreement import Agreement, Negotiator, Side
from kontor.agreements.models.clause import Acceptance, Clause, ClauseComment, Wording
from kontor.agreements.models.version import AgreementVersion, Signing

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementVersion",
    "Clause",
    "ClauseComment",
    "Negotiator",
    "Side",
    "Signing",
    "Wording",
]
