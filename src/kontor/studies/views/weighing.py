"""The page on which somebody weighs: choose a technique, type, see the weights move, hand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kontor.studies.models import WeightStatement
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import criteria_named
from kontor.studies.services import weighing as services
from kontor.studies.services.weighing import SavedElsewhere, TypedWeights, drafted
from kontor.studies.shown_weighing import ShownSheet, moved_fields, shown_preview, shown_sheet
from kontor.studies.views.door import Door, both_ways
from kontor.studies.weighing_reading import TECHNIQUES, fields_in, read_weights
from kontor.studies.weighing_structure import structure_of
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


def _weigh(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the technique in use with what was typed; keep it, move a thing, switch, or hand it in."""
    if not door.assessor.weighs:
        return redirect(door.url())
    statement = WeightStatement.objects.filter(assessor=door.assessor).first()
    if request.method == "POST":
        return _take(request, door, statement)
    technique, fields = drafted(statement)
    wanted = request.GET.get("technique", "")
    if wanted in TECHNIQUES and wanted != technique:
        technique = wanted
        fields = (statement.answers.get("fields", {}) if statement else {}).get(technique, {})
    return _page(request, door, statement, (technique, fields))


def _preview(request: HttpRequest, door: Door) -> HttpResponse:
    """Keep what is typed and return the weights that follow from it, for htmx."""
    if request.method != "POST" or not door.assessor.weighs:
        return redirect(door.url("weigh"))
    typed = _typed(request)
    context: dict[str, Any] = {"door": door, "is_swap": True}
    status = 200
    try:
        statement = services.save_weights(assessor=door.assessor, typed=typed)
        context |= {"edition": statement.version, "saved": _("Saved")}
        context["is_handed_in"] = statement.submitted_at is not None
    except SavedElsewhere as conflict:
        context |= {"edition": typed.edition, "conflict": explain(conflict), "latest": conflict.edition}
        status = 409
    except StudyError as problem:
        context |= {"edition": typed.edition, "problem": explain(problem)}
        status = 422
    structure = structure_of(criteria_named(door.study))
    reading = read_weights(structure, typed.technique, typed.fields)
    context["preview"] = shown_preview(structure, reading)
    if typed.technique == "points":
        context["totals"] = [(key, each.findings.get("total")) for key, each in reading.groups.items()]
    return render(request, "studies/assess/partials/preview.html", context, status=status)


def _take(request: HttpRequest, door: Door, statement: WeightStatement | None) -> HttpResponse:
    typed = _typed(request)
    if move := request.POST.get("move", ""):
        structure = structure_of(criteria_named(door.study))
        typed = TypedWeights(
            typed.technique, moved_fields(structure, typed.fields, move), typed.edition, typed.comment
        )
    if "keep" in request.POST and statement is not None:
        typed = TypedWeights(typed.technique, typed.fields, statement.version, typed.comment)
    try:
        statement = services.save_weights(assessor=door.assessor, typed=typed)
        if "hand_in" in request.POST:
            return _hand_in(request, door, typed, statement)
    except SavedElsewhere as conflict:
        more = {"conflict": explain(conflict), "latest": conflict.edition}
        return _page(request, door, statement, (typed.technique, typed.fields), more | {"status": 409})
    except StudyError as problem:
        more = {"problem": explain(problem)}
        return _page(request, door, statement, (typed.technique, typed.fields), more | {"status": 422})
    if "switch" in request.POST and request.POST["switch"] in TECHNIQUES:
        return redirect(f"{door.url('weigh')}?technique={request.POST['switch']}")
    if "later" in request.POST:
        notify(request, _("Kept. You can go on whenever you like."))
        return redirect(door.url())
    return _page(request, door, statement, (typed.technique, typed.fields), {"saved": _("Saved")})


def _hand_in(
    request: HttpRequest, door: Door, typed: TypedWeights, statement: WeightStatement
) -> HttpResponse:
    """Hand in what has just been kept; what is missing is said, and nothing typed is lost."""
    latest = TypedWeights(typed.technique, typed.fields, statement.version, typed.comment)
    try:
        services.hand_in_weights(assessor=door.assessor, typed=latest)
    except StudyError as problem:
        if problem.code != "weights.unfinished":
            raise
        more = {"problem": explain(problem), "tells_problems": True}
        return _page(request, door, statement, (typed.technique, typed.fields), more | {"status": 422})
    notify(request, _("Thank you. Your weights have been handed in."))
    return redirect(door.url())


def _typed(request: HttpRequest) -> TypedWeights:
    return TypedWeights(
        technique=request.POST.get("technique", ""),
        fields=fields_in(request.POST.dict()),
        edition=number_in(request.POST.get("edition", "")),
        comment=request.POST.get("comment", ""),
    )


def _page(
    request: HttpRequest,
    door: Door,
    statement: WeightStatement | None,
    typed: tuple[str, Mapping[str, str]],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    technique, fields = typed
    structure = structure_of(criteria_named(door.study))
    technique = technique if technique in TECHNIQUES else TECHNIQUES[0]
    reading = read_weights(structure, technique, fields)
    sheet: ShownSheet = shown_sheet(structure, technique, fields, reading)
    context: dict[str, Any] = {
        "door": door,
        "study": door.study,
        "statement": statement,
        "edition": statement.version if statement else 0,
        "comment": request.POST.get("comment", statement.comment if statement else ""),
        "techniques": WeightStatement.Technique.choices,
        "sheet": sheet,
        "preview": shown_preview(structure, reading),
        "start_url": door.url(),
        "preview_url": door.url("preview"),
        "is_wide": True,
    }
    context |= more or {}
    return render(request, "studies/assess/weigh.html", context, status=context.get("status", 200))


weigh, mine_weigh = both_ways(_weigh)
preview, mine_preview = both_ways(_preview)
