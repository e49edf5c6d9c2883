"""The final version: kept word for word, provably unchanged, in both languages; amended by new rounds."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from kontor.agreements import services
from kontor.agreements.comparing import compare
from kontor.agreements.content import agreement_content
from kontor.agreements.documents import agreement_report
from kontor.agreements.models import Agreement, AgreementVersion, Side
from kontor.agreements.papers import draft_report, version_report
from kontor.agreements.queries import progress, sheet_of
from kontor.agreements.services.freezing import digest_of
from kontor.agreements.showing import changes_between
from kontor.agreements.speaker import Speaker
from kontor.agreements.texts import texts_of
from kontor.agreements.turns import Progress
from kontor.jobs.models import Job
from kontor.reports.docx import render_docx
from kontor.reports.model import Report
from kontor.reports.pdf import render_pdf
from tests.agreements.factories import THEM, US, current, negotiated, refused, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(cluster, manager) -> AgreementVersion:
    """Return the first version of an agreement of three clauses."""
    return services.freeze(agreement=settled(cluster, manager), user=manager)


def in_word(report: Report) -> str:
    document = Document(io.BytesIO(render_docx(report)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def in_pdf(report: Report) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(report))).pages)
    return " ".join(text.split())


def change(agreement: Agreement, code: str, speaker: Speaker, english: str) -> None:
    clause = agreement.clauses.get(code=code)
    text = {**texts_of(current(clause).text), "en": english}
    services.propose(
        clause=clause,
        speaker=speaker,
        heading=texts_of(clause.heading),
        text=text,
        expected_version=clause.version,
        is_in_line=True,
    )


def test_the_version_holds_every_clause_with_who_accepted_it_when(agreed):
    clause = agreed.content["clauses"][2]

    assert (agreed.number, agreed.languages, len(agreed.content["clauses"])) == (1, ["de", "en"], 3)
    assert clause["heading"] == {"de": "Wie oft wir sprechen", "en": "How often we talk"}
    assert set(clause["accepted"]) == {"us", "them"}
    assert clause["accepted"]["them"]["name"] == THEM.name


def test_the_agreement_is_agreed_from_then_on(agreed):
    agreement = agreed.agreement
    agreement.refresh_from_db()

    assert (agreement.state, agreement.agreed_at) == (Agreement.State.AGREED, agreed.frozen_at)


def test_all_who_take_part_are_told_by_a_job(agreed):
    job = Job.objects.get()

    assert (job.kind, job.argument) == ("agreements.send_version", {"version": agreed.pk})


def test_nothing_is_frozen_while_a_clause_is_open(cluster, manager):
    agreement = negotiated(cluster, manager)
    with refused("agreement.not_settled"):
        services.freeze(agreement=agreement, user=manager)

    assert AgreementVersion.objects.count() == 0


def test_an_agreement_without_clauses_is_not_frozen(cluster, manager):
    agreement = settled(cluster, manager)
    for clause in agreement.clauses.all():
        removal = services.propose_removal(clause=clause, speaker=US, expected_version=clause.version)
        services.accept(wording=removal, speaker=THEM)
    with refused("agreement.not_settled"):
        services.freeze(agreement=agreement, user=manager)


def test_the_check_number_is_stable_and_betrays_every_change(agreed):
    again = AgreementVersion.objects.get(pk=agreed.pk)
    before = services.is_intact(again)
    again.content["clauses"][0]["text"]["en"] += " And more."

    assert (before, services.is_intact(again)) == (True, False)
    assert digest_of(agreed.content, agreed.reports) == agreed.digest


def test_what_happens_later_changes_nothing_in_the_version(agreed, cluster, manager):
    before = (agreed.content, agreed.reports, agreed.digest)
    services.begin_amendment(agreement=agreed.agreement, reason="More.")
    change(agreed.agreement, "rhythm", US, "We talk daily.")
    Agreement.objects.update(our_name="Somebody else")
    manager.delete()
    again = AgreementVersion.objects.get(pk=agreed.pk)

    assert (again.content, again.reports, again.digest) == before
    assert services.is_intact(again)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            [
                "Kooperationsprotokoll zwischen Nord und Brainport",
                "§ 3 Wie oft wir sprechen",
                "Die Ansprechpersonen sprechen monatlich miteinander",
                "Wer vereinbart",
                "Unterschriften",
                "Für Brainport",
                "Wie es vereinbart wurde",
                "Jan de Vries",
                "Prüfzahl dieser Version",
            ],
        ),
        (
            "en",
            [
                "Cooperation protocol between Nord and Brainport",
                "§ 3 How often we talk",
                "The contact persons talk monthly",
                "Who agrees",
                "Signatures",
                "For Brainport",
                "How it was agreed",
                "Jan de Vries",
                "Check number of this version",
            ],
        ),
    ],
)
def test_word_and_pdf_say_the_same_in_each_language(agreed, language, words):
    report = version_report(agreed, language)
    word, pdf = in_word(report), in_pdf(report)

    assert [each for each in words if each not in word] == []
    assert [each for each in words if each not in pdf.replace("- ", "-")] == []
    assert agreed.digest in word


def test_what_was_typed_is_printed_sign_by_sign(cluster, manager):
    agreement = settled(cluster, manager, clause_codes=["rhythm"])
    typed = "1. *Not* a _list_ # or `code`\n# 4 no heading <b>&amp;</b>\n- a point\n- [x](http://evil)"
    change(agreement, "rhythm", US, typed)
    sheet = sheet_of(agreement)
    word = in_word(draft_report(sheet, "en"))

    for line in (
        "1. *Not* a _list_ # or `code`",
        "# 4 no heading <b>&amp;</b>",
        "a point",
        "[x](http://evil)",
    ):
        assert line in word


def test_the_draft_says_so_and_asks_for_no_signature(cluster, manager):
    agreement = negotiated(cluster, manager)
    services.accept(wording=current(agreement.clauses.get(code="purpose")), speaker=THEM)
    words = in_word(draft_report(sheet_of(agreement), "en"))

    assert "not agreed yet" in words
    assert ("Accepted by both sides." in words, words.count("Open: proposed by")) == (True, 2)
    assert ("Signatures" in words, "Check number" in words) == (False, False)


def test_internal_notes_stand_in_no_paper(cluster, manager):
    agreement = settled(cluster, manager)
    services.comment(clause=agreement.clauses.first(), speaker=US, text="Our secret", is_internal=True)
    services.comment(clause=agreement.clauses.first(), speaker=US, text="Our remark")
    draft = in_word(draft_report(sheet_of(agreement), "en"))
    version = services.freeze(agreement=agreement, user=manager)

    assert "secret" not in draft
    assert "secret" not in str(version.content) + str(version.reports)


def test_the_same_content_makes_the_same_paper(agreed):
    assert agreement_report(agreed.content, language="en") == agreement_report(agreed.content, language="en")


def test_an_amendment_makes_a_second_version_beside_the_first(agreed, manager):
    agreement = services.begin_amendment(agreement=agreed.agreement, reason="We want to talk more.")
    change(agreement, "rhythm", US, "We talk daily.")
    clause = agreement.clauses.get(code="rhythm")
    services.accept(wording=current(clause), speaker=THEM)
    second = services.freeze(agreement=agreement, user=manager)
    changes = compare(agreed.content, second.content, "en")

    assert (second.number, agreement.versions.count()) == (2, 2)
    assert [each.kind for each in changes] == ["kept", "kept", "changed"]
    assert "We want to talk more." in in_word(version_report(second, "en"))


def test_an_amendment_without_a_change_makes_no_version(agreed, manager):
    agreement = services.begin_amendment(agreement=agreed.agreement, reason="Why not.")
    with refused("agreement.nothing_amended"):
        services.freeze(agreement=agreement, user=manager)


def test_an_amendment_needs_a_reason(agreed):
    with refused("agreement.no_reason"):
        services.begin_amendment(agreement=agreed.agreement, reason="  ")


def test_giving_up_an_amendment_brings_back_what_was_agreed(agreed, manager):
    agreement = services.begin_amendment(agreement=agreed.agreement, reason="We want to talk more.")
    change(agreement, "rhythm", THEM, "We talk daily.")
    services.add_clause(
        agreement=agreement,
        speaker=US,
        group="money",
        heading={"en": "New", "de": "Neu"},
        text={"en": "x", "de": "x"},
    )
    gone = agreement.clauses.get(code="own_costs")
    removal = services.propose_removal(clause=gone, speaker=US, expected_version=gone.version)
    services.accept(wording=removal, speaker=THEM)
    services.move_clause(clause=agreement.clauses.get(code="rhythm"), steps=-5)
    back = services.withdraw_amendment(agreement=agreement)
    now = agreement_content(sheet_of(back), number=0, at=timezone.now(), by="")

    assert back.state == Agreement.State.AGREED
    assert now["clauses"] == agreed.content["clauses"]
    assert progress(back) == Progress(settled=3, gone=1)


def test_there_is_no_amendment_to_give_up_before_the_first_version(cluster, manager):
    with refused("agreement.not_amended"):
        services.withdraw_amendment(agreement=negotiated(cluster, manager))


def test_what_is_in_force_cannot_be_given_up(agreed):
    agreement = services.begin_amendment(agreement=agreed.agreement, reason="More.")
    with refused("agreement.is_in_force"):
        services.cancel_agreement(agreement=agreement)


def test_after_a_withdrawn_amendment_numbers_go_on(agreed):
    agreement = services.begin_amendment(agreement=agreed.agreement, reason="More.")
    change(agreement, "rhythm", US, "We talk daily.")
    services.withdraw_amendment(agreement=agreement)
    services.begin_amendment(agreement=agreement, reason="Again.")
    change(agreement, "rhythm", THEM, "We talk weekly.")
    numbers = [(each.number, each.round) for each in agreement.clauses.get(code="rhythm").wordings.all()]

    assert numbers == [(1, 1), (2, 2), (3, 3)]


def test_signatures_are_noted_beside_the_version(agreed, manager):
    day = timezone.localdate(agreed.frozen_at)
    signed = {"place": "Kiel", "by_us": "Anna Brandt", "by_them": "Jan de Vries", "user": manager}
    services.note_signing(version=agreed, signed_on=day, **signed)
    services.note_signing(version=agreed, signed_on=day, **{**signed, "place": "Eindhoven"})

    assert AgreementVersion.objects.get().signing.place == "Eindhoven"
    assert services.is_intact(AgreementVersion.objects.get())


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (lambda: timezone.localdate() + timedelta(days=1), "signing.in_the_future"),
        (lambda: date(2001, 1, 1), "signing.before_it_was_agreed"),
    ],
)
def test_signatures_on_impossible_days_are_refused(agreed, manager, day, code):
    with refused(code):
        services.note_signing(
            version=agreed, signed_on=day(), place="Kiel", by_us="A", by_them="B", user=manager
        )


def test_a_change_is_told_in_phrases_not_word_by_word():
    (paragraph,) = changes_between(
        {"en": "They talk every six weeks, always."}, {"en": "They talk once a month, always."}, "en"
    )

    assert [(run.kind, run.text) for run in paragraph.runs] == [
        ("kept", "They talk "),
        ("removed", "every six weeks"),
        ("added", "once a month"),
        ("kept", ", always."),
    ]
    assert changes_between({"en": "Same."}, {"en": "Same."}, "en") == ()


def test_comparing_tells_new_gone_and_moved_clauses():
    def clause(key: int) -> dict[str, object]:
        return {"id": key, "heading": {"en": f"H{key}"}, "text": {"en": f"T{key}"}}

    changes = compare(
        {"clauses": [clause(1), clause(2), clause(3)]}, {"clauses": [clause(3), clause(4), clause(1)]}, "en"
    )

    assert [(each.kind, each.old_number, each.new_number, each.has_moved) for each in changes] == [
        ("kept", 3, 1, True),
        ("added", 0, 2, False),
        ("kept", 1, 3, True),
        ("removed", 2, 0, False),
    ]


def test_sides_are_each_others_other():
    assert (Side.US.other, Side.THEM.other) == (Side.THEM, Side.US)
