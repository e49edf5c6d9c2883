"""The decision of a study: its vote, the act of deciding, and the record afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.countries.exports import paper_file
from kontor.reports.html import render_sections
from kontor.reports.stored import from_json
from kontor.studies.forms.deciding import DecisionForm, VoteForm, usual_end
from kontor.studies.models import Decision, Study
from kontor.studies.papers_decision import text_in
from kontor.studies.problems import StudyError
from kontor.studies.reading import Reading, reading_of
from kontor.studies.services import deciding
from kontor.studies.views.found import CHANGE, refused, study_or_404
from kontor.studies.views.result import RESULT
from kontor.ui.errors import explain
from kontor.ui.notices import notify
from kontor.votes.problems import VoteError
from kontor.votes.queries import result, turnout, vote_of
from kontor.votes.services import close_due

LANGUAGES = ("de", "en")
# So many of the first are put to the vote unless somebody chooses otherwise.
IN_QUESTION = 3
# Scores with evidence, and facts, are long: they stand folded below what everybody reads.
LONG_SECTIONS = 2


@require_safe
@cluster_view(may=RESULT)
def decision(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show the vote and the way to decide; once decided, the record."""
    study = study_or_404(request, study_id)
    found = Decision.objects.filter(study=study).select_related("decided_by", "vote").first()
    if found is not None:
        return _record(request, study, found)
    context = _undecided(request, study)
    if context["may_change"] and context["is_open"]:
        reading = reading_of(study)
        context["reading"] = reading
        context["form"] = DecisionForm(study=study, initial=_proposed(reading))
    return render(request, "studies/decision.html", context)


@require_POST
@cluster_view(may=CHANGE)
def decide(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Decide, and freeze everything that led to it."""
    study = study_or_404(request, study_id)
    form = DecisionForm(request.POST, study=study)
    if form.is_valid():
        try:
            deciding.decide(study=study, by=request.user, **form.values())
        except StudyError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The decision has been recorded. Nothing in this study changes any more."))
            return redirect("studies:decision", request.cluster.slug, study.pk)
    context = _undecided(request, study) | {"form": form}
    return render(request, "studies/decision.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may=CHANGE)
def vote(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Put candidates to the vote of all interested members."""
    study = study_or_404(request, study_id)
    if study.state != Study.State.OPEN:
        notify(request, explain(StudyError("study.not_open")))
        return redirect("studies:decision", request.cluster.slug, study.pk)
    reading = reading_of(study)
    form = VoteForm(request.POST or None, study=study, initial=_asked(reading))
    if request.method == "POST" and form.is_valid():
        try:
            made = deciding.put_to_vote(study=study, **form.values())
        except (StudyError, VoteError) as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The vote is prepared. Put members on the roll, then open it."))
            return redirect("votes:detail", request.cluster.slug, made.pk)
    context = {"study": study, "form": form}
    return render(request, "studies/decision_vote.html", context, status=422 if form.is_bound else 200)


@require_POST
@cluster_view(may=CHANGE)
def note(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Note an objection, or what was said later; the record stays as it is."""
    study = study_or_404(request, study_id)
    found = _found(study)
    try:
        deciding.add_note(
            decision=found, text=request.POST.get("text", ""), on=timezone.localdate(), by=request.user
        )
    except StudyError as problem:
        return refused(request, study, problem, status=422)
    notify(request, _("The note stands beside the decision now."))
    return redirect("studies:decision", request.cluster.slug, study.pk)


@require_safe
@cluster_view(may=RESULT)
def paper(request: ClusterRequest, study_id: int, language: str, kind: str) -> HttpResponse:
    """Send the record as Word or PDF, exactly as it was frozen."""
    study = study_or_404(request, study_id)
    found = Decision.objects.filter(study=study).first()
    if found is None:
        notify(request, _("Nothing has been decided yet, so there is no record."))
        return redirect("studies:decision", request.cluster.slug, study.pk)
    with override(language):
        return paper_file(from_json(found.reports[language]), kind, cluster=request.cluster)


def _undecided(request: ClusterRequest, study: Study) -> dict[str, Any]:
    """Return where the study stands on its way to the decision."""
    vote = vote_of(deciding.reference_of(study))
    if vote is not None and close_due(now=timezone.now(), vote=vote):
        vote.refresh_from_db()
    found = result(vote) if vote else None
    language = get_language() or "en"
    return {
        "study": study,
        "vote": vote,
        "turnout": turnout(vote) if vote else None,
        "result": found,
        "winner": text_in(found.first[0].label, language) if found and found.first else "",
        "may_change": request.access.may(CHANGE),
        "is_open": study.state == Study.State.OPEN,
    }


def _record(request: ClusterRequest, study: Study, found: Decision) -> HttpResponse:
    language = "de" if (get_language() or "en").startswith("de") else "en"
    report = from_json(found.reports[language])
    context = {
        "study": study,
        "decision": found,
        "report": report,
        "body": render_sections(replace(report, sections=report.sections[:-LONG_SECTIONS])),
        "annex": render_sections(replace(report, sections=report.sections[-LONG_SECTIONS:])),
        "notes": list(found.notes.select_related("noted_by")),
        "may_change": request.access.may(CHANGE),
        "chosen": [each for each in study.candidates.select_related("partner") if each.pk in found.chosen],
    }
    return render(request, "studies/decision_record.html", context)


def _found(study: Study) -> Decision:
    found = Decision.objects.filter(study=study).first()
    if found is None:
        raise Http404
    return found


def _proposed(reading: Reading) -> dict[str, Any]:
    """Return what the form begins with: the first candidate, and the sentences as reasons."""
    values: dict[str, Any] = {"decided_on": timezone.localdate(), "moves_stages": True}
    values["chosen"] = [each.candidate for each in reading.plain.first[:1]]
    return values | _in_words(reading, "reasons")


def _asked(reading: Reading) -> dict[str, Any]:
    values: dict[str, Any] = {"method": "approval", "quorum_percent": 50, "closes_at": usual_end()}
    values["candidates"] = [each.candidate for each in reading.plain.standings[:IN_QUESTION]]
    for language in LANGUAGES:
        with override(language):
            values[f"question_{language}"] = _("With which partner cluster do we want to work first?")
    return values | _in_words(reading, "explanation")


def _in_words(reading: Reading, name: str) -> dict[str, str]:
    """Return the result in sentences, in each language, for fields of that name."""
    values = {}
    for language in LANGUAGES:
        with override(language):
            told = reading.told
            values[f"{name}_{language}"] = " ".join(each for each in (told.headline, told.sureness) if each)
    return values
