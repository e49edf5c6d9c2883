"""Drafts: clauses of the catalogue, filled in, changed, left out and put in another order."""

from __future__ import annotations

import pytest

from kontor.accounts.services import EditConflict
from kontor.agreements import services
from kontor.agreements.models import Acceptance, Agreement, Clause, Side
from kontor.agreements.queries import agreement_of, progress, sheet_of
from kontor.agreements.texts import gaps_in, texts_of
from kontor.agreements.turns import Progress
from tests.agreements.factories import THEM, US, current, drafted, negotiated, refused

pytestmark = pytest.mark.django_db


def headings(agreement: Agreement) -> list[str]:
    return [texts_of(each.clause.heading)["en"] for each in sheet_of(agreement).clauses]


def test_a_draft_takes_the_ticked_clauses_in_the_order_of_the_catalogue():
    agreement = drafted(clause_codes=["rhythm", "purpose"])

    assert headings(agreement) == ["Why we work together", "How often we talk"]


def test_names_and_answers_stand_in_the_clauses_of_both_languages(cluster, manager):
    agreement = drafted(cluster, manager)
    texts = texts_of(current(agreement.clauses.get(code="rhythm")).text)

    assert "sprechen monatlich miteinander" in texts["de"]
    assert "talk monthly, even" in texts["en"]
    assert texts_of(agreement.title) == {
        "de": "Kooperationsprotokoll zwischen Nord und Brainport",
        "en": "Cooperation protocol between Nord and Brainport",
    }


def test_what_is_not_known_yet_stays_as_a_visible_gap():
    agreement = drafted(filled_in={})

    assert gaps_in(current(agreement.clauses.get(code="purpose")).text) == [
        "[… Gemeinsames Fachgebiet]",
        "[… Common field]",
    ]


def test_a_draft_in_one_language_holds_that_language_alone():
    agreement = drafted(languages=["en"])

    assert {tuple(texts_of(current(each).text)) for each in agreement.clauses.all()} == {("en",)}


def test_whoever_drafts_speaks_for_the_own_side(manager, cluster):
    agreement = drafted(cluster, manager)
    ours = agreement.negotiators.get()

    assert (ours.side, ours.user, ours.organisation) == (Side.US, manager, "Nord")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "marriage"}, "agreement.kind_unknown"),
        ({"languages": ["fr"]}, "agreement.no_language"),
        ({"counterpart": "  "}, "agreement.no_counterpart"),
        ({"clause_codes": ["purpose", "dowry"]}, "clause.not_in_the_catalogue"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_with_its_reason(fields, code):
    with refused(code):
        drafted(**fields)

    assert Agreement.objects.count() == 0


def test_a_room_above_finds_its_agreement_by_reference(cluster, manager):
    given_up = drafted(cluster, manager, reference="cooperation:7")
    services.cancel_agreement(agreement=given_up)
    agreement = drafted(cluster, manager, reference="cooperation:7")
    drafted(cluster, manager)

    assert agreement_of(cluster, "cooperation:7") == agreement
    assert agreement_of(cluster, "cooperation:8") is None
    assert agreement_of(cluster, "") is None


def test_a_draft_is_changed_in_place_and_leaves_no_trace_for_the_other_side():
    clause = drafted().clauses.get(code="purpose")
    services.propose(
        clause=clause,
        speaker=US,
        heading={"de": "Zweck", "en": "Purpose"},
        text={"de": "Gut", "en": "Good"},
        expected_version=clause.version,
    )

    assert [(each.number, str(each.text)) for each in clause.wordings.all()] == [(1, "Good")]
    assert Acceptance.objects.count() == 0


def test_a_clause_of_a_draft_can_be_left_out_and_put_back():
    agreement = drafted()
    clause = agreement.clauses.get(code="own_costs")
    services.propose_removal(clause=clause, speaker=US, expected_version=clause.version)
    left_out = headings(agreement)
    services.add_from_catalogue(agreement=agreement, code="own_costs", speaker=US)

    assert left_out == ["Why we work together", "How often we talk"]
    assert headings(agreement) == [
        "Why we work together",
        "Each side bears its own costs",
        "How often we talk",
    ]


def test_opening_forgets_what_was_left_out_of_the_draft():
    agreement = drafted()
    clause = agreement.clauses.get(code="own_costs")
    services.propose_removal(clause=clause, speaker=US, expected_version=clause.version)
    services.open_negotiation(agreement=agreement, speaker=US)

    assert [each.code for each in agreement.clauses.all()] == ["purpose", "rhythm"]


def test_opening_counts_as_our_acceptance_where_nothing_is_open():
    agreement = drafted(filled_in={"field": {"de": "Sensorik", "en": "sensors"}})
    services.open_negotiation(agreement=agreement, speaker=US)

    assert progress(agreement) == Progress(waiting_them=2, open=1)


def test_an_agreement_without_clauses_is_not_opened():
    agreement = drafted(clause_codes=[])
    with refused("agreement.no_clauses"):
        services.open_negotiation(agreement=agreement, speaker=US)


def test_an_own_clause_stands_behind_the_others_of_its_subject():
    agreement = drafted(clause_codes=["purpose", "own_costs", "rhythm"])
    services.add_clause(
        agreement=agreement,
        speaker=US,
        group="money",
        heading={"en": "Prizes", "de": "Preise"},
        text={"en": "We share.", "de": "Wir teilen."},
    )

    assert headings(agreement) == [
        "Why we work together",
        "Each side bears its own costs",
        "Prizes",
        "How often we talk",
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"group": "weather"}, "clause.group_unknown"),
        ({"heading": {"en": " "}}, "wording.empty"),
        ({"text": {"en": "x" * 20_001}}, "wording.too_long"),
        ({"heading": {"de": "Preise"}}, "wording.empty"),
    ],
)
def test_an_own_clause_that_cannot_be_is_refused(fields, code):
    agreement = drafted()
    given = {"group": "money", "heading": {"en": "Prizes"}, "text": {"en": "We share."}, **fields}
    with refused(code):
        services.add_clause(agreement=agreement, speaker=US, **given)

    assert agreement.clauses.count() == 3


