"""Draw the sample of a series and freeze the account of it; take the draw back while nothing has begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.actors.models import Person
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.problems import ListeningError
from kontor.listening.queries.interviews import sample_of
from kontor.listening.sample import account_of, code_of
from kontor.methods.sampling import Draw, Stratum

# Of each group so many wait in reserve; whoever else is needed can be chosen by hand.
_RESERVES_FOR_EACH = 2
_FEWEST_RESERVES = 3


@transaction.atomic
def draw_sample(*, study: InterviewStudy, expected_version: int, on: date) -> InterviewStudy:
    """Draw the members to interview, with a reserve for each group, and return the running series.

    on: the day whose members are drawn from where the series names none.
    Raises EditConflict, ListeningError "interview.already_drawn" or "interview.nobody_to_draw".
    """
    current = claim_edit(study, expected_version)
    if current.drawn:
        raise ListeningError("interview.already_drawn")
    current.population_on = current.population_on or on
    sample = sample_of(current, on).draw
    if not sample.drawn:
        raise ListeningError("interview.nobody_to_draw")
    Interview.objects.bulk_create(_interviews(current, sample))
    current.drawn = account_of(
        sample,
        size=current.size,
        allocation=current.allocation,
        dimensions=current.dimensions,
        on=current.population_on,
    )
    current.state = InterviewStudy.State.RUNNING
    current.save()
    return current


@transaction.atomic
def undo_draw(*, study: InterviewStudy, expected_version: int) -> InterviewStudy:
    """Take everybody off the list again. Raises EditConflict or ListeningError "interview.already_begun"."""
    current = claim_edit(study, expected_version)
    untouched = current.interviews.filter(
        state__in=(Interview.State.OPEN, Interview.State.UNUSED), version=1, edition=1, replaces=None
    )
    if current.interviews.exclude(pk__in=untouched.values("pk")).exists():
        raise ListeningError("interview.already_begun")
    current.interviews.all().delete()
    current.drawn, current.state = {}, InterviewStudy.State.DRAFT
    current.save()
    return current


def contacts(cluster: Cluster, organisations: list[int]) -> dict[int, int]:
    """Return organisation → the contact to talk with first: who agreed to be written to, else anybody."""
    rows = Person.objects.filter(cluster=cluster, organisation__in=organisations).order_by("pk")
    found: dict[int, Person] = {}
    for person in rows:
        known = found.get(person.organisation_id)
        if known is None or (person.may_be_written_to and not known.may_be_written_to):
            found[person.organisation_id] = person
    return {organisation: person.pk for organisation, person in found.items()}


def _interviews(study: InterviewStudy, sample: Draw) -> list[Interview]:
    listed = [(stratum, *each) for stratum in sample.strata for each in _listed(stratum)]
    people = contacts(study.cluster, [organisation for _stratum, organisation, _rank in listed])
    return [
        Interview(
            cluster_id=study.cluster_id,
            study=study,
            organisation_id=organisation,
            person_id=people.get(organisation),
            stratum=code_of(stratum.groups),
            rank=rank,
            role=Interview.Role.DRAWN if rank <= stratum.allotted else Interview.Role.RESERVE,
            state=Interview.State.OPEN if rank <= stratum.allotted else Interview.State.UNUSED,
        )
        for stratum, organisation, rank in listed
    ]


def _listed(stratum: Stratum) -> Iterator[tuple[int, int]]:
    """Yield (key of the organisation, rank) of the drawn and of the reserve that is kept."""
    if stratum.allotted:
        most = stratum.allotted + max(_FEWEST_RESERVES, _RESERVES_FOR_EACH * stratum.allotted)
        for rank, each in enumerate(stratum.order[:most], 1):
            yield int(each), rank
