"""People are asked to weigh and score, get their links, and are reminded where something is missing."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import RoleKind, TaskLink
from kontor.jobs.models import Job
from kontor.jobs.progress import Progress
from kontor.studies import tasks
from kontor.studies.models import Assessor
from kontor.studies.problems import StudyError
from kontor.studies.queries.people import assessor_of, people_rows, people_to_ask, team_to_ask
from kontor.studies.services import inviting, inviting_sending
from kontor.studies.services.inviting_links import links_for
from tests.factories import MembershipFactory, PersonFactory, UserFactory
from tests.studies.factories import (
    AssessorFactory,
    ScoreFactory,
    StudyFactory,
    WeightStatementFactory,
    made_study,
)

pytestmark = pytest.mark.django_db
AGREED = date(2025, 1, 1)


@pytest.fixture
def study(cluster):
    return StudyFactory(cluster=cluster, state="judging")


def member(cluster, **fields):
    membership = MembershipFactory(
        organisation__cluster=cluster, organisation__kind=fields.pop("kind", "sme")
    )
    return PersonFactory(organisation=membership.organisation, **({"consent_on": AGREED} | fields))


def send(study, what="invitations"):
    act = inviting_sending.remind if what == "reminders" else inviting_sending.invite
    job = act(study=study, now=timezone.now())
    return tasks.send_assessor_mails(job.argument, Progress(job))


def test_only_people_who_agreed_become_assessors_each_once(cluster, study):
    people = [
        member(cluster, email="a@x.org", kind="university"),
        member(cluster, email="A@x.org"),
        member(cluster, email="b@x.org", consent_on=None),
        member(cluster, email="c@x.org", consent_withdrawn_on=AGREED),
        PersonFactory(email="d@x.org", consent_on=AGREED),
    ]

    number = inviting.add_people(study=study, person_ids=[each.pk for each in people])

    assert (number, [(each.email, each.group) for each in study.assessors.all()]) == (
        1,
        [("a@x.org", "research")],
    )


def test_people_who_take_part_are_not_offered_again(cluster, study):
    one, _other = member(cluster, email="a@x.org"), member(cluster, email="b@x.org")
    AssessorFactory(study=study, email="a@x.org")

    offered = people_to_ask(study, date(2026, 1, 1))

    assert (one.email, [each.email for each in offered]) == ("a@x.org", ["b@x.org"])


def test_the_office_takes_part_with_its_accounts(study, manager, key_to):
    team, board = key_to(RoleKind.TEAM), key_to(RoleKind.BOARD)

    number = inviting.add_team(study=study, user_ids=[manager.pk, team.pk, board.pk, UserFactory().pk])

    assert (number, {each.user for each in study.assessors.all()}) == (2, {manager, team})
    assert list(team_to_ask(study)) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "assessor.no_name"),
        ({"email": "nonsense"}, "assessor.bad_address"),
        ({"weighs": False, "scores_candidates": False}, "assessor.does_nothing"),
        ({"group": "nonsense"}, "assessor.group_unknown"),
        ({"email": "TAKEN@x.org"}, "assessor.known_already"),
    ],
)
def test_people_that_make_no_sense_are_refused(study, fields, code):
    AssessorFactory(study=study, email="taken@x.org")

    with pytest.raises(StudyError, match=rf"^{code}$"):
        inviting.add_assessor(study=study, **({"name": "Ada", "email": "ada@x.org"} | fields))


def test_the_link_stays_the_same_until_a_new_one_is_made(client, study):
    assessor = AssessorFactory(study=study)
    first, again = (links_for([assessor])[assessor.pk] for _ in range(2))

    second = inviting.new_link(assessor=assessor)

    answers = [
        client.get(reverse("studies:assess", args=[study.cluster.slug, token])).status_code
        for token in (first, second)
    ]
    assert (first == again, answers, TaskLink.objects.count()) == (True, [404, 200], 1)


def test_another_address_makes_the_earlier_link_lead_nowhere(client, study):
    assessor = AssessorFactory(study=study)
    token = links_for([assessor])[assessor.pk]

    inviting.update_assessor(assessor=assessor, email="new@x.org")

    answer = client.get(reverse("studies:assess", args=[study.cluster.slug, token]))
    assert (answer.status_code, Assessor.objects.get().invited_at) == (404, None)


def test_everybody_gets_a_mail_in_the_own_language_with_a_link_that_works(client, study):
    AssessorFactory(study=study, name="Ada", email="ada@x.org", language="en")
    AssessorFactory(study=study, name="Bodo", email="bodo@x.org", language="de")

    report = send(study)

    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert report == {"accepted": 2, "refused": 0}
    assert subjects["ada@x.org"] == f"Your judgement is asked for: {study.title}"
    assert subjects["bodo@x.org"] == f"Ihr Urteil ist gefragt: {study.title}"
    body = next(letter.body for letter in mail.outbox if letter.to == ["ada@x.org"])
    path = "/" + next(line for line in body.splitlines() if "/assess/" in line).split("/", 3)[3]
    assert client.get(path).status_code == 200


def test_an_interrupted_run_sends_nothing_twice(study):
    AssessorFactory.create_batch(2, study=study)
    send(study)
    job = Job.objects.get()

    assert tasks.send_assessor_mails(job.argument, Progress(job)) == {"accepted": 0, "refused": 0}
    assert len(mail.outbox) == 2


def test_reminders_go_to_those_only_who_have_not_handed_in(study):
    before = timezone.now() - timedelta(days=2)
    silent = AssessorFactory(study=study, invited_at=before, email="silent@x.org")
    half = AssessorFactory(study=study, invited_at=before, email="half@x.org")
    WeightStatementFactory(assessor=half)
    done = AssessorFactory(study=study, invited_at=before, submitted_scores_at=before)
    WeightStatementFactory(assessor=done)
    weighs = AssessorFactory(study=study, invited_at=before, scores_candidates=False)
    WeightStatementFactory(assessor=weighs)
    AssessorFactory(study=study, invited_at=before, mail_problem="no such box")
    AssessorFactory(study=study)

    send(study, "reminders")

    assert sorted(letter.to[0] for letter in mail.outbox) == [half.email, silent.email]
    with pytest.raises(StudyError, match=r"^study\.nobody_to_remind$"):
        inviting_sending.remind(study=study, now=Assessor.objects.get(pk=silent.pk).reminded_at)


@pytest.mark.parametrize(
    ("state", "code"),
    [("preparing", "study.not_judging"), ("decided", "study.decided"), ("judging", "study.nobody_to_invite")],
)
def test_nothing_is_sent_out_of_turn(study, state, code):
    study.state = state
    study.save()

    with pytest.raises(StudyError, match=rf"^{code}$"):
        inviting_sending.invite(study=study, now=timezone.now())


def test_reminders_wait_until_the_invitations_are_out(study):
    AssessorFactory(study=study)
    AssessorFactory(study=study, invited_at=timezone.now() - timedelta(days=1))
    inviting_sending.invite(study=study, now=timezone.now())

    with pytest.raises(StudyError, match=r"^study\.still_sending$"):
        inviting_sending.remind(study=study, now=timezone.now())


def test_who_has_handed_in_cannot_be_removed_after_the_opening():
    study = made_study([[1]], people={"Ada": [1]}, state="open")

    with pytest.raises(StudyError, match=r"^assessor\.counts$"):
        inviting.remove_assessor(assessor=study.assessors.get())


def test_who_is_removed_takes_everything_along(study):
    assessor = AssessorFactory(study=study)
    ScoreFactory(candidate__study=study, assessor=assessor)
    links_for([assessor])

    inviting.remove_assessor(assessor=assessor)

    assert (Assessor.objects.count(), TaskLink.objects.count()) == (0, 0)


def test_an_account_finds_its_task_by_link_or_by_address(study, manager):
    other = UserFactory(email="Other@x.org")
    mine = AssessorFactory(study=study, user=manager)
    theirs = AssessorFactory(study=study, email="other@x.org")

    assert [assessor_of(study, user) for user in (manager, other, UserFactory())] == [mine, theirs, None]


@pytest.mark.parametrize("count", [1, 3])
def test_people_are_read_by_one_query(study, count, django_assert_num_queries):
    for _ in range(count):
        WeightStatementFactory(assessor__study=study)

    with django_assert_num_queries(1):
        rows = people_rows(study)

    assert [row.is_done for row in rows] == [False] * count
