"""CORDIS exports → projects, organisations and participations, cleaned, with every cleaning reported."""

from kontor.imports.cordis.reading import read_cordis, read_cordis_folder
from kontor.imports.cordis.records import (
    CordisData,
    CordisLegalBasis,
    CordisOrganisation,
    CordisParticipation,
    CordisProject,
    CordisScience,
)

__all__ = [
    "CordisData",
    "CordisLegalBasis",
    "CordisOrganisation",
    "CordisParticipation",
    "CordisProject",
    "CordisScience",
    "read_cordis",
    "read_cordis_folder",
]
