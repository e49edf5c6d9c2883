"""The page on which somebody answers, without an account: open, save, send, decline."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kontor.accounts.views.limits import too_fast
from kontor.accounts.views.wall import LinkRequest, link_view
from kontor.listening.models import Invitee
from kontor.listening.problems import ListeningError
from kontor.listening.services import surveys as services
from kontor.listening.services.surveys.answering import Answer, DraftConflict, Typed, is_open
from kontor.listening.services.surveys.links import PURPOSE, draft_key
from kontor.listening.views.answer_sheet import Sheet, open_sheet, sheet_context
from kontor.questionnaires.answers import fields_in, read
from kontor.ui.errors import explain
from kontor.ui.forms import number_in

BEGUN = "listening.begun"
LONGEST_TAB = 40


@link_view(PURPOSE, leaves_trace=False)
def answer(request: LinkRequest) -> HttpResponse:
    """Show the questions with what was typed so far; take them by POST."""
    token = token_in(request)
    invitee = invitee_or_404(request)
    if request.method == "POST":
        if limited := too_fast(request, "survey_answer", _key(invitee, token)):
            return limited
        return _take(request, invitee, token)
    return _show(request, invitee, token)


@require_POST
@link_view(PURPOSE, leaves_trace=False)
def save(request: LinkRequest) -> HttpResponse:
    """Keep what is typed, for the page's own script; see answer.js for the contract."""
    token = token_in(request)
    invitee = invitee_or_404(request)
    if too_fast(request, "survey_answer", _key(invitee, token)):
        return JsonResponse({"problem": _("Saving too often; Kontor tries again in a moment.")}, status=429)
    typed = _typed(request, invitee, token)
    try:
        edition = services.save_draft(invitee=invitee, token=token, typed=typed, now=timezone.now())
    except DraftConflict as conflict:
        return JsonResponse({"problem": explain(conflict), "edition": conflict.edition}, status=409)
    except ListeningError as problem:
        return JsonResponse({"problem": explain(problem)}, status=410)
    at = formats.time_format(timezone.localtime(), "TIME_FORMAT")
    return JsonResponse({"edition": edition, "saved": _("Saved at %(time)s") % {"time": at}})


@csrf_exempt  # one click in a mail program posts here (RFC 8058); the token in the address is the key
@require_http_methods(["GET", "HEAD", "POST"])
@link_view(PURPOSE, leaves_trace=False)
def decline(request: LinkRequest) -> HttpResponse:
    """Let somebody say no, after one question, so that no mail scanner says it."""
    invitee = invitee_or_404(request)
    if request.method == "POST":
        services.decline(invitee=invitee)
    context = {"invitee": invitee, "survey": invitee.survey, "token": token_in(request)}
    context["is_done"] = request.method == "POST"
    return render(request, "listening/answer/decline.html", context)


def token_in(request: LinkRequest) -> str:
    """Return the token in the address; the wall has proved it."""
    assert request.resolver_match is not None
    return cast("str", request.resolver_match.kwargs["token"])


def invitee_or_404(request: LinkRequest) -> Invitee:
    """Return whom the link belongs to, with the survey; links of an earlier contact lead nowhere."""
    rows = Invitee.objects.select_related(
        "survey__cluster", "survey__version_asked", "organisation", "person"
    )
    found = rows.filter(
        pk=request.link.target, cluster=request.link.cluster_id, email__iexact=request.link.email
    )
    invitee = found.first()
    if invitee is None or invitee.survey.version_asked is None:
        raise Http404
    return invitee


def _key(invitee: Invitee, token: str) -> str:
    """Return under which name tries are counted; in anonymous surveys one that leads to nobody."""
    return draft_key(invitee, token, is_anonymous=invitee.survey.is_anonymous)


def _show(request: LinkRequest, invitee: Invitee, token: str) -> HttpResponse:
    sheet = open_sheet(invitee, token, wants_change="change" in request.GET)
    if sheet.is_colleagues:
        return _told(request, sheet, "colleague")
    if sheet.is_done:
        return _told(request, sheet, "done")
    if not is_open(invitee.survey, timezone.now(), sheet.draft.begun_at if sheet.draft else None):
        return _told(request, sheet, "closed")
    return _page(request, sheet)


