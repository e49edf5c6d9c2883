"""Profiles from a list in Excel or CSV: read, matched, previewed, written all or nothing, taken back."""

from kontor.partners.importing.plan import Plan, Question, Ready, plan
from kontor.partners.importing.services import carry_out, choose, stage, take_back

__all__ = ["Plan", "Question", "Ready", "carry_out", "choose", "plan", "stage", "take_back"]
