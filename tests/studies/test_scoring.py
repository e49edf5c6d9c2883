"""Scores are kept cell by cell as typed, and count once they are handed in."""

from datetime import date

import pytest
from auditlog.models import LogEntry

from kontor.studies.forms.scores import fields_of_score, read_cell
from kontor.studies.models import Assessor, Score
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.queries.sheets import own_scores, table, words_on
from kontor.studies.services import judging
from kontor.studies.services.judging import Judgement, ScoreSavedElsewhere
from kontor.studies.services.scoring import Kept, keep_cell
from kontor.studies.shown_scores import shown_table
from tests.studies.factories import AssessorFactory, ScoreFactory, StudyCriterionFactory, frozen, made_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cluster):
    return made_study([[None, None], [None, None]], cluster=cluster, state="judging")


@pytest.fixture
def assessor(study):
    return AssessorFactory(study=study)


@pytest.fixture
def candidate(study):
    return study.candidates.first()


@pytest.fixture
def criterion(study):
    return study.criteria.first()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"value": "4"}, (4, 4, 4)),
        ({"value": "4", "low": "3", "high": "5"}, (4, 3, 5)),
        ({"low": "3", "high": "4"}, (3.5, 3, 4)),
        ({"low": "3"}, (4, 3, 5)),
        ({"value": "2", "high": "4"}, (2, 1, 4)),
        ({"value": "3,5"}, (3.5, 3.5, 3.5)),
        ({"value": "4", "unknown": "1"}, (None, None, None)),
    ],
)
def test_a_cell_reads_as_value_range_or_not_known(criterion, fields, expected):
    read = read_cell(fields, criterion)

    assert (read and (read.value, read.low, read.high)) == expected


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"value": "viel"}, "score.not_a_number"),
        ({"value": "9"}, "score.outside"),
        ({"value": "4", "low": "5"}, "score.range_reversed"),
        ({"evidence": "Seen it"}, "score.no_value"),
        ({"value": "4", "as_of": "gestern"}, "score.not_a_day"),
        ({"value": "4", "source_url": "javascript:alert(1)"}, "score.bad_link"),
        ({"value": "4", "source_url": "nonsense"}, "score.bad_link"),
    ],
)
def test_what_cannot_be_read_is_named(criterion, fields, code):
    with pytest.raises(StudyError, match=rf"^{code}$"):
        read_cell(fields, criterion)


@pytest.mark.parametrize(
    ("fields", "code"), [({"low": "3"}, "score.range_open"), ({"value": "1e300"}, "score.not_a_number")]
)
def test_an_open_scale_asks_for_both_ends(criterion, fields, code):
    criterion.scale_low = criterion.scale_high = None

    with pytest.raises(StudyError, match=rf"^{code}$"):
        read_cell(fields, criterion)


def test_a_stored_score_reads_back_as_it_was_typed(criterion):
    fields = {
        "value": "3,5",
        "low": "3",
        "high": "4",
        "confidence": "3",
        "evidence": "Report",
        "source": "Web",
        "source_url": "https://example.org/a",
        "as_of": "2026-01-15",
    }
    score = judging.written(Score(), read_cell(fields, criterion))

    assert (fields_of_score(score, "de"), score.as_of) == (fields, date(2026, 1, 15))


def keep(assessor, candidate, criterion, edition=0, **fields):
    stored = Score.objects.filter(assessor=assessor, candidate=candidate, criterion=criterion).first()
    return keep_cell(
        assessor=assessor,
        candidate=candidate,
        criterion=criterion,
        fields=fields,
        edition=edition,
        stored=stored,
    )


def test_a_cell_is_kept_changed_and_emptied(assessor, candidate, criterion):
    first = keep(assessor, candidate, criterion, value="4")
    second = keep(assessor, candidate, criterion, first.edition, unknown="1")
    third = keep(assessor, candidate, criterion, second.edition)

    assert [(each.edition, each.is_saved) for each in (first, second, third)] == [
        (1, True),
        (2, True),
        (0, True),
    ]
    assert own_scores(assessor) == {}


def test_two_devices_do_not_overwrite_each_other(assessor, candidate, criterion):
    keep(assessor, candidate, criterion, value="4")

    kept = keep(assessor, candidate, criterion, 0, value="2")

    assert (kept.status, kept.edition, kept.theirs.value, kept.fields) == (409, 1, 4, {"value": "2"})
    assert keep(assessor, candidate, criterion, kept.edition, value="2").is_saved


def test_what_cannot_be_read_is_kept_as_typed(assessor, candidate, criterion):
    kept = keep(assessor, candidate, criterion, value="viel", evidence="A lot")

    assessor.refresh_from_db()
    key = f"{candidate.pk}:{criterion.pk}"
    again = Kept.read(None, assessor.typed[key], criterion, "en")
    assert (kept.status, assessor.typed, again.problem.code) == (
        422,
        {key: {"value": "viel", "evidence": "A lot"}},
        "score.not_a_number",
    )


def test_once_it_can_be_read_it_becomes_a_score(assessor, candidate, criterion):
    keep(assessor, candidate, criterion, value="viel")
    keep(assessor, candidate, criterion, value="5")

    assessor.refresh_from_db()
    assert (assessor.typed, Score.objects.get().value) == ({}, 5)


def test_an_untouched_cell_writes_nothing(assessor, candidate, criterion, django_assert_num_queries):
    ScoreFactory(candidate=candidate, criterion=criterion, assessor=assessor, value=4.0)
    stored = Score.objects.get()

    with django_assert_num_queries(0):
        kept = keep_cell(
            assessor=assessor,
            candidate=candidate,
            criterion=criterion,
            fields={"value": "4", "confidence": "2", "evidence": ""},
            edition=1,
            stored=stored,
        )

    assert (kept.is_saved, kept.edition) == (False, 1)


