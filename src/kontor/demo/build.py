"""Build the demo cluster through the services, the same at every start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import translation

from kontor.accounts.models import Cluster, RoleKind
from kontor.accounts.services import found_cluster
from kontor.demo.actors import add_members, add_partners, add_projects, add_ties, link_representative
from kontor.demo.calls import begin_calls, call, leave_half_done, said_on_the_phone
from kontor.demo.meetings import hold_meeting, said_at_the_meeting
from kontor.demo.partners import choose_partner
from kontor.demo.people import Login, let_in, logins, open_accounts
from kontor.demo.reading import Entry, between, entries
from kontor.demo.story import add_goals, add_needs, answer_points, write_concept
from kontor.demo.surveys import ask_for_expectations, ask_for_needs, said_in_the_survey
from kontor.demo.talks import hold_interviews
from kontor.needs.services.topics import load_start_topics

SLUG = "nordlicht"

# The version frozen for the board has seen the needs up to this day; later ones show as changed figures.
BOARD_MEETING = date(2026, 9, 15)


def build_demo(
    *, is_fresh: bool, on_progress: Callable[[int, int], None], is_open: bool = True
) -> list[Login]:
    """Load the demo cluster where it is missing, or anew if `is_fresh`; return its logins.

    is_open: let the logins work. Their password is public, so only the console opens them, never a page.
    """
    if is_fresh:
        Cluster.objects.filter(slug=SLUG, is_demo=True).delete()
    if not Cluster.objects.filter(slug=SLUG).exists():
        # The trail keeps names in the language of those who wrote them: this office speaks German.
        with translation.override("de"):
            _build(on_progress)
    if is_open:
        let_in()
    return logins()


@transaction.atomic
def _build(on_progress: Callable[[int, int], None]) -> None:
    total = sum(len(entries(*kind)) for kind in KINDS)
    done = 0

    def on_each() -> None:
        nonlocal done
        done += 1
        on_progress(done, total)

    cluster = found_cluster(
        slug=SLUG,
        name="Nordlicht Sensorik e. V.",
        country="DE",
        regions=["DEF", "DE6"],
        funding_start=date(2026, 7, 1),
        requires_second_factor=False,
        is_demo=True,
    )
    users = open_accounts(cluster)
    known = add_members(cluster, on_each)
    add_partners(cluster, known, on_each)
    add_projects(cluster, known, on_each)
    add_ties(known, on_each)
    link_representative(known, "Harmsdörffer Druckmesstechnik GmbH & Co. KG", users[RoleKind.MEMBER])
    load_start_topics(cluster)
    add_needs(cluster, known, on_each, between(by_hand(), until=BOARD_MEETING))
    add_needs(cluster, known, on_each, ask_for_needs(cluster, known, users[RoleKind.TEAM], on_each))
    hold_meeting(cluster, on_each)
    campaign = begin_calls(cluster, users[RoleKind.TEAM])
    left = call(campaign, known, on_each, between(said_on_the_phone(), until=BOARD_MEETING))
    add_needs(cluster, known, on_each, left)
    add_goals(cluster, users[RoleKind.MANAGER])
    choose_partner(cluster, known, users, on_each)
    answer_points(cluster, users[RoleKind.TEAM])
    write_concept(cluster, users[RoleKind.MANAGER])
    add_needs(cluster, known, on_each, between(by_hand(), after=BOARD_MEETING))
    left = call(campaign, known, on_each, between(said_on_the_phone(), after=BOARD_MEETING))
    add_needs(cluster, known, on_each, left)
    leave_half_done(campaign, users[RoleKind.TEAM])
    hold_interviews(cluster, users[RoleKind.TEAM])
    ask_for_expectations(cluster, users[RoleKind.TEAM])


def by_hand() -> tuple[Entry, ...]:
    """Return the needs that the office wrote down itself; the others come by the way they were said."""
    elsewhere = [*said_in_the_survey(), *said_at_the_meeting(), *said_on_the_phone()]
    return tuple(each for each in entries("needs", "need") if each not in elsewhere)


KINDS = (
    ("members", "member"),
    ("partners", "partner"),
    ("projects", "project"),
    ("ties", "tie"),
    ("needs", "need"),
    ("clusters", "cluster"),
)
