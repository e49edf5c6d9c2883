"""What is worth finding out next: sorted by how much better the choice would become."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.studies.figures import NextFact
from kontor.studies.reading import Reading
from kontor.studies.told import percent_text, points_text

# Facts whose chance to change anything is smaller change nothing in the reader's eyes.
NOTED = 0.0005


@dataclass(frozen=True)
class ShownFact:
    """One fact worth knowing. url: where it is filled in, "" where the reader may not."""

    fact: NextFact
    sentence: str
    effect: str
    gain: str
    url: str


def facts_of(reading: Reading, *, may_fill: bool, limit: int | None = None) -> list[ShownFact]:
    """Return the facts that might change the first place, the most useful first."""
    found = [each for each in reading.plain.next_facts if each.chance >= NOTED]
    return [_fact(each, reading, may_fill=may_fill) for each in found[:limit]]


def _fact(each: NextFact, reading: Reading, *, may_fill: bool) -> ShownFact:
    names = {"criterion": reading.criterion(each.code), "who": reading.name(each.candidate)}
    text = (
        _("Find out “%(criterion)s” for %(who)s")
        if each.is_unknown
        else _("Be sure of “%(criterion)s” for %(who)s")
    )
    return ShownFact(
        each,
        text % names,
        _effect(each, reading),
        points_text(each.gain),
        _url(each, reading) if may_fill else "",
    )


def _effect(each: NextFact, reading: Reading) -> str:
    share = {"share": percent_text(each.chance)}
    if each.favours is None:
        return _("would change the decision in %(share)s of cases") % share
    return _("would change the decision in %(share)s of cases, mostly in favour of %(name)s") % (
        share | {"name": reading.name(each.favours)}
    )


def _url(each: NextFact, reading: Reading) -> str:
    study = reading.study
    return reverse(
        "studies:cell", args=[study.cluster.slug, study.pk, each.candidate, reading.criteria[each.code].pk]
    )
