"""What the call page shows: the questions as typed so far, beside all that is known of the member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.accounts.views.wall import ClusterRequest
from kontor.listening.call_forms import CallForm
from kontor.listening.models import CallTarget
from kontor.listening.queries.calls.desk import sheet
from kontor.listening.queries.calls.progress import progress
from kontor.listening.services import calls
from kontor.listening.services.calls.again import MANY_CALLS, try_again_at
from kontor.questionnaires.answers import Reading, fields_in, read
from kontor.questionnaires.showing import Showing, Shown, shown
from kontor.questionnaires.vocabulary import vocabulary_of
from kontor.ui.vocabulary import nace_title


@dataclass
class Desk:
    """What the page shows of the form: as stored, or as it was posted."""

    target: CallTarget
    form: CallForm
    typed: calls.Typed
    edition: int
    language: str
    problem: str = ""
    tells_faults: bool = False
    status: int = 200
    is_correction: bool = False


def page(request: ClusterRequest, desk: Desk) -> HttpResponse:
    """Answer with the call page."""
    target, now = desk.target, timezone.now()
    version = target.campaign.version_asked
    context = {
        "desk": desk,
        "target": target,
        "campaign": target.campaign,
        "form": desk.form,
        "sheet": sheet(request.cluster, target.organisation, timezone.localdate()),
        "sector": nace_title(target.organisation.sector, get_language() or "en"),
        "shown": _shown(desk),
        "languages": [code for code in version.asked.languages if code != desk.language] if version else [],
        "progress": progress(target.campaign),
        "outcomes": list(enumerate(CallTarget.Outcome.choices, 1)),
        "outcome": desk.form["outcome"].value() or "",
        "is_tried_often": target.attempts + 1 >= MANY_CALLS,
        "in_half_an_hour": now + timedelta(minutes=30),
        "next_half_day": try_again_at("", now),
    }
    return render(request, "listening/calls/desk.html", context, status=desk.status)


def typed_in(request: HttpRequest, target: CallTarget, form: CallForm) -> calls.Typed:
    """Return what the posted form holds, whether the rest of it is right or not."""
    form.is_valid()
    version = target.campaign.version_asked
    fields = fields_in(version.asked, request.POST) if version else {}
    notes = request.POST.get("notes", "").replace("\x00", "").replace("\r\n", "\n")
    return calls.Typed(fields, notes, form.cleaned_data.get("person"))


def language_of(target: CallTarget, wanted: str) -> str:
    """Return the language in which the questions are read out: as asked for, else as the page is."""
    version = target.campaign.version_asked
    spoken = version.asked.languages if version else ("de", "en")
    own = (get_language() or "en")[:2]
    return next((each for each in (wanted, own) if each in spoken), next(iter(spoken), "de"))


def reading_of(desk: Desk, *, is_final: bool) -> Reading:
    """Return what the typed fields say; with `is_final`, missing answers are faults."""
    version = desk.target.campaign.version_asked
    if version is None:
        return Reading({}, {}, frozenset())
    vocabulary = vocabulary_of(desk.target.cluster, desk.language, version.asked)
    return read(version.asked, desk.typed.fields, vocabulary, is_final=is_final)


def _shown(desk: Desk) -> Shown | None:
    version = desk.target.campaign.version_asked
    if version is None:
        return None
    vocabulary = vocabulary_of(desk.target.cluster, desk.language, version.asked)
    how = Showing(
        language=desk.language,
        fields=desk.typed.fields,
        reading=read(version.asked, desk.typed.fields, vocabulary, is_final=desk.tells_faults),
        vocabulary=vocabulary,
        other_label=_("Other"),
        tells_faults=desk.tells_faults,
    )
    return shown(version.asked, how)
