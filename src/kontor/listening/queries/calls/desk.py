"""All that a caller has in front of him about a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.people import Consent, consent_of
from kontor.actors.queries.profile import Profile, profile
from kontor.actors.queries.ties import Circle, Scope
from kontor.listening.models import CallAttempt, CallTarget
from kontor.needs.models import Hearing, Need

NEEDS_SHOWN, CALLS_SHOWN, HEARINGS_SHOWN = 5, 6, 4


@dataclass(frozen=True)
class Contact:
    """Somebody to ask for. dial: the number as a telephone takes it, "" where nobody should call."""

    person: Person
    consent: Consent
    dial: str
    is_wrong: bool


@dataclass(frozen=True)
class Sheet:
    """The member as the call page shows it.

    needs, calls, hearings: the latest ones, newest first, whatever way they came.
    """

    profile: Profile
    contacts: tuple[Contact, ...]
    needs: tuple[Need, ...]
    calls: tuple[CallAttempt, ...]
    hearings: tuple[Hearing, ...]

    @property
    def abroad(self) -> Circle | None:
        """Return the partners in other countries, if there are any."""
        return next((each for each in self.profile.circles if each.scope == Scope.INTERNATIONAL), None)

    @property
    def speaker(self) -> Person | None:
        """Return who spoke last, as far as a need tells."""
        return next((need.person for need in self.needs if need.person), None)

    @property
    def has_number(self) -> bool:
        """True where there is a number to call."""
        return any(contact.dial for contact in self.contacts)


def sheet(cluster: Cluster, organisation: Organisation, on: date) -> Sheet:
    """Return what is known of the member. Thirteen queries at most, whatever there is."""
    shown = profile(cluster, organisation, on, is_full=True)
    calls = tuple(
        CallAttempt.objects.filter(target__organisation=organisation, cluster=cluster)
        .select_related("caller", "target__campaign")
        .order_by("-at", "-pk")[:CALLS_SHOWN]
    )
    needs = Need.objects.filter(organisation=organisation, merged_into=None)
    return Sheet(
        profile=shown,
        contacts=_contacts(shown.people, calls),
        needs=tuple(needs.select_related("topic", "person").order_by("-recorded_on", "-pk")[:NEEDS_SHOWN]),
        calls=calls,
        hearings=tuple(
            Hearing.objects.filter(organisation=organisation).order_by("-on", "-pk")[:HEARINGS_SHOWN]
        ),
    )


def _contacts(people: list[Person], calls: tuple[CallAttempt, ...]) -> tuple[Contact, ...]:
    """Return the contacts: those to call first, those who want no calls last."""
    wrong = [call.note for call in calls if call.outcome == CallTarget.Outcome.WRONG_NUMBER]
    contacts = []
    for person in people:
        consent = consent_of(person)
        dial = dialled(person.phone) if consent != Consent.WITHDRAWN else ""
        is_wrong = bool(dial) and any(person.phone in note for note in wrong)
        contacts.append(Contact(person, consent, dial, is_wrong))
    return tuple(sorted(contacts, key=lambda each: (not each.dial, each.is_wrong)))


def dialled(phone: str) -> str:
    """Return a number as the address of a call takes it: digits and a leading plus.

    >>> dialled("+49 (0)431 / 88-12"), dialled("0431 8812"), dialled("ask Mr. Hahn")
    ('+494318812', '04318812', '')
    """
    plain = phone.strip()
    is_international = plain.startswith("+")
    if is_international:
        plain = plain.replace("(0)", "")
    digits = "".join(each for each in plain if each.isascii() and each.isdigit())
    return f"+{digits}" if is_international and digits else digits
