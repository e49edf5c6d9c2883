"""The result in sentences that a board understands: the same figures give the same sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.reports import format as printed
from kontor.studies.figures import NextFact, Plain, Robust, Standing

# From which share of cases on the first place is called how; the words are those of the method's page.
CERTAIN, SECURED, LIKELY = 0.95, 0.80, 0.60


@dataclass(frozen=True)
class Names:
    """How candidates and criteria are called: by primary key of the study's candidate, and by code."""

    candidates: Mapping[int, str]
    criteria: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """What the page and the paper say first.

    headline: who comes first.   sureness: how sure that is, "" while it is being computed.
    threat:   what could still change it, "" where nothing could.   caution: what the reader must know.
    """

    headline: str
    sureness: str = ""
    threat: str = ""
    caution: str = ""

    def sentences(self) -> tuple[str, ...]:
        """Return what there is to say, in order."""
        return tuple(each for each in (self.headline, self.sureness, self.threat, self.caution) if each)


def tell(plain: Plain, robust: Robust | None, names: Names) -> Told:
    """Return the result in sentences."""
    if not plain.standings:
        return Told(_nobody(plain))
    if len(plain.standings) == 1:
        return Told(_alone(plain, names), caution=_caution(plain))
    if plain.unknown == plain.cells:
        return Told(_("Nothing is known yet about any candidate, so none comes first."))
    if len(plain.first) > 1:
        return Told(_together(plain, names), threat=_threat(plain, names), caution=_caution(plain))
    return Told(
        _ahead(plain, names),
        _sureness(plain.first[0], robust) if robust else "",
        _threat(plain, names),
        _caution(plain),
    )


def _nobody(plain: Plain) -> str:
    if not plain.codes:
        return _("Nothing can be compared yet: the study has no criterion.")
    if plain.lost:
        return ngettext(
            "No candidate is left: a threshold has put %(number)s candidate out of the race.",
            "No candidate is left: thresholds have put all %(number)s candidates out of the race.",
            len(plain.lost),
        ) % {"number": len(plain.lost)}
    return _("Nothing can be compared yet: the study has no candidate.")


def _alone(plain: Plain, names: Names) -> str:
    name = names.candidates[plain.standings[0].candidate]
    return _("Only %(name)s is left: there is nothing to choose between.") % {"name": name}


def _together(plain: Plain, names: Names) -> str:
    return _("%(names)s share the first place with %(points)s of 100 points each.") % {
        "names": listed([names.candidates[each.candidate] for each in plain.first]),
        "points": points_text(plain.first[0].value),
    }


def _ahead(plain: Plain, names: Names) -> str:
    first = plain.first[0]
    second = min((each for each in plain.standings if each.place > 1), key=lambda each: each.place)
    return _("%(name)s comes first with %(points)s of 100 points, %(gap)s ahead of %(second)s.") % {
        "name": names.candidates[first.candidate],
        "points": points_text(first.value),
        "gap": points_text(first.value - second.value),
        "second": names.candidates[second.candidate],
    }


def _sureness(first: Standing, robust: Robust) -> str:
    chance = robust.chance_of_first(first.candidate)
    shown = {"chance": percent_text(chance)}
    if chance >= CERTAIN:
        return (
            _("It stays first in %(chance)s of cases, whatever of the doubts turns out: as good as certain.")
            % shown
        )
    if chance >= SECURED:
        return (
            _("It stays first in %(chance)s of cases, whatever of the doubts turns out: well secured.")
            % shown
        )
    if chance >= LIKELY:
        return (
            _("It stays first in %(chance)s of cases, depending on the doubts: likely, but not certain.")
            % shown
        )
    return (
        _("It stays first in only %(chance)s of cases, depending on the doubts: the choice is open.") % shown
    )


def _threat(plain: Plain, names: Names) -> str:
    fact = next((each for each in plain.next_facts if each.chance > 0), None)
    if fact is not None:
        return _of_fact(fact, names)
    flip = plain.reversal.flips[0] if plain.reversal and plain.reversal.flips else None
    if flip is None or plain.reversal is None:
        return ""
    shown = {
        "rival": names.candidates[plain.reversal.rival],
        "who": names.candidates[flip.candidate],
        "criterion": names.criteria[flip.code],
        "before": number_text(flip.before),
        "after": number_text(flip.after),
    }
    if flip.candidate == plain.reversal.rival:
        return (
            _("%(rival)s would draw level with %(after)s instead of %(before)s on “%(criterion)s”.") % shown
        )
    return (
        _("%(rival)s would draw level if %(who)s had %(after)s instead of %(before)s on “%(criterion)s”.")
        % shown
    )


def _of_fact(fact: NextFact, names: Names) -> str:
    shown = {
        "who": names.candidates[fact.candidate],
        "criterion": names.criteria[fact.code],
        "chance": percent_text(fact.chance),
    }
    if fact.is_unknown:
        return (
            _(
                "What would help most: find out “%(criterion)s” for %(who)s; "
                "in %(chance)s of cases the first place then changes."
            )
            % shown
        )
    return (
        _(
            "What would help most: be sure of “%(criterion)s” for %(who)s; "
            "in %(chance)s of cases the first place then changes."
        )
        % shown
    )


def _caution(plain: Plain) -> str:
    if not plain.has_weights:
        return _("Nobody’s weights have been opened yet: for now every criterion counts the same.")
    share = plain.unknown / plain.cells if plain.cells else 0.0
    if share >= 0.2:
        return _("%(share)s of all scores are not known yet; each counts as the middle of its scale.") % {
            "share": percent_text(share)
        }
    return ""


def points_text(value: float) -> str:
    """Return a value in [0, 1] as points of 100, with a decimal where less than ten would hide too much."""
    points = value * 100
    return number_text(round(points, 1) if abs(points) < 10 else round(points))


def number_text(value: float) -> str:
    """Return a number as the reader writes it, with two decimals at most."""
    return printed.count(round(value, 2), _language())


def percent_text(share: float) -> str:
    """Return a share as the reader writes it."""
    return printed.percent(round(share, 4), _language())


def _language() -> str:
    return "de" if (get_language() or "en").startswith("de") else "en"


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
