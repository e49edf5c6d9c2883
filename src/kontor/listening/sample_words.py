"""A sample in words: one sentence for the page, and the paragraph for the concept's appendix."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.actors.queries.segments import Dimension
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.sample import sample_in
from kontor.methods.sampling import Allocation, Draw


def in_short(sample: Draw, dimensions: Sequence[str], allocation: str) -> str:
    """Say in one sentence how many are drawn, from which groups, and in which order."""
    groups = len(sample.strata)
    figures = {
        "drawn": len(sample.drawn),
        "members": sample.population,
        "groups": groups,
        "by": " × ".join(str(Dimension(each).label) for each in dimensions),
        "seed": sample.seed,
    }
    if len(sample.drawn) == sample.population:
        return _("All %(members)s members: there are no more than interviews.") % figures
    if not dimensions:
        return _("%(drawn)s of %(members)s members, drawn by lot; order by seed %(seed)s.") % figures
    if len(sample.drawn) < groups:
        return (
            _(
                "%(drawn)s of %(members)s members: fewer interviews than the %(groups)s groups of %(by)s, "
                "so that each dimension by itself is covered as well as possible; order by seed %(seed)s."
            )
            % figures
        )
    return f"{_rule(groups, allocation)}" % figures


def _rule(groups: int, allocation: str) -> str:
    if allocation == Allocation.EQUAL:
        return _(
            "%(drawn)s of %(members)s members: the same number from each of the %(groups)s groups of %(by)s, "
            "as far as it has members; order by seed %(seed)s."
        )
    if allocation == Allocation.SQUARE_ROOT:
        return _(
            "%(drawn)s of %(members)s members: from each of the %(groups)s groups of %(by)s by the root of "
            "its size, at least one; order by seed %(seed)s."
        )
    return ngettext(
        "%(drawn)s of %(members)s members: all in the one group of %(by)s; order by seed %(seed)s.",
        "%(drawn)s of %(members)s members: from each of the %(groups)s groups of %(by)s in proportion to its "
        "size, at least one; order by seed %(seed)s.",
        groups,
    )


def why(rank: int, population: int, allotted: int) -> str:
    """Say why a member is on the list: its place in the draw of its group."""
    if rank < 1:
        return _("chosen by hand")
    figures = {"rank": rank, "population": population}
    if rank <= allotted:
        return _("drawn as no. %(rank)s of %(population)s in this group") % figures
    return _("reserve: no. %(rank)s of %(population)s in this group") % figures


def method(study: InterviewStudy, interviews: Sequence[Interview]) -> list[str]:
    """Return the paragraphs that tell how the interviewed were chosen, and what came of it."""
    sample = sample_in(study.drawn)
    on = parse_date(study.drawn["on"])
    language = (get_language() or "en")[:2]
    day = formats.date_format(on, "j. F Y" if language == "de" else "j F Y") if on else ""
    figures = {"day": day, "members": sample.population}
    population = _("The population were the %(members)s members of the cluster on %(day)s") % figures
    population += _(", as far as they belong to the chosen groups.") if study.chosen else "."
    said = in_short(sample, study.drawn["dimensions"], study.drawn["allocation"])
    return [" ".join((population, said)), _how(sample, study.drawn["dimensions"]), _outcome(interviews)]


def _how(sample: Draw, dimensions: Sequence[str]) -> str:
    order = _(
        "Within each group the members stand in an order by chance: by the SHA-256 digest of seed and number "
        "of the member. The first ones were drawn, the next ones are the reserve. The same seed and the "
        "same list give the same sample, whoever draws it."
    )
    told = [order]
    if len(sample.drawn) < len(sample.strata):
        told.append(_covering(sample))
    elif dimensions:
        told.append(
            _(
                "Places that remained after rounding went to the groups with the largest remainders "
                "(Hamilton’s method)."
            )
        )
    rates = [each.probability for each in sample.strata if each.allotted]
    told.append(
        _(
            "In the groups with an interview the chance of being drawn was between %(least)s %% and "
            "%(most)s %%; for estimates each talk is weighted with the inverse."
        )
        % {"least": round(min(rates) * 100), "most": round(max(rates) * 100)}
    )
    return " ".join(told)


def _covering(sample: Draw) -> str:
    unheard = sum(each.population for each in sample.strata if not each.allotted)
    rule = _(
        "The interviews were given out one by one, each to the group that brought in most kinds, places and "
        "other features which nobody stood for yet, then to the one that brought every dimension closest to "
        "its share of the members, then to the larger one."
    )
    limit = ngettext(
        "The group of %(unheard)s member had no place; of it the sample says nothing directly.",
        "The groups of %(unheard)s members had no place; of them the sample says nothing directly.",
        unheard,
    )
    return f"{rule} {limit % {'unheard': unheard}}"


def _outcome(interviews: Sequence[Interview]) -> str:
    state = Interview.State
    held = sum(each.state == state.HELD for each in interviews)
    declined = sum(each.state == state.DECLINED for each in interviews)
    replaced = [each for each in interviews if each.replaces_id]
    by_hand = sum(each.role == Interview.Role.CHOSEN for each in replaced)
    return _(
        "Held so far: %(held)s talks. Declined: %(declined)s; replaced: %(replaced)s, of these %(by_hand)s "
        "by hand with a reason on record."
    ) % {"held": held, "declined": declined, "replaced": len(replaced), "by_hand": by_hand}
