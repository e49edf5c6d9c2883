"""Imports of members and of CORDIS projects: prepared, examined, carried out at once, taken back."""

from kontor.actors.services.importing.cordis import import_cordis, import_cordis_folder
from kontor.actors.services.importing.cordis_members import MemberChoice
from kontor.actors.services.importing.cordis_steps import choose_cordis_members, stage_cordis
from kontor.actors.services.importing.deciding import Candidate, Question, sure_choices
from kontor.actors.services.importing.examining import Examination, examine
from kontor.actors.services.importing.members import carry_out, import_members_file, require_ready
from kontor.actors.services.importing.staging import (
    choose_columns,
    discard_import,
    stage_members,
    store_choices,
)
from kontor.actors.services.importing.undoing import undo_import

__all__ = [
    "Candidate",
    "Examination",
    "MemberChoice",
    "Question",
    "carry_out",
    "choose_columns",
    "choose_cordis_members",
    "discard_import",
    "examine",
    "import_cordis",
    "import_cordis_folder",
    "import_members_file",
    "require_ready",
    "stage_cordis",
    "stage_members",
    "store_choices",
    "sure_choices",
    "undo_import",
]
