"""A survey with every kind of question, and answers to it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.conditions import Compare
from kontor.questionnaires.definition import (
    OTHER,
    Definition,
    Kind,
    Option,
    Question,
    Range,
    Row,
    Section,
)
from kontor.questionnaires.stored import to_json
from tests.factories import (
    MembershipFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    SurveyFactory,
    SurveyResponseFactory,
)

TOPICS = ("market_access", "skilled_staff", "none")
STEPS = ("never", "seldom", "often")


def options(*codes: str, exclusive: str = "") -> tuple[Option, ...]:
    """Return options with labels of their own."""
    return tuple(Option(code, {"de": f"de {code}", "en": f"en {code}"}, code == exclusive) for code in codes)


def full_definition() -> Definition:
    """Return a questionnaire with one question of every kind in two sections."""
    first = (
        Question("abroad", Kind.SINGLE, {"en": "Active abroad?"}, options=options("yes", "no")),
        Question(
            "topics",
            Kind.MULTIPLE,
            {"en": "What do you need?"},
            options=options(*TOPICS, exclusive="none"),
            has_other=True,
            show_if=Compare("abroad", "is", "yes"),
            meaning={"need": "topic"},
        ),
        Question("mood", Kind.SCALE, {"en": "How well?"}, range=Range(1, 5)),
        Question(
            "matrix",
            Kind.MATRIX,
            {"en": "How often?"},
            options=options(*STEPS),
            rows=(Row("fairs", {"en": "Fairs"}), Row("visits", {"en": "Visits"})),
        ),
    )
    second = (
        Question("rank", Kind.RANKING, {"en": "First what?"}, options=options("a", "b", "c")),
        Question("staff", Kind.NUMBER, {"en": "How many people?"}, range=Range(0, None)),
        Question("since", Kind.DATE, {"en": "Since when?"}),
        Question("where", Kind.COUNTRY, {"en": "Where to?"}, meaning={"need": "country"}),
        Question("words", Kind.TEXT, {"en": "Anything else?"}, is_long=True),
    )
    return Definition(
        title={"en": "All kinds"},
        languages=("en", "de"),
        sections=(Section("one", {"en": "One"}, first), Section("two", {"en": "Two"}, second)),
    )


@st.composite
def answers(draw: Any) -> dict[str, Any]:
    """Return what somebody may answer; what the condition hides is left out, as `answers.read` does."""
    found: dict[str, Any] = {}

    def take(code: str, strategy: Any) -> None:
        if draw(st.booleans()):
            value = draw(strategy)
            if value not in ([], {}, None):
                found[code] = value

    take("abroad", st.sampled_from(["yes", "no"]))
    if found.get("abroad") == "yes":
        take("topics", st.lists(st.sampled_from([*TOPICS[:2], OTHER]), unique=True))
    if OTHER in found.get("topics", ()):
        found["topics" + WORDS] = "something"
    take("mood", st.integers(1, 5))
    take("matrix", st.dictionaries(st.sampled_from(["fairs", "visits"]), st.sampled_from(STEPS)))
    take("rank", st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
    take("staff", st.integers(0, 500))
    take("since", st.dates().map(lambda day: day.isoformat()))
    take("where", st.lists(st.sampled_from(["DK", "NL", "SE"]), unique=True))
    take("words", st.sampled_from(["a text", "another"]))
    return found


def full_survey(cluster: Any, **fields: Any) -> Any:
    """Return a survey that asks every kind of question."""
    questionnaire = QuestionnaireFactory(cluster=cluster, draft=to_json(full_definition()))
    version = QuestionnaireVersionFactory(questionnaire=questionnaire)
    return SurveyFactory(cluster=cluster, questionnaire=questionnaire, version_asked=version, **fields)


def answer(survey: Any, given: dict[str, Any], **segment: str) -> Any:
    """Return an answer of a new member, or of nobody in an anonymous survey."""
    if survey.is_anonymous:
        return SurveyResponseFactory(
            survey=survey, organisation=None, answers=given, segment=segment, language="", submitted_at=None
        )
    organisation = MembershipFactory(organisation__cluster=survey.cluster).organisation
    return SurveyResponseFactory(survey=survey, organisation=organisation, answers=given, segment=segment)
