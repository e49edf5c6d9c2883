"""The ten contents that the guide's chapter 8 asks for."""

import pytest

from kontor.strategy.catalogue import section_guides
from kontor.strategy.document import EVIDENCE


def test_there_are_ten_sections():
    assert len(section_guides("de")) == 10


def test_both_languages_have_the_same_sections():
    german, english = section_guides("de"), section_guides("en")

    assert [guide.code for guide in german] == [guide.code for guide in english]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_section_says_what_it_asks_for(language):
    assert [
        g.code for g in section_guides(language) if not (g.title and g.asks and g.prompts and g.missing)
    ] == []


def test_every_piece_of_evidence_stands_in_exactly_one_section():
    named = [code for guide in section_guides("en") for code in guide.evidence]

    assert sorted(named) == sorted(EVIDENCE)
