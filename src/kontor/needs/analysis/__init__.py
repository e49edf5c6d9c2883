"""What members need, who, where and how strongly: counted from what they have said, without a database."""

from kontor.needs.analysis.cross import Cross, across, of_expectations, on_the_map
from kontor.needs.analysis.facets import Facet
from kontor.needs.analysis.material import Expected, Material, Side, Voice
from kontor.needs.analysis.ranking import Change, Ranked, ranked, ranked_expectations

__all__ = [
    "Change",
    "Cross",
    "Expected",
    "Facet",
    "Material",
    "Ranked",
    "Side",
    "Voice",
    "across",
    "of_expectations",
    "on_the_map",
    "ranked",
    "ranked_expectations",
]
