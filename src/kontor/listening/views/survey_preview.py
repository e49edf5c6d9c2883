"""The mail as it will arrive, in each language, before anybody gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.accounts.services.mail import public_address
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.models import Organisation, Person
from kontor.listening.forms.survey import LANGUAGE_NAMES, SurveyForm, languages_of
from kontor.listening.models import Invitee, Survey
from kontor.listening.services.surveys.mails import written
from kontor.listening.views.survey_access import MAY
from kontor.ui.components import Text


@dataclass(frozen=True)
class MailShown:
    """One mail in one language."""

    code: str
    language: Text
    subject: str
    body: str


@require_POST
@cluster_view(may=MAY)
def preview(request: ClusterRequest) -> HttpResponse:
    """Show the mails as the form has them; nothing is stored."""
    form = SurveyForm(request.POST, cluster=request.cluster)
    shown = {"previews": previews(request.cluster, form)}
    return render(request, "listening/surveys/partials/previews.html", shown)


def previews(
    cluster: Cluster, source: Survey | SurveyForm, *, is_reminder: bool = False
) -> tuple[MailShown, ...]:
    """Return the mail in each language of the cluster, to an invented reader."""
    survey = source if isinstance(source, Survey) else _survey_typed(cluster, source)
    return tuple(_shown(survey, code, is_reminder=is_reminder) for code in languages_of(cluster))


def _shown(survey: Survey, code: str, *, is_reminder: bool) -> MailShown:
    address = public_address(f"/{survey.cluster.slug}/answer/…/")
    with translation.override(code):
        invitee = Invitee(
            survey=survey,
            language=code,
            organisation=Organisation(name=_("Example GmbH")),
            person=Person(given_name="Ada", family_name=_("Example")),
        )
        subject, body = written(survey, invitee, address, f"{address}decline/", is_reminder=is_reminder)
    return MailShown(code, LANGUAGE_NAMES[code], subject, body)


def _survey_typed(cluster: Cluster, form: SurveyForm) -> Survey:
    """Return what the form would store, as far as it goes."""

    def typed(name: str) -> Any:
        return form[name].value() or ""

    survey = Survey(cluster=cluster, name=str(typed("name"))[:200], is_anonymous=bool(typed("is_anonymous")))
    for name in ("subject", "message"):
        texts = {code: str(typed(f"{name}_{code}")) for code in form.languages}
        setattr(survey, name, LazyI18nString(texts))
    form.is_valid()
    survey.closes_at = form.cleaned_data.get("closes_at")
    return survey
