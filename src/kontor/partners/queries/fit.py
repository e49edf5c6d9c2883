"""What a partner cluster has that we lack, what we share and could offer, and which members would gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.queries.taxonomy import Taxonomy
from kontor.methods.decision import complementarity as method
from kontor.partners.models import Partner
from kontor.partners.queries.answers import (
    ABLE,
    Answers,
    answered,
    meets,
    names_in_words,
    open_needs,
    words_in,
)
from kontor.partners.queries.facts import known_of
from kontor.partners.queries.levels import (
    LevelProfile,
    OwnLevels,
    axes,
    finest,
    own_levels,
    partner_levels,
)
from kontor.partners.queries.partners import candidates_of, standing

# From one level on, one side of a cluster is clearly better than the other; a member gains from two on.
CLEAR, STEP = 1, 2
# A member gains clearly where so much of what it lacks in its own fields is filled.
LEAST_SHARE = 0.2


@dataclass(frozen=True)
class FitLine:
    """One competence with the levels of both sides; 0 where nothing is known."""

    competence: int
    name: str
    ours: float
    theirs: float


@dataclass(frozen=True)
class Fit:
    """Two profiles of competence beside each other; all shares 0 to 1.

    complementarity: how much of what we lack the partner cluster has strongly.   offer: the same turned
    round.   overlap: how much both sides have in common.
    """

    lines: tuple[FitLine, ...]
    complementarity: float
    offer: float
    overlap: float

    @property
    def they_have(self) -> tuple[FitLine, ...]:
        """Return what they are able to and we clearly less, the largest difference first."""
        found = [line for line in self.lines if line.theirs >= ABLE and line.theirs - line.ours >= CLEAR]
        return tuple(sorted(found, key=lambda line: (line.ours - line.theirs, line.name)))

    @property
    def we_offer(self) -> tuple[FitLine, ...]:
        """Return what we are able to and they clearly less, the largest difference first."""
        found = [line for line in self.lines if line.ours >= ABLE and line.ours - line.theirs >= CLEAR]
        return tuple(sorted(found, key=lambda line: (line.theirs - line.ours, line.name)))

    @property
    def shared(self) -> tuple[FitLine, ...]:
        """Return what both sides are able to, the strongest first."""
        found = [
            line
            for line in self.lines
            if min(line.ours, line.theirs) >= ABLE and abs(line.ours - line.theirs) < CLEAR
        ]
        return tuple(sorted(found, key=lambda line: (-min(line.ours, line.theirs), line.name)))


@dataclass(frozen=True)
class Gain:
    """A member who would gain. lines: from which competences, the largest step first.

    share: how much of what the member lacks in its own fields the partner cluster has strongly, 0 to 1.
    """

    member: int
    name: str
    lines: tuple[FitLine, ...]
    share: float


@dataclass(frozen=True)
class Candidate:
    """One partner cluster of the overview. tree: the competences that the fit speaks of."""

    partner: Partner
    fit: Fit | None
    gains: tuple[Gain, ...]
    answers: Answers
    tree: Taxonomy


def complementarity_of(partner: Partner, on: date) -> Fit | None:
    """Return both profiles side by side, None where either of them is empty. Four queries."""
    own, theirs = _both(partner, on)
    return fit_between(own, theirs)


def members_gaining(partner: Partner, on: date) -> tuple[Gain, ...]:
    """Return the members of the day who would gain, those with most to gain first. Four queries."""
    own, theirs = _both(partner, on)
    return gaining(own, theirs)


def needs_answered(partner: Partner, on: date) -> Answers:
    """Return the needs of members that the partner cluster answers, the most urgent first. Six queries.

    Single needs are confidential: show `needs` only to those who may see them, `shown_number` to the others.
    """
    counting = standing(partner)
    _own, theirs = _both(counting, on)
    known = known_of([counting], on, ("offers",)).get(counting.pk, {})
    return answered(counting, theirs, known, open_needs(counting.cluster, on))


def candidates(cluster: Cluster, on: date, partners: Sequence[Partner] | None = None) -> list[Candidate]:
    """Return all partner clusters in question with their fit, the best complement first. Seven queries."""
    rows = list(candidates_of(cluster)) if partners is None else list(partners)
    own, held = own_levels(cluster, on), partner_levels([row.pk for row in rows], on)
    known, needs = known_of(rows, on, ("offers",)), open_needs(cluster, on)
    found = []
    for row in rows:
        theirs = LevelProfile(own.tree, held.get(row.pk, {}))
        answers = answered(row, theirs, known.get(row.pk, {}), needs)
        found.append(Candidate(row, fit_between(own, theirs), gaining(own, theirs), answers, own.tree))
    return sorted(found, key=_weight)


def fit_between(own: OwnLevels, theirs: LevelProfile) -> Fit | None:
    """Return our usual levels beside those of a partner cluster, None where either side is empty.

    Compared are the fields in which the partner cluster works.
    """
    if not theirs.held or not own.usual.held:
        return None
    nodes = own.tree.nodes
    lines = tuple(
        FitLine(pk, str(nodes[pk].name), own.usual.at(pk), theirs.at(pk)) for pk in axes(theirs, own.usual)
    )
    here, there = [line.ours for line in lines], [line.theirs for line in lines]
    return Fit(
        lines=lines,
        complementarity=method.complementarity(here, there, strong=ABLE),
        offer=method.complementarity(there, here, strong=ABLE),
        overlap=method.overlap(here, there),
    )


def gaining(own: OwnLevels, theirs: LevelProfile) -> tuple[Gain, ...]:
    """Return the members who would gain, those with most to gain first.

    Looked at are the fields in which both work. A member gains where the partner cluster, being able to
    something, is at least two levels better, and where at least a fifth of all that the member lacks in these
    fields would be filled.
    """
    entries = finest(theirs)
    near = [pk for pk, member in own.members.items() if member.fields & theirs.fields]
    if not near:
        return ()
    members = [own.members[pk] for pk in near]
    found = method.member_gains(
        members=[[member.at(pk) for pk in entries] for member in members],
        partner=[theirs.at(pk) for pk in entries],
        need=[[float(member.works_in_field_of(pk)) for pk in entries] for member in members],
        strong=ABLE,
    )
    gains = []
    for place in found.order:
        share, member = float(found.gain[place]), near[place]
        lines = _steps(own, own.members[member], theirs) if share >= LEAST_SHARE else ()
        if lines:
            gains.append(Gain(member, own.names[member], lines, share))
    return tuple(sorted(gains, key=lambda gain: (-round(gain.share, 9), folded(gain.name), gain.member)))


def _steps(own: OwnLevels, member: LevelProfile, theirs: LevelProfile) -> tuple[FitLine, ...]:
    """Return what the partner cluster could clearly teach a member, the largest step first."""
    lines = [
        FitLine(pk, str(own.tree.nodes[pk].name), member.at(pk), level)
        for pk, level in theirs.held.items()
        if level >= ABLE and member.works_in_field_of(pk)
    ]
    clear = (line for line in lines if line.theirs - line.ours >= STEP)
    return tuple(sorted(clear, key=lambda line: (line.ours - line.theirs, line.name)))


def looked_for(candidate: Candidate) -> frozenset[int]:
    """Return which of the competences compared the partner cluster looks for, by its needs. One query."""
    if candidate.fit is None:
        return frozenset()
    words = frozenset(word for need in candidate.partner.needs.all() for word in words_in(need.statement))
    nodes, lines = candidate.tree.nodes, candidate.fit.lines
    return frozenset(
        line.competence for line in lines if meets(words, names_in_words(nodes[line.competence].name))
    )


def _both(partner: Partner, on: date) -> tuple[OwnLevels, LevelProfile]:
    """Return the levels of our members and of a partner cluster. Four queries."""
    counting = standing(partner)
    own = own_levels(counting.cluster, on)
    return own, LevelProfile(own.tree, partner_levels([counting.pk], on).get(counting.pk, {}))


def _weight(each: Candidate) -> tuple[float, int, str]:
    share = each.fit.complementarity if each.fit else -1.0
    return (-share, -len(each.gains), each.partner.name)
