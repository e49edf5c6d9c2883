"""How fast ten thousand answers to sixty questions become figures.

    python -m bench.results

Builds a survey in a temporary folder; the installation is not touched.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontor.listening.models import Survey
    from kontor.listening.queries.looking import Look
    from kontor.questionnaires.definition import Definition

ANSWERS, SECTIONS, PER_SECTION = 10_000, 6, 10
ASKED_MS = {"first": 1_000, "later": 100, "page": 250}
KINDS, SIZES = ("sme", "large", "research", "university"), ("micro", "small", "medium", "large")


def definition() -> Definition:
    """Return sixty questions of all kinds; a third of them are asked of some only."""
    from kontor.questionnaires.conditions import Compare
    from kontor.questionnaires.definition import Definition, Kind, Option, Question, Range, Row, Section

    kinds = (
        *(Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.MATRIX, Kind.RANKING),
        *(Kind.NUMBER, Kind.COUNTRY, Kind.MULTIPLE, Kind.SINGLE, Kind.TEXT),
    )
    options = tuple(Option(f"o{each}", {"en": f"Option {each}"}) for each in range(6))
    rows = tuple(Row(f"r{each}", {"en": f"Row {each}"}) for each in range(4))
    sections = []
    for number in range(SECTIONS):
        first = f"q{number}_0"
        questions = tuple(
            Question(
                f"q{number}_{place}",
                kind,
                {"en": f"Question {number}.{place}"},
                options=options if kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING} else (),
                rows=rows if kind == Kind.MATRIX else (),
                range=Range(1, 5) if kind == Kind.SCALE else Range(),
                show_if=Compare(first, "is", "o1") if place in (1, 3, 7) else None,
            )
            for place, kind in enumerate(kinds)
        )
        sections.append(Section(f"s{number}", {"en": f"Section {number}"}, questions))
    return Definition({"en": "Sixty questions"}, ("en",), tuple(sections))


def given(asked: Definition, dice: random.Random) -> dict[str, Any]:
    """Return what one member answers; one question in ten stays empty."""
    from kontor.questionnaires.definition import Kind

    found: dict[str, Any] = {}
    codes = [f"o{each}" for each in range(6)]
    takes = {
        Kind.SINGLE: lambda: dice.choice(codes),
        Kind.MULTIPLE: lambda: sorted(dice.sample(codes, dice.randint(1, 4))),
        Kind.SCALE: lambda: dice.randint(1, 5),
        Kind.MATRIX: lambda: {f"r{each}": dice.choice(codes) for each in range(4)},
        Kind.RANKING: lambda: dice.sample(codes, 3),
        Kind.NUMBER: lambda: dice.randint(0, 500),
        Kind.COUNTRY: lambda: dice.sample(["DK", "NL", "SE", "FR", "US", "JP"], 2),
        Kind.TEXT: lambda: "We look for partners abroad. " * dice.randint(1, 6),
    }
    for question in asked.questions():
        is_shown = question.show_if is None or question.show_if.holds(found)
        if is_shown and dice.random() > 0.1:
            found[question.code] = takes[question.kind]()
    return found


def build() -> tuple[Survey, Any]:
    """Write the survey in bulk and return it with the manager."""
    from kontor.accounts.models import Role, RoleKind, User
    from kontor.accounts.services import found_cluster
    from kontor.actors.models import Organisation
    from kontor.listening.models import Survey, SurveyResponse
    from kontor.questionnaires.models import QuestionnaireVersion
    from kontor.questionnaires.services import create_questionnaire
    from kontor.questionnaires.stored import fingerprint, to_json

    dice, asked = random.Random(2026), definition()  # nosec B311: repeatable, not secret
    manager = User.objects.create_user("results@example.org", None, language="en")
    cluster = found_cluster(slug="results", name="Results", regions=["DEF"], requires_second_factor=False)
    Role.objects.create(cluster=cluster, user=manager, kind=RoleKind.MANAGER)
    questionnaire = create_questionnaire(cluster=cluster, definition=asked)
    version = QuestionnaireVersion.objects.create(
        cluster=cluster,
        questionnaire=questionnaire,
        number=1,
        definition=to_json(asked),
        digest=fingerprint(asked),
    )
    survey = Survey.objects.create(
        cluster=cluster, name="Large", questionnaire=questionnaire, version_asked=version, state="running"
    )
    rows = [
        Organisation(cluster=cluster, name=f"Member {n}", kind="sme", country="DE") for n in range(ANSWERS)
    ]
    members = Organisation.objects.bulk_create(rows, batch_size=500)
    SurveyResponse.objects.bulk_create(
        [
            SurveyResponse(
                cluster=cluster,
                survey=survey,
                slot=f"o:{member.pk}",
                organisation=member,
                answers=given(asked, dice),
                segment={"kind": dice.choice(KINDS), "size": dice.choice(SIZES)},
            )
            for member in members
        ],
        batch_size=500,
    )
    return survey, manager


def measure(survey: Survey, manager: Any) -> None:
    """Measure the first and the later analyses of all sixty questions, and a page."""
    from django.test import Client
    from django.urls import reverse

    from bench.timing import median_ms, tell
    from kontor.actors.queries.segments import Dimension
    from kontor.listening.queries.encoded import forget
    from kontor.listening.queries.looking import Look

    by_kind, only = Look(by=Dimension.KIND), Look(only=((Dimension.SIZE, "small"),))

    def first() -> None:
        forget()
        analyse(survey, Look())

    tell("10,000 answers × 60 questions, first analysis", median_ms(first, rounds=5), ASKED_MS["first"])
    later = {
        "… all together, afterwards": lambda: analyse(survey, Look()),
        "… by kind of organisation, afterwards": lambda: analyse(survey, by_kind),
        "… small ones only, afterwards": lambda: analyse(survey, only),
        "… by kind, small groups held back, afterwards": lambda: analyse(survey, by_kind, 5),
    }
    for label, work in later.items():
        tell(label, median_ms(work), ASKED_MS["later"])
    client = Client(HTTP_HOST="localhost")
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("listening:survey-results", args=[survey.cluster.slug, survey.pk])
    tell(
        "Results page, one section by kind",
        median_ms(lambda: client.get(f"{page}?by=kind")),
        ASKED_MS["page"],
    )


def analyse(survey: Survey, look: Look, limit: int = 1) -> None:
    """Count every question."""
    from kontor.listening.confidentiality import Guard
    from kontor.listening.queries.encoded import encoded
    from kontor.listening.queries.results import results_of
    from kontor.listening.queries.viewing import Reading
    from kontor.listening.queries.wording import wording_of

    data = encoded(survey)
    guard = Guard(limit, may_name=limit == 1, is_open=True)
    found = results_of(Reading(data, look, guard, wording_of(survey.cluster, data.definition, "en")))
    if len(found) != SECTIONS * PER_SECTION:
        sys.exit("Not all questions were analysed.")


def main() -> None:
    """Build and measure in a temporary folder."""
    home = Path(tempfile.mkdtemp(prefix="kontor-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
    os.environ["KONTOR_HOME"] = str(home)
    try:
        import django

        from kontor.config.messages import compile_messages

        compile_messages()
        django.setup()
        from kontor.config.commands.preparing import prepare

        prepare()
        sys.stdout.write("Building 10,000 answers to 60 questions …\n")
        measure(*build())
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
