"""The pages of the questionnaires."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.questionnaires import editing, services
from kontor.questionnaires.conditions import Answered, Compare, Some
from kontor.questionnaires.definition import Definition, Kind, Question, Section
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.stored import question_digest, section_digest, to_json
from tests.factories import (
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    SurveyFactory,
    small_definition,
)

HOSTILE = "<script>alert(1)</script> \u202eabc\u202c 🚢 & \"'"


@pytest.fixture
def questionnaire(cluster):
    return QuestionnaireFactory(cluster=cluster, name="Needs 2026")


def url(name, questionnaire, *args):
    return reverse(f"questionnaires:{name}", args=[questionnaire.cluster.slug, questionnaire.pk, *args])


def fresh(questionnaire):
    return Questionnaire.objects.get(pk=questionnaire.pk)


def asked(questionnaire):
    """Return the codes of the questions as stored."""
    return [question.code for question in fresh(questionnaire).definition.questions()]


def form_of(questionnaire, place, **changes):
    """Return what the form of a text question posts."""
    question = editing.question_at(fresh(questionnaire).definition, place)
    return {
        "was": question.code,
        "seen": question_digest(question),
        "kind": str(question.kind),
        "code": question.code,
        "label-de": question.label.get("de", ""),
        "label-en": question.label.get("en", ""),
        "section": "1",
        "act": "save",
    } | changes


def arranged(client, questionnaire, act):
    posted = {"version": fresh(questionnaire).version, "act": act}
    return client.post(url("arrange", questionnaire), posted)


# ---- pages ----


@pytest.mark.parametrize("page", ["overview", "start", "ready", "list-xlsx", "list-csv"])
def test_every_page_opens_in_an_empty_cluster(cluster, manager_client, page):
    assert manager_client.get(reverse(f"questionnaires:{page}", args=[cluster.slug])).status_code == 200


@pytest.mark.parametrize(
    "page", ["detail", "frame", "question-new", "section-new", "preview", "release", "delete"]
)
def test_every_page_of_an_empty_questionnaire_opens(cluster, manager_client, page):
    empty = to_json(Definition({"de": "Leer"}, ("de",), ()))
    questionnaire = QuestionnaireFactory(cluster=cluster, draft=empty)

    assert manager_client.get(url(page, questionnaire)).status_code in {200, 302}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, number
):
    for _ in range(number):
        SurveyFactory(cluster=cluster)

    with django_assert_num_queries(9):
        manager_client.get(reverse("questionnaires:overview", args=[cluster.slug]))


@pytest.mark.parametrize("number", [1, 3, 100])
def test_the_builder_asks_the_same_queries_for_any_number_of_questions(
    cluster, manager_client, django_assert_num_queries, number
):
    questions = tuple(Question(f"q{n}", Kind.TEXT, {"en": "?"}) for n in range(number))
    draft = to_json(Definition({"en": "Long"}, ("en",), (Section("s", {}, questions),)))
    questionnaire = QuestionnaireFactory(cluster=cluster, draft=draft)

    with django_assert_num_queries(8):
        manager_client.get(url("detail", questionnaire))


@pytest.mark.parametrize("number", [1, 3])
def test_the_versions_ask_the_same_queries_for_any_number(
    questionnaire, manager, manager_client, django_assert_num_queries, number
):
    for _ in range(number):
        QuestionnaireVersionFactory(questionnaire=questionnaire, released_by=manager)

    with django_assert_num_queries(5):
        manager_client.get(url("release", questionnaire))


@pytest.mark.parametrize(("page", "queries"), [("question", 5), ("preview", 4), ("section", 5), ("frame", 4)])
def test_pages_of_one_part_ask_few_queries(
    questionnaire, manager_client, django_assert_num_queries, page, queries
):
    args = [1] if page in ("question", "section") else []

    with django_assert_num_queries(queries):
        manager_client.get(url(page, questionnaire, *args))


def test_the_list_tells_how_far_each_is(cluster, manager, manager_client):
    untouched, changed = (QuestionnaireFactory(cluster=cluster, name=name) for name in ("Same", "Turned"))
    for each in (untouched, changed):
        services.release(questionnaire=each, user=manager)
    without = editing.remove_question(changed.definition, 2)
    services.store_draft(questionnaire=changed, expected_version=1, definition=without)
    QuestionnaireFactory(cluster=cluster, name="Unborn")

    rows = manager_client.get(reverse("questionnaires:overview", args=[cluster.slug])).context["rows"]

    assert [(row.questionnaire.name, row.last, row.is_changed) for row in rows] == [
        ("Same", 1, False),
        ("Turned", 1, True),
        ("Unborn", 0, False),
    ]


def test_the_list_counts_what_builds_on_each_once(cluster, manager_client):
    survey = SurveyFactory(cluster=cluster)
    SurveyFactory(cluster=cluster, questionnaire=survey.questionnaire, version_asked=survey.version_asked)

    rows = manager_client.get(reverse("questionnaires:overview", args=[cluster.slug])).context["rows"]

    assert [row.uses for row in rows] == [2]


# ---- to begin ----


def test_a_ready_made_questionnaire_becomes_the_clusters_own(cluster, manager_client):
    manager_client.post(
        reverse("questionnaires:start", args=[cluster.slug]), {"way": "ready", "of": "telephone"}
    )

    assert [(each.origin, each.purpose) for each in Questionnaire.objects.all()] == [("telephone", "call")]


def test_an_empty_one_begins_with_a_section_in_the_languages_chosen(cluster, manager_client):
    posted = {"way": "empty", "title": "Neu", "purpose": "survey", "languages": ["de", "da"]}
    manager_client.post(reverse("questionnaires:start", args=[cluster.slug]), posted)
    definition = Questionnaire.objects.get().definition

    assert (definition.languages, len(definition.sections)) == (("de", "da"), 1)


def test_a_copy_has_the_same_questions_and_another_name(questionnaire, manager_client):
    start = reverse("questionnaires:start", args=[questionnaire.cluster.slug])
    manager_client.post(start, {"way": "copy", "of": questionnaire.pk})
    copy = Questionnaire.objects.exclude(pk=questionnaire.pk).get()

    assert (copy.draft, copy.name) == (questionnaire.draft, "Copy of Needs 2026")


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"way": "empty", "title": "", "languages": ["de"], "purpose": "survey"}, 422),
        ({"way": "empty", "title": "x", "languages": [], "purpose": "survey"}, 422),
        ({"way": "ready", "of": "nothing"}, 422),
        ({"way": "copy", "of": "999999"}, 404),
        ({"way": "copy", "of": "x"}, 404),
    ],
)
def test_a_beginning_that_cannot_be_is_refused(cluster, manager_client, posted, status):
    response = manager_client.post(reverse("questionnaires:start", args=[cluster.slug]), posted)

    assert (response.status_code, Questionnaire.objects.count()) == (status, 0)


def test_a_questionnaire_of_another_cluster_cannot_be_copied(cluster, manager_client):
    foreign = QuestionnaireFactory()
    start = reverse("questionnaires:start", args=[cluster.slug])

    assert manager_client.post(start, {"way": "copy", "of": foreign.pk}).status_code == 404


# ---- questions ----


def test_a_question_is_added_with_a_short_name_made_of_its_text(questionnaire, manager_client):
    posted = {"kind": "text", "section": "1", "label-de": "Welche Größe?", "act": "save"}
    manager_client.post(url("question-new", questionnaire), posted)

    assert asked(questionnaire) == ["topics", "words", "welche_groesse"]


def test_a_question_is_changed(questionnaire, manager_client):
    manager_client.post(
        url("question", questionnaire, 2), form_of(questionnaire, 2, **{"label-en": "Say it"})
    )

    assert fresh(questionnaire).definition.question("words").label["en"] == "Say it"


def test_buttons_that_work_on_the_form_store_nothing(questionnaire, manager_client):
    posted = form_of(questionnaire, 2, act="kind", kind="single")
    response = manager_client.post(url("question", questionnaire, 2), posted)

    assert (response.status_code, fresh(questionnaire).version) == (200, 1)


def test_a_faulty_question_is_saved_and_reported_on_top(questionnaire, manager_client):
    posted = {
        "kind": "single",
        "section": "1",
        "label-de": "Ohne Antworten",
        "act": "save",
        "option-count": "0",
    }
    manager_client.post(url("question-new", questionnaire), posted)
    faults = manager_client.get(url("detail", questionnaire)).context["faults"]

    assert [(fault.where, fault.place) for fault in faults] == [("question", 3)]


def test_a_number_that_is_none_is_refused_and_stays_in_the_form(questionnaire, manager_client):
    posted = {"kind": "number", "section": "1", "label-de": "Wie viele?", "low": "zwölf", "act": "save"}
    response = manager_client.post(url("question-new", questionnaire), posted)

    assert (response.status_code, 'value="zwölf"' in response.content.decode()) == (422, True)


def test_a_short_name_that_is_taken_is_refused_and_stays_in_the_form(questionnaire, manager_client):
    response = manager_client.post(
        url("question", questionnaire, 2), form_of(questionnaire, 2, code="topics")
    )

    assert (response.status_code, asked(questionnaire)) == (422, ["topics", "words"])


def test_a_nested_condition_survives_a_change_of_the_text(questionnaire, manager_client):
    nested = Some((Some((Answered("topics"), Compare("topics", "is", "none"))), Answered("topics")))
    definition = questionnaire.definition
    deep = editing.question_at(definition, 2)
    deep = Question(**{**deep.__dict__, "show_if": nested})
    services.store_draft(
        questionnaire=questionnaire,
        expected_version=1,
        definition=editing.replace_question(definition, 2, deep),
    )
    manager_client.post(url("question", questionnaire, 2), form_of(questionnaire, 2, **{"label-de": "Tief"}))

    assert fresh(questionnaire).definition.question("words").show_if == nested


@pytest.mark.parametrize("place", [0, 3, 999999999])
def test_a_question_that_is_not_there_is_not_found(questionnaire, manager_client, place):
    assert manager_client.get(url("question", questionnaire, place)).status_code == 404


# ---- two people ----


def test_two_people_may_change_two_questions_at_once(questionnaire, manager_client):
    first = form_of(questionnaire, 1, **{"label-en": "First", "kind": "text"})
    second = form_of(questionnaire, 2, **{"label-en": "Second"})
    manager_client.post(url("question", questionnaire, 1), first)
    manager_client.post(url("question", questionnaire, 2), second)

    assert [q.label["en"] for q in fresh(questionnaire).definition.questions()] == ["First", "Second"]


def test_the_second_of_two_who_change_a_question_loses_nothing(questionnaire, manager_client):
    first, second = (form_of(questionnaire, 2, **{"label-en": text}) for text in ("First", "Second"))
    manager_client.post(url("question", questionnaire, 2), first)
    response = manager_client.post(url("question", questionnaire, 2), second)
    page = response.content.decode()

    assert (response.status_code, "Second</textarea>" in page, "In Ihren Worten / First" in page) == (
        409,
        True,
        True,
    )


def test_after_a_conflict_saving_again_keeps_what_was_typed(questionnaire, manager_client):
    first, second = (form_of(questionnaire, 2, **{"label-en": text}) for text in ("First", "Second"))
    manager_client.post(url("question", questionnaire, 2), first)
    response = manager_client.post(url("question", questionnaire, 2), second)
    manager_client.post(url("question", questionnaire, 2), second | {"seen": response.context["seen"]})

    assert fresh(questionnaire).definition.question("words").label["en"] == "Second"


def test_a_question_that_was_moved_meanwhile_is_found_by_its_short_name(questionnaire, manager_client):
    posted = form_of(questionnaire, 2, **{"label-en": "Still me"})
    arranged(manager_client, questionnaire, "up:2")
    manager_client.post(url("question", questionnaire, 2), posted)

    assert fresh(questionnaire).definition.question("words").label["en"] == "Still me"


def test_a_question_that_was_taken_out_meanwhile_can_be_added_anew(questionnaire, manager_client):
    posted = form_of(questionnaire, 2, **{"label-en": "Not lost"})
    arranged(manager_client, questionnaire, "remove:2")
    response = manager_client.post(url("question", questionnaire, 2), posted)
    manager_client.post(response.context["action"], posted)

    assert (response.status_code, asked(questionnaire)) == (409, ["topics", "words"])


def test_who_arranges_an_old_page_is_told_and_nothing_happens(questionnaire, manager_client):
    response = manager_client.post(url("arrange", questionnaire), {"version": 9, "act": "remove:1"})

    assert (response.status_code, asked(questionnaire)) == (409, ["topics", "words"])


def test_the_frame_shows_both_versions_to_the_second_writer(questionnaire, manager_client):
    posted = {"name": "Mine", "purpose": "survey", "main_language": "de", "version": 7}
    response = manager_client.post(url("frame", questionnaire), posted)

    assert (response.status_code, 'value="Mine"' in response.content.decode()) == (409, True)


def test_a_section_that_changed_meanwhile_is_a_conflict(questionnaire, manager_client):
    posted = {"was": "needs", "seen": "old", "title-de": "Anders", "title-en": "Other", "act": "save"}

    assert manager_client.post(url("section", questionnaire, 1), posted).status_code == 409


# ---- order ----


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("up:2", ["words", "topics"]),
        ("down:1", ["words", "topics"]),
        ("up:1", ["topics", "words"]),
        ("duplicate:1", ["topics", "topics_2", "words"]),
        ("remove:1", ["words"]),
        ("section-remove:1", []),
    ],
)
def test_buttons_arrange_the_questions(questionnaire, manager_client, act, expected):
    arranged(manager_client, questionnaire, act)

    assert asked(questionnaire) == expected


@pytest.mark.parametrize("act", ["up:9", "remove:0", "fly:1", "", "remove:x"])
def test_an_act_that_cannot_be_done_is_refused(questionnaire, manager_client, act):
    assert arranged(manager_client, questionnaire, act).status_code == 422


@pytest.mark.parametrize("act", ["remove:1", "section-remove:1"])
def test_one_press_brings_back_what_was_taken_out(questionnaire, manager_client, act):
    response = manager_client.post(url("arrange", questionnaire), {"version": 1, "act": act}, follow=True)
    undo_url = next(str(message.extra_tags).removeprefix("undo:") for message in response.context["messages"])
    manager_client.post(undo_url)

    assert asked(questionnaire) == ["topics", "words"]


def test_a_section_is_added_and_changed(questionnaire, manager_client):
    manager_client.post(url("section-new", questionnaire), {"title-de": "Zum Schluss", "act": "save"})
    section = fresh(questionnaire).definition.sections[1]
    posted = {"was": section.code, "seen": section_digest(section), "title-de": "Ende", "act": "save"}
    manager_client.post(url("section", questionnaire, 2), posted)

    assert [each.title["de"] for each in fresh(questionnaire).definition.sections] == ["Bedarf", "Ende"]


# ---- frame ----


def test_languages_are_changed_and_texts_of_a_lost_one_stay(questionnaire, manager_client):
    posted = {
        "name": "Renamed",
        "purpose": "call",
        "main_language": "en",
        "languages_too": ["da"],
        "title-de": "Bedarf im Ausland",
        "title-en": "Needs abroad",
        "version": 1,
    }
    manager_client.post(url("frame", questionnaire), posted)
    kept = fresh(questionnaire)

    assert (kept.name, kept.purpose, kept.definition.languages, kept.definition.title["de"]) == (
        "Renamed",
        "call",
        ("en", "da"),
        "Bedarf im Ausland",
    )


def test_a_frame_without_a_name_is_refused(questionnaire, manager_client):
    posted = {"name": "", "purpose": "survey", "main_language": "de", "version": 1}

    assert manager_client.post(url("frame", questionnaire), posted).status_code == 422


# ---- preview ----


def test_the_preview_speaks_the_language_asked_for(questionnaire, manager_client):
    page = manager_client.get(url("preview", questionnaire), {"language": "de"}).content.decode()

    assert "Was brauchen Sie im Ausland?" in page


def test_trying_it_out_tells_the_faults_and_stores_nothing(questionnaire, manager_client):
    response = manager_client.post(url("preview", questionnaire), {})

    assert (response.status_code, len(response.context["shown"].problems), fresh(questionnaire).version) == (
        422,
        1,
        1,
    )


def test_trying_it_out_without_faults_says_so(questionnaire, manager_client):
    response = manager_client.post(url("preview", questionnaire), {"q-topics": ["market_access"]})

    assert (response.status_code, "This could be sent" in response.content.decode()) == (200, True)


@pytest.mark.parametrize("page", ["detail", "preview", "release", "question", "section", "frame"])
def test_hostile_texts_are_shown_and_never_run(cluster, manager_client, page):
    texts = {"de": HOSTILE, "en": HOSTILE}
    question = Question("q", Kind.TEXT, texts, help=texts)
    draft = to_json(
        Definition(texts, ("de", "en"), (Section("s", texts, (question,), intro=texts),), intro=texts)
    )
    questionnaire = QuestionnaireFactory(cluster=cluster, name=HOSTILE, draft=draft)
    args = [1] if page in ("question", "section") else []
    told = manager_client.get(url(page, questionnaire, *args)).content.decode()

    assert ("<script>alert" in told, html.escape(HOSTILE) in told) == (False, True)


# ---- release ----


def test_a_release_freezes_the_draft(questionnaire, manager_client):
    manager_client.post(url("release", questionnaire), {"version": 1})
    arranged(manager_client, questionnaire, "remove:2")

    assert [q.code for q in questionnaire.versions.get().asked.questions()] == ["topics", "words"]


def test_a_draft_that_changed_since_it_was_looked_at_is_not_released(questionnaire, manager_client):
    response = manager_client.post(url("release", questionnaire), {"version": 5})

    assert (response.status_code, questionnaire.versions.count()) == (409, 0)


def test_a_faulty_draft_is_not_released(cluster, manager_client):
    questionnaire = QuestionnaireFactory(cluster=cluster, draft=to_json(Definition({}, ("de",), ())))
    response = manager_client.post(url("release", questionnaire), {"version": 1})

    assert (response.status_code, questionnaire.versions.count()) == (422, 0)


def test_a_version_tells_what_the_draft_has_changed(questionnaire, manager, manager_client):
    version = services.release(questionnaire=questionnaire, user=manager)
    arranged(manager_client, questionnaire, "remove:2")
    page = reverse("questionnaires:version", args=[questionnaire.cluster.slug, version.pk])
    changes = manager_client.get(page).context["changes"]

    assert [(change.what, change.code) for change in changes] == [("removed", "words")]


# ---- away ----


def test_a_questionnaire_is_put_away_and_taken_out_again(questionnaire, manager_client):
    states = []
    for _ in range(2):
        manager_client.post(url("archive", questionnaire))
        states.append(fresh(questionnaire).is_archived)

    assert states == [True, False]


def test_one_that_was_never_released_is_deleted_by_name(questionnaire, manager_client):
    manager_client.post(url("delete", questionnaire), {"confirm_name": "needs 2026"})

    assert not Questionnaire.objects.exists()


def test_a_wrong_name_deletes_nothing(questionnaire, manager_client):
    response = manager_client.post(url("delete", questionnaire), {"confirm_name": "Needs"})

    assert (response.status_code, Questionnaire.objects.count()) == (422, 1)


def test_one_that_was_released_is_not_deleted(questionnaire, manager, manager_client):
    services.release(questionnaire=questionnaire, user=manager)
    response = manager_client.post(url("delete", questionnaire), {"confirm_name": "Needs 2026"})

    assert (response.status_code, Questionnaire.objects.count()) == (409, 1)


def test_one_that_a_survey_prepares_is_not_deleted(questionnaire, manager_client):
    SurveyFactory(
        cluster=questionnaire.cluster, questionnaire=questionnaire, version_asked=None, state="draft"
    )
    response = manager_client.post(url("delete", questionnaire), {"confirm_name": "Needs 2026"})

    assert (response.status_code, Questionnaire.objects.count()) == (409, 1)


# ---- who ----


@pytest.mark.parametrize("kind", [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.PARTNER, RoleKind.FUNDER])
@pytest.mark.parametrize("page", ["detail", "preview", "release", "frame"])
def test_only_the_management_opens_questionnaires(questionnaire, client_of, key_to, kind, page):
    assert client_of(key_to(kind)).get(url(page, questionnaire)).status_code == 403


def test_a_part_that_was_taken_out_elsewhere_cannot_be_brought_back_here(questionnaire, manager_client):
    key = reverse("questionnaires:restore", args=[questionnaire.cluster.slug, "nothing"])

    assert manager_client.post(key).status_code == 404


def test_a_sound_draft_has_nothing_to_mend(questionnaire, manager_client):
    context = manager_client.get(url("detail", questionnaire)).context

    assert (context["faults"], context["gaps"], context["number"]) == (
        (),
        (),
        len(list(small_definition().questions())),
    )
