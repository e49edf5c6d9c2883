"""The catalogue of indicators: names, direction and meaning of those that many will load; read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from kontor.countries.models import Dimension

FILE = Path(__file__).parent / "catalogue" / "indicators.toml"
LANGUAGES = ("de", "en")
PUBLISHER = "World Bank, World Development Indicators"
# By the first part of the World Bank's codes; what is missing here counts as economic.
_DIMENSIONS = {
    **dict.fromkeys(("PV", "RL", "RQ", "GE", "VA", "CC", "IC", "GV", "VC", "MS"), Dimension.POLITICAL),
    **dict.fromkeys(("SP", "SE", "SH", "SI", "SL", "SM", "SG", "SN", "HD", "PER"), Dimension.SOCIAL),
    **dict.fromkeys(("GB", "IP", "IT", "TX"), Dimension.TECHNOLOGICAL),
    **dict.fromkeys(("EN", "EG", "AG", "ER"), Dimension.ECOLOGICAL),
}


@dataclass(frozen=True)
class CatalogueIndicator:
    """An indicator as the catalogue describes it; texts by language.

    is_benefit: None where neither more nor less is better. steady: see models.Indicator.
    """

    code: str
    names: Mapping[str, str]
    units: Mapping[str, str]
    meanings: Mapping[str, str]
    dimension: str
    is_benefit: bool | None
    decimals: int
    steady: float | None
    stale_after_years: int
    source: str
    source_url: str
    position: int

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names["de" if (get_language() or "en").startswith("de") else "en"]


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, CatalogueIndicator]:
    """Return the catalogue's indicators by code, in its order."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        entry["code"]: _indicator(entry, number) for number, entry in enumerate(content["indicator"], start=1)
    }


def key_of(code: str) -> str:
    """Return how source keys name an indicator.

    >>> key_of("GB.XPD.RSDV.GD.ZS"), key_of("GOV_WGI_PV.EST")
    ('gb_xpd_rsdv_gd_zs', 'gov_wgi_pv_est')
    """
    return re.sub(r"[^a-z0-9]+", "_", code.lower()).strip("_")[:60]


def dimension_for(code: str) -> str:
    """Return the dimension that a code most likely belongs to; people may correct it."""
    return _DIMENSIONS.get(code.split(".")[0].upper(), Dimension.ECONOMIC)


def described(code: str, name: str) -> dict[str, Any]:
    """Return the fields of a new indicator: from the catalogue, or else with the file's name for it."""
    found = indicators().get(code)
    if found is None:
        title, unit = _parted(name or code)
        return {
            "name": {"en": title},
            "unit": {"en": unit} if unit else {},
            "dimension": dimension_for(code),
            "is_benefit": None,
            "source": PUBLISHER,
            "source_url": f"https://data.worldbank.org/indicator/{code}",
        }
    plain = ("dimension", "is_benefit", "decimals", "steady", "stale_after_years", "source", "source_url")
    fields = {name: getattr(found, name) for name in (*plain, "position")}
    return fields | {"name": found.names, "unit": found.units, "meaning": found.meanings}


def _parted(name: str) -> tuple[str, str]:
    """Return name and unit of a title such as "Fixed broadband subscriptions (per 100 people)"."""
    match = re.fullmatch(r"(.+?)\s*\(([^()]{2,60})\)", name.strip())
    return (match[1], match[2]) if match else (name.strip()[:300], "")


def _indicator(entry: Mapping[str, Any], position: int) -> CatalogueIndicator:
    direction = {"more": True, "less": False, "neither": None}[entry["better"]]
    return CatalogueIndicator(
        code=entry["code"],
        names=entry["name"],
        units=entry["unit"],
        meanings=entry["meaning"],
        dimension=Dimension(entry["dimension"]).value,
        is_benefit=direction,
        decimals=entry["decimals"],
        steady=entry.get("steady"),
        stale_after_years=entry["stale_after_years"],
        source=entry.get("source", PUBLISHER),
        source_url=f"https://data.worldbank.org/indicator/{entry['code']}",
        position=position,
    )
