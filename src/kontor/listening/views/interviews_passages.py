"""Passages of a transcript: mark one, say what it tells, take the marking off."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.interview_forms import NeedOfPassageForm, PassageForm
from kontor.listening.models import Interview, Passage
from kontor.listening.passages import Span, character_at, located
from kontor.listening.problems import ListeningError
from kontor.listening.queries import interviews as queries
from kontor.listening.services import interviews as services
from kontor.listening.views.interviews_plan import refused
from kontor.listening.views.interviews_talk import about, found
from kontor.listening.views.interviews_transcript import reading_page
from kontor.needs.problems import NeedError
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

MAY = "listening.change_interview"
_AROUND = 60
_MOST_PLACES = 20


@require_POST
@cluster_view(may=MAY)
def mark(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Mark a passage, with its need where a topic is given; equal words ask which are meant."""
    interview = found(request, interview_id)
    form = PassageForm(request.POST, cluster=request.cluster)
    if not form.is_valid():
        return reading_page(request, interview, form, status=422)
    places = _places(interview, form.cleaned_data)
    if len(places) != 1:
        more = {"places": _choices(interview.transcript, places)}
        if not places:
            form.add_error("words", explain(ListeningError("interview.words_not_found")))
        return reading_page(request, interview, form, more, 422)
    try:
        passage = _marked(interview, places[0], form)
    except (ListeningError, NeedError, ValidationError) as problem:
        form.add_error(None, _said(problem))
        return reading_page(request, interview, form, status=422)
    notify(request, _("The need is on record.") if passage.need_id else _("The passage has been marked."))
    return _back(request, interview.pk, passage)


@cluster_view(may=MAY)
def passage(request: ClusterRequest, passage_id: int) -> HttpResponse:
    """Change the comment of a passage, or record the need that it tells."""
    marked = _found(request, passage_id)
    form = NeedOfPassageForm(
        request.POST or None,
        cluster=request.cluster,
        initial={"comment": marked.comment, "statement": marked.quote[:2000]},
    )
    version = request.POST.get("version", "") or str(marked.version)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _change(marked, number_in(version), form)
            except EditConflict as conflict:
                form.add_error(None, explain(conflict))
                status, version = 409, str(getattr(conflict.current, "version", 0))
            except (ListeningError, NeedError, ValidationError) as problem:
                form.add_error(None, _said(problem))
            else:
                notify(request, _("The passage has been saved."))
                return _back(request, marked.interview_id, marked)
    context = {**about(found(request, marked.interview_id)), "passage": marked, "form": form}
    return render(request, "listening/interviews/passage.html", context | {"version": version}, status=status)


@require_POST
@cluster_view(may=MAY)
def unlink(request: ClusterRequest, passage_id: int) -> HttpResponse:
    """Let the passage tell no need any more; the need stays on record."""
    marked = _found(request, passage_id)
    services.unlink_need(passage=marked)
    notify(request, _("The need is no longer tied to the passage. It stays on record."))
    return _back(request, marked.interview_id, marked)


@require_POST
@cluster_view(may=MAY)
def delete(request: ClusterRequest, passage_id: int) -> HttpResponse:
    """Take the marking off; words and need stay."""
    marked = _found(request, passage_id)
    services.delete_passage(passage=marked)
    notify(request, _("The marking has been taken off. The words and the need stay."))
    return redirect("listening:interview-transcript", request.cluster.slug, marked.interview_id)


def _found(request: ClusterRequest, passage_id: int) -> Passage:
    return get_object_or_404(queries.passages(request.cluster), pk=passage_id)


def _places(interview: Interview, data: dict[str, Any]) -> list[Span]:
    """Return where the marked words stand: as chosen, as the browser counted, else as found."""
    text, words = interview.transcript, data["words"]
    if data["place"]:
        start, end = (int(each) for each in data["place"].split("-"))
        return [Span(start, end)]
    if data["start"] is not None and data["end"] is not None:
        span = Span(character_at(text, data["start"]), character_at(text, data["end"]))
        if span.of(text) == words:
            return [span]
    return located(text, words)


def _marked(interview: Interview, place: Span, form: PassageForm) -> Passage:
    quote = place.of(interview.transcript)
    comment = form.cleaned_data["comment"]
    need = form.need(quote)
    if need is None:
        return services.mark_passage(interview=interview, span=place, quote=quote, comment=comment)
    return services.mark_need(interview=interview, span=place, quote=quote, comment=comment, need=need)


def _change(marked: Passage, version: int, form: NeedOfPassageForm) -> None:
    services.change_passage(
        passage=marked,
        expected_version=version,
        comment=form.cleaned_data["comment"],
        need=form.need(marked.quote),
    )


def _choices(text: str, places: list[Span]) -> list[dict[str, str]]:
    """Return the places with the words around them."""
    return [
        {
            "value": f"{place.start}-{place.end}",
            "before": text[max(0, place.start - _AROUND) : place.start],
            "words": place.of(text),
            "after": text[place.end : place.end + _AROUND],
        }
        for place in places[:_MOST_PLACES]
    ]


def _said(problem: ListeningError | NeedError | ValidationError) -> str | ValidationError:
    return explain(problem) if isinstance(problem, NeedError) else refused(problem)


def _back(request: ClusterRequest, interview: int, marked: Passage) -> HttpResponse:
    address = reverse("listening:interview-transcript", args=[request.cluster.slug, interview])
    return redirect(f"{address}#passage-{marked.pk}")