def _take(request: LinkRequest, invitee: Invitee, token: str) -> HttpResponse:
    sheet = open_sheet(invitee, token, wants_change=True)
    if sheet.is_colleagues or (invitee.survey.is_anonymous and sheet.is_done):
        return _told(request, sheet, "colleague" if sheet.is_colleagues else "done")
    typed = _typed(request, invitee, token)
    try:
        if "send" in request.POST:
            return _send(request, sheet, typed)
        edition = services.save_draft(invitee=invitee, token=token, typed=typed, now=timezone.now())
    except DraftConflict as conflict:
        fresh = sheet.with_typed(typed, conflict.edition)
        return _page(
            request, fresh, {"conflict": explain(conflict), "begun": request.POST.get("begun", "")}, 409
        )
    except ListeningError as problem:
        return _not_taken(request, sheet, problem)
    if "look" in request.POST or "keep" in request.POST:
        return _page(request, sheet.with_typed(typed, edition))
    return _told(request, sheet, "saved")


def _send(request: LinkRequest, sheet: Sheet, typed: Typed) -> HttpResponse:
    """Store the answer, or keep what is there and say what is missing."""
    reading = read(sheet.definition, typed.fields, sheet.vocabulary)
    now = timezone.now()
    if reading.faults:
        edition = services.save_draft(invitee=sheet.invitee, token=sheet.token, typed=typed, now=now)
        more = {"tells_faults": True, "begun": request.POST.get("begun", "")}
        return _page(request, sheet.with_typed(typed, edition), more, 422)
    language = get_language() or sheet.invitee.language
    given = Answer(typed=typed, answers=reading.answers, language=language, now=now)
    services.submit_answer(invitee=sheet.invitee, token=sheet.token, answer=given)
    return redirect("answering:answer", sheet.invitee.survey.cluster.slug, sheet.token)


def _not_taken(request: LinkRequest, sheet: Sheet, problem: ListeningError) -> HttpResponse:
    page = {"survey.answered_by_colleague": "colleague", "survey.answered": "done"}.get(
        problem.code, "closed"
    )
    return _told(request, sheet, page)


def _page(
    request: LinkRequest, sheet: Sheet, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    more = dict(more or {})
    context = sheet_context(sheet, tells_faults=bool(more.get("tells_faults")))
    context["begun"] = more.pop("begun", "") or _proof(sheet)
    return render(request, "listening/answer/form.html", context | more, status=status)


def _told(request: LinkRequest, sheet: Sheet, page: str) -> HttpResponse:
    survey = sheet.invitee.survey
    context = {"survey": survey, "invitee": sheet.invitee, "token": sheet.token, "is_wide": False}
    context["thanks"] = sheet.definition.say(sheet.definition.thanks, get_language() or "de")
    context["may_change"] = not survey.is_anonymous and is_open(survey, timezone.now(), None)
    status = 410 if page == "closed" else 200
    return render(request, f"listening/answer/{page}.html", context, status=status)


def _typed(request: LinkRequest, invitee: Invitee, token: str) -> Typed:
    version = invitee.survey.version_asked
    assert version is not None  # invitee_or_404 has looked
    return Typed(
        fields=fields_in(version.asked, request.POST),
        edition=number_in(request.POST.get("edition", "")),
        tab=request.POST.get("tab", "")[:LONGEST_TAB],
        turn=min(number_in(request.POST.get("turn", "")), 2_000_000_000),
        begun=_proved(request.POST.get("begun", ""), invitee, token),
    )


def _proof(sheet: Sheet) -> str:
    """Return proof of when the page was opened; it is stored nowhere and helps in the grace time only."""
    return signing.dumps([_key(sheet.invitee, sheet.token), int(timezone.now().timestamp())], salt=BEGUN)


def _proved(proof: str, invitee: Invitee, token: str) -> datetime | None:
    try:
        key, moment = signing.loads(proof, salt=BEGUN)
    except (signing.BadSignature, ValueError):
        return None
    return datetime.fromtimestamp(moment, UTC) if key == _key(invitee, token) else None
