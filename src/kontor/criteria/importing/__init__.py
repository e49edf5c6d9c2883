"""Own criteria from a list in Excel or CSV: read, previewed, written all or nothing, taken back."""

from kontor.criteria.importing.plan import Plan, Ready, plan
from kontor.criteria.importing.services import carry_out, choose, draft, stage, take_back

__all__ = ["Plan", "Ready", "carry_out", "choose", "draft", "plan", "stage", "take_back"]
