"""Needs from a list in Excel or CSV: read, matched, previewed, written all or nothing, taken back."""

from kontor.needs.importing.plan import Plan, Ready, Unknown, plan
from kontor.needs.importing.services import carry_out, choose, stage, take_back

__all__ = ["Plan", "Ready", "Unknown", "carry_out", "choose", "plan", "stage", "take_back"]
