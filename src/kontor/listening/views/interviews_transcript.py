"""The transcript of an interview: read it with its passages, change it, bring a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.interview_forms import FileForm, PassageForm, TranscriptForm
from kontor.listening.models import Interview, Passage
from kontor.listening.passages import Span, pieces
from kontor.listening.problems import ListeningError
from kontor.listening.queries import interviews as queries
from kontor.listening.services import interviews as services
from kontor.listening.transcripts import LARGEST_FILE, text_in
from kontor.listening.views.interviews_talk import about, found
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

MAY = "listening.change_interview"


@cluster_view(may=MAY)
def transcript(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Show the transcript with its marked passages, and the form to mark another."""
    interview = found(request, interview_id)
    return reading_page(request, interview, PassageForm(cluster=request.cluster))


@cluster_view(may=MAY)
def edit(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Type or change the transcript; who comes second keeps every word."""
    interview = found(request, interview_id)
    form = TranscriptForm(request.POST or None, initial={"text": interview.transcript})
    if request.method != "POST":
        return _edit_page(request, interview, {"form": form})
    version = request.POST.get("version", "")
    if not form.is_valid():
        return _edit_page(request, interview, {"form": form, "version": version}, 422)
    try:
        stored = services.store_transcript(
            interview=interview, expected_version=number_in(version), text=form.cleaned_data["text"]
        )
    except EditConflict as conflict:
        current: Any = conflict.current
        more = {"form": form, "version": current.version, "has_conflict": True, "current": current}
        return _edit_page(request, interview, more, 409)
    except ListeningError as problem:
        form.add_error(None, explain(problem))
        return _edit_page(request, interview, {"form": form, "version": version}, 422)
    return _after(request, stored)


@require_POST
@cluster_view(may=MAY)
def file(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Take the transcript from a file; it replaces the text, and passages are found again in it."""
    interview = found(request, interview_id)
    form = FileForm(request.POST, request.FILES)
    version = request.POST.get("version", "")
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            # One byte more than is taken: enough to see that it is too much.
            text = text_in(given.name, given.read(LARGEST_FILE + 1))
            stored = services.store_transcript(
                interview=interview, expected_version=number_in(version), text=text
            )
        except EditConflict as conflict:
            form.add_error(None, explain(conflict))
        except ListeningError as problem:
            form.add_error("file", explain(problem))
        else:
            return _after(request, stored)
    return _edit_page(request, interview, {"file_form": form, "version": interview.version}, 422)


@cluster_view(may=MAY)
def download(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Give the management its own transcript as a text file."""
    interview = found(request, interview_id)
    headers = {"Content-Disposition": f'attachment; filename="transcript-{interview.pk}.txt"'}
    text = "\ufeff" + interview.transcript.replace("\n", "\r\n")
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def reading_page(
    request: ClusterRequest,
    interview: Interview,
    form: PassageForm,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page on which passages are read and marked."""
    marked = list(queries.passages_of(interview))
    context = {
        **about(interview),
        "form": form,
        "marked": marked,
        "pieces": _pieces(interview, marked),
        **(more or {}),
    }
    return render(request, "listening/interviews/transcript.html", context, status=status)


def _pieces(interview: Interview, marked: list[Passage]) -> list[Any]:
    spans = [(each.pk, Span(each.start, each.end)) for each in marked if not each.is_lost]
    return list(pieces(interview.transcript, spans))


def _edit_page(
    request: ClusterRequest, interview: Interview, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        **about(interview),
        "form": TranscriptForm(initial={"text": interview.transcript}),
        "file_form": FileForm(),
        "version": interview.version,
        **more,
    }
    return render(request, "listening/interviews/transcript_edit.html", context, status=status)


def _after(request: ClusterRequest, stored: Any) -> HttpResponse:
    if stored.lost:
        sentence = ngettext(
            "The transcript has been saved. The words of %(lost)s passage no longer stand in it.",
            "The transcript has been saved. The words of %(lost)s passages no longer stand in it.",
            stored.lost,
        )
        notify(request, sentence % {"lost": stored.lost})
    else:
        notify(request, _("The transcript has been saved."))
    return redirect("listening:interview-transcript", request.cluster.slug, stored.interview.pk)