def test_a_catalogue_clause_is_there_once():
    agreement = drafted()
    with refused("clause.is_there"):
        services.add_from_catalogue(agreement=agreement, code="purpose", speaker=US)


def test_a_later_clause_of_the_catalogue_uses_the_answers_of_the_draft():
    agreement = drafted(filled_in={"visits": {"de": "jährlich", "en": "every year"}})
    clause = services.add_from_catalogue(agreement=agreement, code="visits", speaker=US)

    assert "We visit each other every year," in texts_of(current(clause).text)["en"]


@pytest.mark.parametrize(
    ("code", "steps", "order"),
    [
        ("purpose", 1, ["own_costs", "purpose", "rhythm"]),
        ("rhythm", -1, ["purpose", "rhythm", "own_costs"]),
        ("rhythm", -9, ["rhythm", "purpose", "own_costs"]),
        ("purpose", -1, ["purpose", "own_costs", "rhythm"]),
    ],
)
def test_clauses_change_places(code, steps, order):
    agreement = drafted()
    services.move_clause(clause=agreement.clauses.get(code=code), steps=steps)

    assert [each.clause.code for each in sheet_of(agreement).clauses] == order


def test_the_second_editor_of_the_head_is_told():
    agreement = drafted()
    head = {"our_name": "Nord", "counterpart": "Süd", "title": {"de": "Neu"}}
    services.update_agreement(agreement=agreement, expected_version=1, **head)
    with pytest.raises(EditConflict):
        services.update_agreement(agreement=agreement, expected_version=1, **{**head, "counterpart": "West"})

    agreement.refresh_from_db()
    assert agreement.counterpart == "Süd"


def test_only_a_draft_can_be_thrown_away():
    draft, open_one = drafted(), negotiated()
    services.delete_draft(agreement=draft)
    with refused("agreement.is_open"):
        services.delete_draft(agreement=open_one)

    assert list(Agreement.objects.all()) == [open_one]
    assert Clause.objects.filter(agreement=open_one).count() == 3


def test_what_was_given_up_can_be_taken_up_again():
    agreement = negotiated()
    services.cancel_agreement(agreement=agreement)
    clause = agreement.clauses.first()
    with refused("agreement.is_cancelled"):
        services.comment(clause=clause, speaker=THEM, text="Hello?")

    assert services.resume_agreement(agreement=agreement).state == Agreement.State.NEGOTIATING
