"""See a questionnaire as those see it who answer; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import pgettext_lazy

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.questionnaires.answers import fields_in, read
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.forms.fields import language_name
from kontor.questionnaires.showing import Showing, Shown, shown
from kontor.questionnaires.views.access import VIEW, questionnaire_or_404, reader_language
from kontor.questionnaires.vocabulary import vocabulary_of

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@cluster_view(may=VIEW)
def preview(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Show the draft in one language; a try-out tells the faults that a respondent would be told."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    definition = questionnaire.definition
    language = chosen_language(request, definition)
    is_tried = request.method == "POST"
    fields = fields_in(definition, request.POST) if is_tried else {}
    questions = rendered(request, definition, language, fields, tells_faults=is_tried)
    context = {
        "questionnaire": questionnaire,
        "languages": language_links(definition.languages),
        "language": language,
        "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        "shown": questions[0],
        "questions": questions[1],
        "is_tried": is_tried,
    }
    status = 422 if is_tried and questions[0].problems else 200
    return render(request, "questionnaires/preview.html", context, status=status)


def chosen_language(request: ClusterRequest, definition: Definition) -> str:
    """Return the language asked for in the address, else the reader's, else the questionnaire's first."""
    asked = (request.GET.get("language", ""), reader_language(), *definition.languages)
    return next((code for code in asked if code in definition.languages), "en")


def language_links(languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return (code, name) of each language."""
    return [(code, language_name(code)) for code in languages]


def rendered(
    request: ClusterRequest,
    definition: Definition,
    language: str,
    fields: Mapping[str, Sequence[str]],
    *,
    tells_faults: bool,
) -> tuple[Shown, str]:
    """Return the questionnaire and its HTML, all of it in `language`, the program's own words too."""
    vocabulary = vocabulary_of(request.cluster, language, definition)
    with translation.override(language):
        reading = read(definition, fields, vocabulary, is_final=tells_faults)
        how = Showing(
            language, fields, reading, vocabulary, pgettext_lazy("answer", "Other"), tells_faults=tells_faults
        )
        found = shown(definition, how)
        html = render_to_string("questionnaires/partials/questions.html", {"shown": found}, request)
    return found, html