def test_drafts_leave_no_trace_and_handed_in_scores_do(assessor, candidate, criterion):
    keep(assessor, candidate, criterion, value="4")
    before = LogEntry.objects.get_for_model(Score).count()
    judging.hand_in_scores(assessor=assessor)
    keep(Assessor.objects.get(), candidate, criterion, 1, value="2")

    assert (before, LogEntry.objects.get_for_model(Score).count()) == (0, 1)


def test_scores_count_once_they_are_handed_in(study, assessor, candidate, criterion):
    keep(assessor, candidate, criterion, value="4")
    named, rows = criteria_named(study), list(study.candidates.all())
    before = table(study, named, rows)[0].cells[0].settled.is_known

    judging.hand_in_scores(assessor=assessor)

    assert (before, table(study, named, rows)[0].cells[0].settled.value) == (False, 4)


@pytest.mark.parametrize(
    ("typed", "scores", "fields", "code"),
    [
        ({}, 0, {}, "score.nothing_said"),
        ({"1:1": {"value": "x"}}, 1, {}, "score.unreadable"),
        ({}, 1, {"scores_candidates": False}, "score.not_asked"),
    ],
)
def test_scores_that_are_not_ready_are_not_handed_in(
    study, candidate, criterion, typed, scores, fields, code
):
    assessor = AssessorFactory(study=study, typed=typed, **fields)
    ScoreFactory.create_batch(scores, candidate=candidate, criterion=criterion, assessor=assessor)

    with pytest.raises(StudyError, match=rf"^{code}$"):
        judging.hand_in_scores(assessor=assessor)


def test_after_the_opening_only_gaps_may_be_filled(study, assessor, candidate, criterion):
    other = study.criteria.last()
    keep(assessor, candidate, criterion, value="4")
    keep(assessor, candidate, other, unknown="1")
    assessor = judging.hand_in_scores(assessor=assessor)
    study.state = "open"
    study.save()

    changed = keep(assessor, candidate, criterion, 1, value="1")
    found_out = keep(assessor, candidate, other, 1, value="5")
    new = keep(assessor, study.candidates.last(), other, 0, value="3")

    assert (changed.problem.code, found_out.is_saved, new.is_saved) == ("score.opened", True, True)
    assert assessor.typed == {}


@pytest.mark.parametrize(
    ("state", "code"), [("preparing", "study.not_judging"), ("decided", "study.decided")]
)
def test_scores_are_taken_while_judging_only(study, assessor, candidate, criterion, state, code):
    study.state = state
    study.save()

    kept = keep(assessor, candidate, criterion, value="4")

    assert (kept.problem.code, Score.objects.count()) == (code, 0)


def test_what_the_group_agrees_on_counts_first_and_can_be_taken_back(study, candidate, criterion):
    people = AssessorFactory.create_batch(2, study=study, submitted_scores_at="2026-01-15T12:00Z")
    for person, value in zip(people, (1.0, 5.0), strict=True):
        ScoreFactory(candidate=candidate, criterion=criterion, assessor=person, value=value)
    named = NamedCriterion(criterion)

    def row():
        return table(study, [named], [candidate])[0].cells[0]

    apart = row()
    score = judging.agree_score(
        candidate=candidate, criterion=criterion, judgement=Judgement(4.0, evidence="Talked over")
    )
    agreed, words = row(), words_on(candidate, named)
    judging.withdraw_agreed(score=score)

    assert (apart.is_apart, apart.settled.value) == (True, 3.0)
    assert (agreed.is_apart, agreed.settled.value, agreed.settled.origin) == (False, 4.0, "agreed")
    assert [each.origin for each in words] == ["agreed", "assessor", "assessor"]
    assert row().settled.value == 3.0


def test_an_agreement_needs_a_reason_and_the_latest_state(candidate, criterion):
    with pytest.raises(StudyError, match=r"^score\.no_reason$"):
        judging.agree_score(candidate=candidate, criterion=criterion, judgement=Judgement(4.0))

    said = Judgement(4.0, evidence="x")
    judging.agree_score(candidate=candidate, criterion=criterion, judgement=said, edition=0)
    with pytest.raises(ScoreSavedElsewhere):
        judging.agree_score(candidate=candidate, criterion=criterion, judgement=said, edition=0)


def test_the_table_says_how_a_score_came_about(study, candidate, criterion):
    yes_no = StudyCriterionFactory(
        study=study,
        code="c3",
        position=5,
        content=frozen("c3", scale="yes_no", scale_low=0.0, scale_high=1.0),
    )
    ScoreFactory(candidate=candidate, criterion=criterion, origin="data", value=4.0, confidence=3)
    ScoreFactory(candidate=candidate, criterion=yes_no, value=1.0, confidence=3)

    row = shown_table(table(study, criteria_named(study), [candidate]), "en")[0]

    assert [(each.value, each.note) for each in row.cells] == [
        ("4", "from data"),
        ("–", "not known"),
        ("yes", "agreed by the group"),
    ]


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (9, 24)])
def test_the_table_is_read_by_four_queries(rows, columns, django_assert_num_queries):
    study = made_study([[3] * columns] * rows)
    criteria, candidates = criteria_named(study), list(study.candidates.select_related("partner"))

    with django_assert_num_queries(4):
        found = table(study, criteria, candidates)

    assert len(found) * len(found[0].cells) == rows * columns
