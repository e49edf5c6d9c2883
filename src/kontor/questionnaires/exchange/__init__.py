"""Questionnaires in and out of files: XLSForm, LimeSurvey."""
