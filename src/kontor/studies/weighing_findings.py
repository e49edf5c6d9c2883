"""What a technique has noticed about somebody's weights, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.reports import format as printed
from kontor.studies.shown_pairs import words_for
from kontor.studies.weighing_pairs import FAIR, GOOD, nearest_answer
from kontor.studies.weighing_reading import Reading
from kontor.studies.weighing_structure import TOP, Structure

MOST_NAMES = 3


def sentences_of(structure: Structure, reading: Reading) -> Iterator[str]:
    """Yield what is to say about the weights, the most important first."""
    names = {item.key: item.name for group in structure.groups for item in group.items}
    titles = {group.key: group.title for group in structure.groups}
    for key, found in reading.groups.items():
        if "ratio" in found.findings:
            yield from consistency(found.findings, names, titles.get(key, ""))
        if "nothing" in found.findings and found.shares:
            yield _silent(found.findings["nothing"], names)
        if "last" in found.findings and found.shares:
            yield _last(found.findings["last"], names)
    if structure.is_nested and reading.groups[TOP].shares:
        if reading.equal:
            yield _("Within these families all criteria count the same so far: %(names)s.") % {
                "names": _listed([titles[key] for key in reading.equal], most=99)
            }
        yield _("A criterion’s weight is that of its family times its own within the family.")


def findings_told(findings: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """Yield what a stored statement has noticed about comparisons that contradict each other."""
    for key, found in findings.get("groups", {}).items():
        if float(found.get("ratio", 0)) > GOOD:
            yield from consistency(found, names, names.get(key, ""))


def consistency(findings: Mapping[str, Any], names: Mapping[str, str], title: str) -> Iterator[str]:
    """Yield how well comparisons hold together, and which one to look at again."""
    ratio = float(findings["ratio"])
    where = f"{title}: " if title else ""
    shown = {"ratio": printed.decimal(round(ratio, 2), (get_language() or "en")[:2])}
    if ratio <= GOOD:
        yield where + _("The comparisons hold together well (consistency ratio %(ratio)s).") % shown
        return
    if ratio <= FAIR:
        yield (
            where + _("The comparisons contradict each other a little (consistency ratio %(ratio)s).") % shown
        )
    else:
        yield where + _("The comparisons contradict each other (consistency ratio %(ratio)s).") % shown
    worst = [names[each] for each in findings.get("worst", ()) if each in names]
    if len(worst) == 3:
        yield _("Least of all do these three fit together: %(first)s, %(second)s and %(third)s.") % {
            "first": worst[0],
            "second": worst[1],
            "third": worst[2],
        }
    again = findings.get("again")
    if again and again["first"] in names and again["second"] in names:
        first, second = names[again["first"]], names[again["second"]]
        yield _("Look again at “%(first)s” and “%(second)s”. With the rest would go: %(words)s.") % {
            "first": first,
            "second": second,
            "words": words_for(nearest_answer(float(again["better"])), first, second),
        }


def _silent(keys: list[str], names: Mapping[str, str]) -> str:
    text = ngettext(
        "%(names)s has no points and counts nothing.",
        "%(names)s have no points and count nothing.",
        len(keys),
    )
    return text % {"names": _listed([names[each] for each in keys])}


def _last(keys: list[str], names: Mapping[str, str]) -> str:
    text = ngettext(
        "%(names)s has no place yet and comes last.",
        "%(names)s have no place yet and come last together.",
        len(keys),
    )
    return text % {"names": _listed([names[each] for each in keys])}


def _listed(names: list[str], most: int = MOST_NAMES) -> str:
    if len(names) <= most:
        return ", ".join(names)
    more = len(names) - most
    text = ngettext("%(names)s and %(number)s more", "%(names)s and %(number)s more", more)
    return text % {"names": ", ".join(names[:most]), "number": more}
