"""The reference catalogues: one TOML file for each purpose, read once, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

FOLDER = Path(__file__).parent / "catalogue"
DEFAULT_PURPOSE = "partners"
OWN = "own"
_OWN_NAME = _("Our own criteria")
_OWN_DESCRIPTION = _("What no other family covers, but matters to this cluster.")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class ReferenceCriterion:
    """A criterion of the reference; fields as in `models.Criterion`, texts by language."""

    code: str
    family: str
    name: Texts
    meaning: Texts
    evidence: Texts
    scale: str = "points"
    unit: Texts | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    is_benefit: bool = True
    anchors: Mapping[str, Texts] | None = None
    source: str = ""
    knock_out_below: float | None = None
    knock_out_above: float | None = None


@dataclass(frozen=True)
class Family:
    """A family of criteria, as the reader is told it."""

    code: str
    name: LazyI18nString
    description: LazyI18nString


@dataclass(frozen=True)
class Reference:
    """A whole reference catalogue, in its order."""

    purpose: str
    title: Texts
    families: tuple[Family, ...]
    criteria: tuple[ReferenceCriterion, ...]


@lru_cache(maxsize=1)
def purposes() -> tuple[str, ...]:
    """Return what there is a reference catalogue for; the default comes first."""
    found = {path.stem for path in FOLDER.glob("*.toml")} - {"sources"}
    return tuple(sorted(found, key=lambda name: (name != DEFAULT_PURPOSE, name)))


@lru_cache(maxsize=4)
def reference(purpose: str) -> Reference:
    """Return the reference catalogue of a purpose that `purposes` names."""
    content = tomllib.loads((FOLDER / f"{purpose}.toml").read_text(encoding="utf-8"))
    families = tuple(
        Family(each["code"], LazyI18nString(each["name"]), LazyI18nString(each["description"]))
        for each in content["family"]
    )
    criteria = tuple(
        _criterion(each, family["code"])
        for family in content["family"]
        for each in family.get("criterion", ())
    )
    return Reference(purpose, content["title"], families, criteria)


@lru_cache(maxsize=4)
def families(purpose: str) -> tuple[Family, ...]:
    """Return the families of the reference, and last the one for what fits nowhere else."""
    return (*reference(purpose).families, Family(OWN, _spoken(_OWN_NAME), _spoken(_OWN_DESCRIPTION)))


def family_texts(purpose: str, code: str) -> Texts:
    """Return language → name of a family; the code itself where it is unknown."""
    found = next((family for family in families(purpose) if family.code == code), None)
    return dict(found.name.data) if found else {"en": code}


@lru_cache(maxsize=4)
def criteria_by_code(purpose: str) -> Mapping[str, ReferenceCriterion]:
    """Return every criterion of the reference by its code."""
    return {criterion.code: criterion for criterion in reference(purpose).criteria}


def _criterion(each: dict[str, Any], family: str) -> ReferenceCriterion:
    direction = each.pop("direction", "more")
    scale = each.get("scale", "points")
    ends = {"points": (1.0, 5.0), "percent": (0.0, 100.0), "yes_no": (0.0, 1.0)}.get(scale, (None, None))
    numbers = ("scale_low", "scale_high", "knock_out_below", "knock_out_above")
    given: dict[str, Any] = {"scale_low": ends[0], "scale_high": ends[1]}
    given |= {name: float(each.pop(name)) for name in numbers if name in each}
    return ReferenceCriterion(family=family, is_benefit=direction == "more", **each, **given)


def _spoken(text: Any) -> LazyI18nString:
    """Return a text of the program in all languages."""
    spoken = {}
    for language in ("de", "en"):
        with override(language):
            spoken[language] = str(text)
    return LazyI18nString(spoken)
