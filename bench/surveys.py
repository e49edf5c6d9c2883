"""Member surveys: 10,000 invitations, sending them while a page is asked for, and the page to answer on.

Call `run(manager)` from bench.measures; it makes a cluster of its own.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from tests import smtp

from bench.timing import median_ms, tell
from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.accounts.services import found_cluster
from kontor.actors.models import Membership, Organisation, Person
from kontor.jobs.progress import Progress
from kontor.listening.models import Invitee, Survey
from kontor.listening.services import surveys
from kontor.listening.services.surveys.links import links_for
from kontor.listening.services.surveys.sending import INVITATIONS
from kontor.questionnaires.definition import Definition, Kind, Option, Question, Range, Row, Section
from kontor.questionnaires.services import create_questionnaire

INVITED, SENT_MEANWHILE = 10_000, 2_000
ASKED_MS = {"prepare": 30_000, "answer": 60, "page": 100}


def run(manager: User) -> None:
    """Measure and print."""
    cluster = _cluster(manager)
    survey = _survey(cluster)
    begun = time.perf_counter()
    count = surveys.open_survey(survey=survey, user=None, now=timezone.now())
    tell(f"Survey: {count:,} invitations prepared", (time.perf_counter() - begun) * 1000, ASKED_MS["prepare"])
    survey.refresh_from_db()
    _answer_page(survey)
    _sending(survey, manager)


def _cluster(manager: User) -> Cluster:
    cluster = found_cluster(slug="survey-bench", name="Survey bench", requires_second_factor=False)
    Role.objects.create(cluster=cluster, user=manager, kind=RoleKind.MANAGER)
    organisations = Organisation.objects.bulk_create(
        [Organisation(cluster=cluster, name=f"Messtechnik {n} GmbH", kind="sme") for n in range(INVITED)],
        batch_size=1000,
    )
    day = date(2021, 1, 1)
    Membership.objects.bulk_create(
        [Membership(cluster=cluster, organisation=each, valid_from=day) for each in organisations],
        batch_size=1000,
    )
    Person.objects.bulk_create(
        [
            Person(
                cluster=cluster,
                organisation=each,
                family_name=f"Person {each.pk}",
                email=f"s{each.pk}@example.org",
                consent_on=day,
            )
            for each in organisations
        ],
        batch_size=1000,
    )
    return cluster


def _survey(cluster: Cluster) -> Survey:
    questionnaire = create_questionnaire(cluster=cluster, definition=sixty_questions())
    return surveys.create_survey(
        cluster=cluster,
        name="Bench",
        questionnaire=questionnaire,
        closes_at=timezone.now() + timedelta(days=14),
    )


def sixty_questions() -> Definition:
    """Return a questionnaire of 60 questions of every kind, two of them with all countries."""
    options = tuple(Option(f"o{n}", {"de": f"Antwort {n}", "en": f"Answer {n}"}) for n in range(7))
    rows = tuple(Row(f"r{n}", {"de": f"Zeile {n}", "en": f"Row {n}"}) for n in range(6))
    kinds = [kind for kind in Kind if kind not in (Kind.COUNTRY, Kind.COMPETENCE, Kind.NOTE)]
    sections = []
    for place in range(6):
        questions = [
            _question(
                f"q{place}_{n}",
                Kind.COUNTRY if n == 9 and place < 2 else kinds[n % len(kinds)],
                options,
                rows,
            )
            for n in range(10)
        ]
        sections.append(
            Section(f"s{place}", {"de": f"Teil {place}", "en": f"Part {place}"}, tuple(questions))
        )
    return Definition({"de": "Sechzig", "en": "Sixty"}, ("de", "en"), tuple(sections))


def _question(code: str, kind: Kind, options: tuple[Option, ...], rows: tuple[Row, ...]) -> Question:
    choosing = kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX)
    return Question(
        code,
        kind,
        {"de": f"Wie ist es mit {code}?", "en": f"How is it with {code}?"},
        options=options if choosing else (),
        rows=rows if kind == Kind.MATRIX else (),
        range=Range(1, 5) if kind == Kind.SCALE else Range(),
    )


def _answer_page(survey: Survey) -> None:
    invitee = Invitee.objects.filter(survey=survey).select_related("survey__cluster", "cluster")[0]
    token = links_for(survey, [invitee])[invitee.pk]
    link = reverse("answering:answer", args=[survey.cluster.slug, token])
    client = Client(HTTP_HOST="localhost")

    def open_page() -> None:
        if client.get(link).status_code != 200:
            sys.exit(f"{link} does not open.")

    tell("Survey: page of 60 questions", median_ms(open_page), ASKED_MS["answer"])
    turns = iter(range(1, 10_000))

    def save() -> None:
        fields = {"tab": "bench", "turn": next(turns), "q-q0_0": "o1", "q-q0_8": "Text" * 50}
        client.post(f"{link}save/", fields)

    tell("Survey: one save of a page", median_ms(save), ASKED_MS["answer"])


@contextmanager
def _sink() -> Iterator[smtp.Mailbox]:
    with smtp.running() as (mailbox, port):
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield mailbox


def _sending(survey: Survey, manager: User) -> None:
    """Send to a server on this machine in a thread, as the worker does, and ask for a page meanwhile."""
    later = Invitee.objects.filter(survey=survey).order_by("pk").values("pk")[SENT_MEANWHILE:]
    Invitee.objects.filter(pk__in=list(later.values_list("pk", flat=True))).update(state="declined")
    client = Client(HTTP_HOST="localhost")
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("listening:surveys", args=[survey.cluster.slug])
    times: list[float] = []
    with _sink() as mailbox:
        begun = time.perf_counter()
        thread = threading.Thread(target=_work, args=[survey])
        thread.start()
        while thread.is_alive():
            asked = time.perf_counter()
            client.get(page)
            times.append((time.perf_counter() - asked) * 1000)
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
    times.sort()
    rate = len(mailbox.mails) / seconds
    sys.stdout.write(f"Survey: {len(mailbox.mails):,} mails in {seconds:.1f} s, {rate:.0f} a second\n")
    tell("Survey: a page meanwhile, p95", times[int(len(times) * 0.95)], ASKED_MS["page"])


def _work(survey: Survey) -> None:
    try:
        surveys.send_mails(survey=survey, what=INVITATIONS, since=timezone.now(), progress=Progress.silent())
    finally:
        connections.close_all()
