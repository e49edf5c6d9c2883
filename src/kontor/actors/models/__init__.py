"""Organisations, people and the ties between them: what is true at a date."""

from kontor.actors.models.competence import Competence, OrganisationCompetence
from kontor.actors.models.imported import ImportBatch
from kontor.actors.models.organisation import Organisation, OrganisationKind, Site, ValueChain
from kontor.actors.models.period import Membership, Period, SizeClass, SizePeriod, StartUpPeriod
from kontor.actors.models.person import Person
from kontor.actors.models.tie import JointProject, Participation, ParticipationRole, Tie, TieKind

__all__ = [
    "Competence",
    "ImportBatch",
    "JointProject",
    "Membership",
    "Organisation",
    "OrganisationCompetence",
    "OrganisationKind",
    "Participation",
    "ParticipationRole",
    "Period",
    "Person",
    "Site",
    "SizeClass",
    "SizePeriod",
    "StartUpPeriod",
    "Tie",
    "TieKind",
    "ValueChain",
]
