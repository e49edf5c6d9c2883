"""A vote is prepared, filled with a roll, opened, and then stays as it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.accounts.services import EditConflict
from kontor.accounts.services.audit import entries_of
from kontor.votes import queries, services
from kontor.votes.models import BallotKey, Elector, Vote
from kontor.votes.problems import VoteError
from kontor.votes.queries.roll import unreachable
from kontor.votes.services.links import links_for
from kontor.votes.services.sending import KIND
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory
from tests.listening.answering import agreed, member
from tests.votes.factories import ElectorFactory, VoteFactory, VoteOptionFactory, running

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
TWO = [({"de": "Tartu", "en": "Tartu (Estonia)"}, "candidate:1"), ("Oulu", "candidate:2")]


def prepared(cluster, **fields) -> Vote:
    given = {"question": "Who?", "closes_at": timezone.now() + timedelta(days=7), "options": TWO}
    return services.create_vote(cluster=cluster, **(given | fields))


def code(call, **arguments) -> str:
    with pytest.raises(VoteError) as caught:
        call(**arguments)
    return caught.value.code


def with_roll(cluster, number=3) -> Vote:
    vote = VoteFactory(cluster=cluster)
    VoteOptionFactory.create_batch(2, vote=vote)
    ElectorFactory.create_batch(number, vote=vote, mail="waiting", invited_at=None)
    return vote


def test_a_room_above_makes_a_vote_and_finds_it_again(cluster):
    vote = prepared(cluster, reference="study:7", method="ranked", quorum_percent=40)
    found = queries.vote_of("study:7")
    options = [(str(each.label), each.reference) for each in vote.options.all()]

    assert (found, vote.state, vote.method, vote.quorum_percent) == (vote, "draft", "ranked", 40)
    assert options == [("Tartu (Estonia)", "candidate:1"), ("Oulu", "candidate:2")]


def test_the_latest_vote_about_something_counts(cluster):
    prepared(cluster, reference="study:7")
    later = prepared(cluster, reference="study:7")

    assert (queries.vote_of("study:7"), queries.vote_of("study:8"), queries.vote_of("")) == (
        later,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"question": "  "}, "vote.no_question"),
        ({"question": {"de": "", "en": " "}}, "vote.no_question"),
        ({"options": TWO[:1]}, "vote.too_few_options"),
        ({"options": []}, "vote.too_few_options"),
        ({"options": [TWO[0], ("  ", "")]}, "vote.too_few_options"),
        ({"options": [("Oulu", "1"), ("OULU ", "2")]}, "vote.options_alike"),
        ({"options": [(f"Option {n}", "") for n in range(51)]}, "vote.too_many_options"),
    ],
)
def test_a_vote_that_makes_no_sense_is_refused_and_leaves_nothing(cluster, fields, expected):
    assert (code(lambda: prepared(cluster, **fields)), Vote.objects.count()) == (expected, 0)


@pytest.mark.parametrize("fields", [{"quorum_percent": 101}, {"quorum_percent": -1}, {"method": "dice"}])
def test_a_field_out_of_range_is_refused(cluster, fields):
    with pytest.raises(ValidationError):
        prepared(cluster, **fields)


def test_a_vote_in_preparation_is_changed_with_its_options(cluster):
    vote = prepared(cluster)
    services.update_vote(
        vote=vote, expected_version=1, question="Where?", options=[("A", "1"), ("B", "2"), ("C", "3")]
    )
    vote.refresh_from_db()

    assert (str(vote.question), [str(each) for each in vote.options.all()]) == ("Where?", ["A", "B", "C"])


def test_the_second_of_two_who_change_it_is_told(cluster):
    vote = prepared(cluster)
    services.update_vote(vote=vote, expected_version=1, question="Where?")
    with pytest.raises(EditConflict):
        services.update_vote(vote=vote, expected_version=1, question="When?")

    assert str(Vote.objects.get().question) == "Where?"


@pytest.mark.parametrize(
    "change",
    [
        lambda vote: services.update_vote(vote=vote, expected_version=vote.version, question="Else?"),
        lambda vote: services.set_options(vote=vote, options=TWO),
        lambda vote: services.delete_vote(vote=vote),
        lambda vote: services.remove_elector(elector=vote.electors.first()),
    ],
)
def test_once_open_question_options_and_roll_stay(cluster, change):
    vote = running(cluster, electors=1)

    assert code(lambda: change(vote)) == "vote.not_in_preparation"


def test_members_are_put_on_the_roll_with_their_first_contact(cluster):
    first = member(cluster)
    agreed(first, language="en")
    silent = MembershipFactory(organisation__cluster=cluster).organisation
    agreed(OrganisationFactory(cluster=cluster))  # no member
    vote = prepared(cluster)
    new = services.add_members(vote=vote, on=ON)
    row = vote.electors.get()

    assert (new, row.organisation, row.person, row.language) == (1, first, first.people.first(), "de")
    assert unreachable(vote, ON) == [silent]


def test_members_are_put_on_the_roll_once(cluster):
    member(cluster)
    vote = prepared(cluster)
    services.add_members(vote=vote, on=ON)

    assert (services.add_members(vote=vote, on=ON), vote.electors.count()) == (0, 1)


def test_some_members_only_are_put_on_the_roll(cluster):
    wanted, _other = member(cluster), member(cluster)
    vote = prepared(cluster)
    services.add_members(vote=vote, on=ON, organisation_ids=[wanted.pk])

    assert vote.electors.get().organisation == wanted


def test_an_organisation_is_added_with_a_typed_contact(cluster):
    vote, organisation = prepared(cluster), OrganisationFactory(cluster=cluster)
    row = services.add_elector(vote=vote, organisation=organisation, name="Ada", email=" Ada@Example.org ")

    assert (row.name, row.email, row.is_typed, row.person) == ("Ada", "ada@example.org", True, None)


def test_an_organisation_has_one_vote(cluster):
    vote = prepared(cluster)
    organisation = ElectorFactory(vote=vote).organisation
    problem = code(services.add_elector, vote=vote, organisation=organisation, email="a@example.org")

    assert (problem, vote.electors.count()) == ("vote.on_the_roll_already", 1)


@pytest.mark.parametrize(
    ("given", "expected"), [({}, "vote.no_address"), ({"email": " "}, "vote.no_address")]
)
def test_an_organisation_without_an_address_is_refused(cluster, given, expected):
    organisation = OrganisationFactory(cluster=cluster)

    assert code(services.add_elector, vote=prepared(cluster), organisation=organisation, **given) == expected


def test_an_organisation_of_another_cluster_is_refused(cluster):
    foreign = OrganisationFactory()
    problem = code(services.add_elector, vote=prepared(cluster), organisation=foreign, email="a@example.org")

    assert problem == "vote.of_another_cluster"


def test_a_person_without_consent_or_of_elsewhere_is_refused(cluster):
    row = ElectorFactory(vote=prepared(cluster))
    unasked, elsewhere = (
        PersonFactory(organisation=row.organisation),
        agreed(OrganisationFactory(cluster=cluster)),
    )

    assert [code(services.change_contact, elector=row, person=each) for each in (unasked, elsewhere)] == [
        "vote.contact_unsuitable"
    ] * 2


def test_another_contact_gets_a_mail_and_the_old_links_are_gone(cluster):
    row = ElectorFactory(vote=running(cluster))
    links_for(row.vote, [row])
    person = agreed(row.organisation, language="en")
    services.change_contact(elector=row, person=person)
    row.refresh_from_db()

    assert (row.person, row.mail, row.language, TaskLink.objects.count()) == (person, "waiting", "en", 0)


def test_who_has_voted_keeps_the_contact(cluster):
    row = ElectorFactory(vote=running(cluster), has_voted=True)

    assert code(services.change_contact, elector=row, email="a@example.org") == "vote.has_voted"


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_the_roll_of_a_vote_that_is_over_stays(cluster, state):
    vote = running(cluster, electors=1)
    Vote.objects.update(state=state)
    vote.refresh_from_db()
    organisation = OrganisationFactory(cluster=cluster)

    assert [
        code(services.add_elector, vote=vote, organisation=organisation, email="a@example.org"),
        code(services.change_contact, elector=vote.electors.get(), email="a@example.org"),
        code(services.add_members, vote=vote, on=ON),
    ] == ["vote.over"] * 3


def test_opening_draws_a_key_queues_the_mails_and_writes_it_into_the_trail(cluster, manager):
    vote = with_roll(cluster)
    now = timezone.now()
    job = services.open_vote(vote=vote, now=now, user=manager)
    vote.refresh_from_db()
    note = entries_of(cluster).filter(additional_data__has_key="note").get()

    assert (vote.state, vote.opened_at, BallotKey.objects.count(), job.kind) == ("open", now, 1, KIND)
    assert (note.actor, note.additional_data["params"]["count"]) == (manager, 3)


def test_each_vote_has_a_key_of_its_own(cluster):
    for _ in range(2):
        services.open_vote(vote=with_roll(cluster), now=timezone.now())

    assert len(set(BallotKey.objects.values_list("half", flat=True))) == 2


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        (lambda vote: Vote.objects.update(closes_at=timezone.now()), "vote.closing_needed"),
        (lambda vote: vote.options.first().delete(), "vote.too_few_options"),
        (lambda vote: vote.electors.first().delete(), "vote.too_few_electors"),
        (lambda vote: Elector.objects.update(email=""), "vote.without_address"),
        (lambda vote: Vote.objects.update(state="open"), "vote.not_in_preparation"),
    ],
)
def test_a_vote_that_is_not_ready_is_not_opened(cluster, break_it, expected):
    vote = with_roll(cluster)
    break_it(vote)

    assert (code(services.open_vote, vote=vote, now=timezone.now()), BallotKey.objects.count()) == (
        expected,
        0,
    )


def test_a_vote_in_preparation_is_deleted_with_its_roll(cluster):
    services.delete_vote(vote=with_roll(cluster))

    assert (Vote.objects.count(), Elector.objects.count()) == (0, 0)


def test_deleting_an_organisation_leaves_its_place_on_the_roll(cluster):
    row = ElectorFactory(vote=running(cluster))
    name = row.organisation_name
    row.organisation.delete()
    row.refresh_from_db()

    assert (row.organisation, row.organisation_name) == (None, name)


def test_the_roll_is_in_the_trail_but_not_who_has_voted(cluster):
    row = ElectorFactory(vote=running(cluster))
    services.change_contact(elector=row, email="new@example.org")
    told = [entry.changes_dict for entry in entries_of(cluster) if "email" in (entry.changes_dict or {})]

    assert told[0]["email"] == [row.email, "new@example.org"]
    assert not any("has_voted" in (entry.changes_dict or {}) for entry in entries_of(cluster))
