"""Begin a questionnaire: from a ready-made one, empty, as a copy, or from a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.questionnaires import services
from kontor.questionnaires.definition import Definition, Section
from kontor.questionnaires.forms.start import StartForm
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.ready import ready_made, ready_made_of
from kontor.questionnaires.views.access import CHANGE, address, questionnaire_or_404
from kontor.questionnaires.views.preview import chosen_language, language_links, rendered
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@cluster_view(may=CHANGE)
def start(request: ClusterRequest) -> HttpResponse:
    """Show the ways to begin, and begin."""
    form = StartForm()
    if request.method == "POST":
        way = request.POST.get("way", "")
        if way == "empty":
            form = StartForm(request.POST)
            if form.is_valid():
                return _begin_empty(request, form)
        elif way == "copy":
            return _copy(request, questionnaire_or_404(request, number_in(request.POST.get("of", ""))))
        else:
            return _take(request)
    return _ways(request, form)


@cluster_view(may=CHANGE)
def ready(request: ClusterRequest) -> HttpResponse:
    """Look at a ready-made questionnaire before taking it: `?show=needs&language=de`."""
    found = ready_made()
    chosen = next((each for each in found if each.code == request.GET.get("show")), found[0])
    language = chosen_language(request, chosen.definition)
    questions = rendered(request, chosen.definition, language, {}, tells_faults=False)
    context = {
        "chosen": chosen,
        "about": _about(request, chosen.about),
        "languages": language_links(chosen.definition.languages),
        "language": language,
        "direction": "ltr",
        "shown": questions[0],
        "questions": questions[1],
    }
    return render(request, "questionnaires/ready.html", context)


def _ways(request: ClusterRequest, form: StartForm) -> HttpResponse:
    own = Questionnaire.objects.filter(cluster=request.cluster).order_by("name", "pk")
    context = {
        "form": form,
        "ready": [(each, _about(request, each.about)) for each in ready_made()],
        "own": own.values_list("pk", "name"),
        "import_url": address("questionnaires:import", request.cluster.slug),
    }
    return render(request, "questionnaires/start.html", context, status=422 if form.is_bound else 200)


def _begin_empty(request: ClusterRequest, form: StartForm) -> HttpResponse:
    languages = tuple(form.cleaned_data["languages"])
    title = form.cleaned_data["title"]
    definition = Definition(
        title={languages[0]: title}, languages=languages, sections=(Section("section_1", {}, ()),)
    )
    begun = services.create_questionnaire(
        cluster=request.cluster, definition=definition, purpose=form.cleaned_data["purpose"]
    )
    notify(request, _("The questionnaire is there. Add the first question."))
    return redirect("questionnaires:detail", request.cluster.slug, begun.pk)


def _copy(request: ClusterRequest, origin: Questionnaire) -> HttpResponse:
    copied = services.create_questionnaire(
        cluster=request.cluster,
        definition=origin.definition,
        purpose=origin.purpose,
        name=_("Copy of %(name)s") % {"name": origin.name},
        origin=origin.name,
    )
    notify(request, _("The copy is there. Give it a name of its own."))
    return redirect("questionnaires:detail", request.cluster.slug, copied.pk)


def _take(request: ClusterRequest) -> HttpResponse:
    try:
        chosen = ready_made_of(request.POST.get("of", ""))
    except QuestionnaireError as problem:
        form = StartForm({})
        form.full_clean()
        form.errors.clear()
        form.add_error(None, explain(problem))
        return _ways(request, form)
    name = chosen.definition.say(chosen.definition.title, request.LANGUAGE_CODE)
    taken = services.create_questionnaire(
        cluster=request.cluster,
        definition=chosen.definition,
        purpose=chosen.purpose,
        name=name,
        origin=chosen.code,
    )
    notify(
        request, _("The questionnaire is yours now: change what you like, look at the preview, release it.")
    )
    return redirect("questionnaires:detail", request.cluster.slug, taken.pk)


def _about(request: HttpRequest, about: object) -> str:
    texts = dict(about) if isinstance(about, dict) else {}
    return str(texts.get(getattr(request, "LANGUAGE_CODE", "en"), "") or texts.get("en", ""))
