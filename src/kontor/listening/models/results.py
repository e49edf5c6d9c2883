"""What the office has read in the answers, so that nothing is put before it twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.listening.models.survey import SurveyResponse


class ReadText(models.Model):
    """A decision about one text in one answer: it became a need, or it is none.

    question: code of the question, with "~other" for the words behind "other".
    digest:   of the words that were read; other words are put before the office anew.
    need:     what came of it; empty for "no need", and once that need was deleted.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="read_texts")
    question = models.CharField(max_length=110)
    digest = models.CharField(max_length=64)
    is_need = models.BooleanField(_("is a need"), default=False)
    need = models.ForeignKey("needs.Need", models.SET_NULL, null=True, blank=True, related_name="+")
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read"), auto_now=True)

    class Meta:
        verbose_name = _("text that was read")
        verbose_name_plural = _("texts that were read")
        constraints = (models.UniqueConstraint(fields=("response", "question"), name="text_read_once"),)

    def __str__(self) -> str:
        return f"{self.response} {self.question}"
