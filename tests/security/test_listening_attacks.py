"""Attacks on the rooms that hear members: foreign numbers, forms of other sites, scripts in texts."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.actors.models import Organisation
from kontor.questionnaires.models import QuestionnaireVersion
from tests.architecture.furnished import Furnished, furnish
from tests.architecture.test_wall import CLOSED, enter, key
from tests.factories import BoardFactory, ClusterFactory, InviteeFactory
from tests.listening.answering import link_of, running
from tests.security.test_foreign_objects import SECRET, crossings

pytestmark = pytest.mark.django_db

# Field of a form → whose number it takes.
LINKS = {
    **{"organisation": "organisation", "topic": "topic", "person": "person", "people": "person"},
    **{"questionnaire": "questionnaire", "of": "questionnaire", "guide": "questionnaire_version"},
    **{"needs": "need", "lead": "need", "ideas": "idea", "hidden": "idea", "target": "group"},
    "into": "group",
}
FORMS = (
    *("board-group", "board-group-merge", "board-groups", "board-ideas", "board-ideas-show", "board-names"),
    *("board-topics", "call", "call-campaign-new", "call-save", "interview-appointment", "interview-passage"),
    *("interview-stand-in", "interview-study-edit", "interviews-new", "survey-edit", "survey-invitee"),
    *("survey-invitees-add", "survey-new", "survey-text"),
)
OTHERS = {"needs:same-apart", "needs:same-merge", "questionnaires:start"}
USUAL = {
    **{"name": "A", "title": "T", "statement": "S", "urgency": 1, "version": 1, "edition": 1, "words": "a"},
    **{"way": "copy", "size": 1, "seed": 4, "allocation": "proportional", "population_on": "2026-01-01"},
    **{"minutes": 30, "appointed_at": "2027-01-01T10:00", "closes_at": "2030-01-01T10:00", "reason": "R"},
    **{"one_per": "organisation", "subject_de": "S", "message_de": "M", "reserve_minutes": 30, "make": 1},
    **{"outcome": "talked", "act": "next", "kind": "", "country": "", "subject_en": "S", "message_en": "M"},
}


def forged(own: Furnished, foreign: Furnished) -> list[dict[str, object]]:
    """Return forms with one number of the other cluster each."""
    near = {name: own.keys[what] for name, what in LINKS.items()}
    found = [{**USUAL, **near, name: foreign.keys[what]} for name, what in LINKS.items()]
    pairs = {
        f"topic-{own.keys['group']}": foreign.keys["topic"],
        f"topic-{foreign.keys['group']}": own.keys["topic"],
        f"name-{own.keys['participant']}": SECRET,
        f"name-{foreign.keys['participant']}": "",
        "interviewer": foreign.cluster.roles.first().user_id,
    }
    return [*found, *({**USUAL, **near, name: value} for name, value in pairs.items())]


def test_no_form_links_or_shows_an_object_of_another_cluster(client):
    own, foreign = furnish(ClusterFactory(slug="own")), furnish(ClusterFactory(slug="foreign", name=SECRET))
    Organisation.objects.filter(cluster=foreign.cluster).update(name=SECRET, search_key=SECRET.casefold())
    enter(client, key(RoleKind.MANAGER, own.cluster))
    asked = OTHERS | {f"listening:{name}" for name in FORMS}
    addresses = [reverse(n, args=["own", *own.arguments(n, given)]) for n, given in CLOSED if n in asked]
    told = []
    for address in addresses:
        for form in forged(own, foreign):
            response = client.post(address, form)
            shown = response.content.decode(errors="replace").replace(f'value="{SECRET}"', "")
            if SECRET in shown:
                told.append(f"{address} {response.status_code}")

    assert (len(addresses), told, crossings()) == (len(asked), [], [])


def test_no_other_site_answers_for_anybody(cluster):
    """Only a refusal is taken without the page's own token: mail programs send it with one click."""
    link = link_of(InviteeFactory(survey=running(cluster)))
    code = BoardFactory(cluster=cluster, phase="collecting").code
    board = [reverse(f"board:{name}", args=[code]) for name in ("join", "send", "weigh")]
    stranger = Client(enforce_csrf_checks=True)

    found = [stranger.post(address).status_code for address in (link, f"{link}save/", *board)]

    assert found == [403] * 5


def test_a_link_opens_nothing_under_the_name_of_another_cluster(client, cluster):
    link = link_of(InviteeFactory(survey=running(cluster)))
    ClusterFactory(slug="elsewhere")

    assert client.get(link.replace(f"/{cluster.slug}/", "/elsewhere/")).status_code == 404


def test_brakes_on_guessing_are_not_forgotten_while_hundreds_answer():
    """Each draft has a brake of its own; they stand in one table with those of logins and codes."""
    guesses = [f"allauth:rl:login_failed:{number}" for number in range(10)]
    cache.set_many(dict.fromkeys(guesses, 60), 300)
    for number in range(400):
        cache.set(f"allauth:rl:survey_answer:{number}", [0.0], 60)

    assert len(cache.get_many(guesses)) == 10


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
TEXT = {"de": EVIL, "en": EVIL}
OPTIONS = [{"code": '"onclick="x', "label": TEXT}]
QUESTIONS = [
    {"code": "note", "kind": "note", "label": TEXT, "help": TEXT},
    {"code": "text", "kind": "text", "label": TEXT, "help": TEXT},
    {"code": "single", "kind": "single", "label": TEXT, "options": OPTIONS, "other": True},
    {"code": "matrix", "kind": "matrix", "label": TEXT, "options": OPTIONS, "rows": OPTIONS},
    {"code": "ranking", "kind": "ranking", "label": TEXT, "options": OPTIONS},
    {"code": "scale", "kind": "scale", "label": TEXT, "range": {"low": 1, "high": 3, "low_label": TEXT}},
]


def test_no_text_of_a_questionnaire_and_no_answer_runs_as_a_script(client, cluster):
    survey = running(cluster, name=EVIL)
    sections = [{"code": "s", "title": TEXT, "intro": TEXT, "questions": QUESTIONS}]
    asked = {"title": TEXT, "intro": TEXT, "thanks": TEXT, "languages": ["de", "en"], "sections": sections}
    QuestionnaireVersion.objects.filter(pk=survey.version_asked_id).update(definition=asked)
    link = link_of(InviteeFactory(survey=survey))

    typed = {"look": 1, "q-text": EVIL, "q-single": "_other", "q-single~other": EVIL}
    page = client.post(link, typed).content.decode()

    signs = ("<script>alert", "<img src=x", '"onclick="x')
    assert (page.count("alert(1)") > 20, [sign for sign in signs if sign in page]) == (True, [])
