"""A criterion as a version holds it: complete in itself, whatever becomes of the catalogue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from i18nfield.strings import LazyI18nString

from kontor.criteria.models import Criterion, Scale
from kontor.criteria.reference import family_texts
from kontor.criteria.texts import said, texts_of
from kontor.ui.components import Text

_TEXTS = ("family_name", "name", "meaning", "evidence", "unit")
_FIELDS = ("code", "family", "reference_code", "scale", "scale_low", "scale_high", "is_benefit", "source")
_ENDS = ("knock_out_below", "knock_out_above")


@dataclass(frozen=True)
class FrozenCriterion:
    """A criterion with the names and meanings of `models.Criterion`, and the name of its family.

    Texts are read in the reader's language by `str`, in a chosen one by `.localize`. position: place in the
    version, from 1. anchors: "1", "3", "5" → what the points mean; empty for other scales.
    """

    code: str
    family: str
    family_name: LazyI18nString
    reference_code: str
    name: LazyI18nString
    meaning: LazyI18nString
    evidence: LazyI18nString
    scale: str
    unit: LazyI18nString
    scale_low: float | None
    scale_high: float | None
    is_benefit: bool
    anchors: Mapping[str, LazyI18nString]
    source: str
    knock_out_below: float | None
    knock_out_above: float | None
    position: int

    @property
    def is_own(self) -> bool:
        """True where the cluster wrote it itself."""
        return not self.reference_code

    @property
    def scale_label(self) -> Text:
        """Say the scale in the reader's language."""
        return Scale(self.scale).label

    def as_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        plain |= {name: texts_of(plain[name]) for name in _TEXTS}
        return plain | {"anchors": {point: texts_of(text) for point, text in sorted(self.anchors.items())}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FrozenCriterion:
        """Return the criterion that `as_dict` wrote; what a later Kontor has added to it is passed over."""
        plain = {field.name: data[field.name] for field in fields(cls)}
        plain |= {name: said(data[name]) for name in _TEXTS}
        return cls(**plain | {"anchors": {point: said(text) for point, text in data["anchors"].items()}})


def freeze(criterion: Criterion, position: int, purpose: str) -> FrozenCriterion:
    """Return the criterion as it stands now."""
    plain = {name: getattr(criterion, name) for name in (*_FIELDS, *_ENDS)}
    texts = {name: said(texts_of(getattr(criterion, name))) for name in _TEXTS if name != "family_name"}
    return FrozenCriterion(
        **plain,
        **texts,
        family_name=said(family_texts(purpose, criterion.family)),
        anchors={point: said(text) for point, text in sorted(criterion.anchors.items())},
        position=position,
    )


def fingerprint(content: Iterable[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of a version's content; equal contents have equal ones."""
    return hashlib.sha256(json.dumps(list(content), sort_keys=True).encode()).hexdigest()
