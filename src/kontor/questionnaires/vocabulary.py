"""What country and competence questions offer in a cluster."""

from __future__ import annotations

from django.utils import translation

from kontor.accounts.models import Cluster
from kontor.actors.queries.taxonomy import taxonomy
from kontor.questionnaires.answers import Vocabulary
from kontor.questionnaires.definition import Definition, Kind
from kontor.ui.vocabulary import country_choices


def vocabulary_of(cluster: Cluster, language: str, definition: Definition | None = None) -> Vocabulary:
    """Return countries and the cluster's competences by name; with a definition, only what it asks for.

    At most one query, none where no competence is asked for.
    """
    asked = {question.kind for question in definition.questions()} if definition else set(Kind)
    with translation.override(language):
        competences = _competences(cluster) if Kind.COMPETENCE in asked else {}
        countries = dict(country_choices(language)) if Kind.COUNTRY in asked else {}
    return Vocabulary(countries=countries, competences=competences)


def _competences(cluster: Cluster) -> dict[str, str]:
    tree = taxonomy(cluster)
    return {tree.nodes[pk].code: name for pk, name in tree.choices()}
