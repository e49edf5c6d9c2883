"""Words that tell what a project, a need or a competence is about."""

from __future__ import annotations

from collections.abc import Mapping

from kontor.actors.folding import folded
from kontor.needs.likeness import telling

SHORTEST = 5
# Words of nearly every project, need and competence: they tell nothing apart.
_EMPTY = (
    "project projects projekt projekte european europe europäische research forschung innovation innovative "
    "development entwicklung technology technologies technologie technologien technik based system systems "
    "systeme network networks netzwerk advanced integrated future towards through novel using smart platform "
    "plattform solutions solution lösungen action support access zugang partner partners märkte markets "
    "methods methoden processes prozesse products produkte services analysis analyse design "
    "engineering applications anwendungen general allgemein other andere international"
)
_EMPTY_WORDS = frozenset(map(folded, _EMPTY.split()))


def subject_words(text: str) -> Mapping[str, str]:
    """Return folded word → word as written, for the longer words that carry a subject.

    >>> sorted(subject_words("Novel photonics for advanced gas sensors"))
    ['photonics', 'sensors']
    """
    return {
        plain: word
        for plain, word in telling(text)
        if len(plain) >= SHORTEST and plain not in _EMPTY_WORDS and not plain.isdigit()
    }
