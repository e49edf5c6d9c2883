"""Partner clusters abroad: who they are, what is known of them since when, and how far we are with them."""

from kontor.partners.models.imported import PartnerImport
from kontor.partners.models.known import (
    Fact,
    PartnerCompetence,
    PartnerContact,
    PartnerNeed,
    SwotEntry,
    SwotKind,
)
from kontor.partners.models.partner import Partner, PartnerDistinct, Stage, StageChange

__all__ = [
    "Fact",
    "Partner",
    "PartnerCompetence",
    "PartnerContact",
    "PartnerDistinct",
    "PartnerImport",
    "PartnerNeed",
    "Stage",
    "StageChange",
    "SwotEntry",
    "SwotKind",
]
